"""How the events of this room read in the trail."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

KINDS = {"enquiry": _("enquiries"), "calendar": _("school calendars"), "change_idea": _("change ideas")}
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
    "enquiry.progressed": _("{who} said that the enquiry “{title}” has come to step {step}"),
    "enquiry.help_asked": _("{who} asked for help with the enquiry “{title}”"),
    "enquiry.help_found": _("{who} said that the enquiry “{title}” needs no more help"),
    "enquiry.drivers_changed": _("{who} changed the driver diagram of the enquiry “{title}”"),
    "enquiry.evidence_added": _("{who} added to what a stage of the enquiry “{title}” rests on"),
    "enquiry.evidence_taken_off": _("{who} took something off a stage of the enquiry “{title}”"),
    "enquiry.practice_changed": _("{who} told better what lives on of the enquiry “{title}”"),
    "change_idea.told": _("{who} told the idea “{title}”, so that others can try it"),
    "change_idea.changed": _("{who} told the idea “{title}” better"),
    "change_idea.tried": _("{who} said that the idea “{title}” is tried here"),
    "change_idea.trial_changed": _("{who} changed what is said of trying the idea “{title}”"),
    "enquiry.closed": _("{who} closed the enquiry “{title}” with a finding"),
    "calendar.changed": _("{who} changed the school calendar of {title}"),
}
