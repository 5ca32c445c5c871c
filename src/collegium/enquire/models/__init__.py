"""The tables of this room."""

from collegium.enquire.models.calendars import CalendarSpan
from collegium.enquire.models.cycles import Cycle
from collegium.enquire.models.drivers import DriverVersion
from collegium.enquire.models.enquiries import Enquiry, EnquiryMember, StageNote
from collegium.enquire.models.evidence import Evidence, PracticeDraft
from collegium.enquire.models.ideas import Idea, IdeaOutcome, Trial, TrialMeasure
from collegium.enquire.models.imports import PointImport
from collegium.enquire.models.measures import Measure, Point, Segment

__all__ = [
    "CalendarSpan",
    "Cycle",
    "DriverVersion",
    "Enquiry",
    "EnquiryMember",
    "Evidence",
    "Idea",
    "IdeaOutcome",
    "Measure",
    "Point",
    "PointImport",
    "PracticeDraft",
    "Segment",
    "StageNote",
    "Trial",
    "TrialMeasure",
]
