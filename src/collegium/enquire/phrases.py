"""How the events of this room read in the trail."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

KINDS = {"enquiry": _("enquiries"), "calendar": _("school calendars")}
PHRASES = {
    "enquiry.begun": _("{who} began the enquiry “{title}”"),
    "enquiry.changed": _("{who} changed what is said about the enquiry “{title}”"),
    "enquiry.moved": _("{who} moved the enquiry “{title}” to another stage"),
    "enquiry.noted": _("{who} wrote a note in the enquiry “{title}”"),
    "enquiry.measure_added": _("{who} added a measure to the enquiry “{title}”"),
    "enquiry.measured": _("{who} entered a number in the enquiry “{title}”"),
    "enquiry.measured_many": _("{who} entered {count} numbers in the enquiry “{title}”"),
    "enquiry.imported": _("{who} brought {count} numbers from a table into the enquiry “{title}”"),
    "enquiry.import_undone": _("{who} took back {count} numbers that had come from a table, in the enquiry “{title}”"),
    "enquiry.baseline_set": _("{who} set on how many points the lines of a measure rest, in the enquiry “{title}”"),
    "enquiry.cycle_begun": _("{who} began a cycle in the enquiry “{title}”"),
    "enquiry.cycle_changed": _("{who} changed the plan of a cycle in the enquiry “{title}”"),
    "enquiry.cycle_studied": _("{who} said what came of a cycle in the enquiry “{title}”"),
    "enquiry.closed": _("{who} closed the enquiry “{title}” with a finding"),
    "calendar.changed": _("{who} changed the school calendar of {title}"),
}
