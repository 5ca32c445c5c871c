"""The tables of this room."""

from collegium.enquire.models.enquiries import Enquiry, EnquiryMember, StageNote

__all__ = ["Enquiry", "EnquiryMember", "StageNote"]
