"""The tables of this room."""

from collegium.enquire.models.cycles import Cycle
from collegium.enquire.models.enquiries import Enquiry, EnquiryMember, StageNote
from collegium.enquire.models.measures import Measure, Point, Segment

__all__ = ["Cycle", "Enquiry", "EnquiryMember", "Measure", "Point", "Segment", "StageNote"]
