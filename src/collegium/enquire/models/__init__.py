"""The tables of this room."""

from collegium.enquire.models.calendars import CalendarSpan
from collegium.enquire.models.cycles import Cycle
from collegium.enquire.models.enquiries import Enquiry, EnquiryMember, StageNote
from collegium.enquire.models.imports import PointImport
from collegium.enquire.models.measures import Measure, Point, Segment

__all__ = [
    "CalendarSpan",
    "Cycle",
    "Enquiry",
    "EnquiryMember",
    "Measure",
    "Point",
    "PointImport",
    "Segment",
    "StageNote",
]
