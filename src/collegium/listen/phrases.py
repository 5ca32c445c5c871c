"""How the events of this room read in the trail."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

KINDS = {"pulse": _("pulses"), "series": _("pulses that come back"), "instrument": _("questionnaires")}
PHRASES = {
    "instrument.copied": _("{who} began the questionnaire “{title}” from a copy"),
    "instrument.brought_in": _("{who} brought in the questionnaire “{title}”"),
    "instrument.changed": _("{who} changed the questionnaire “{title}”"),
    "instrument.discarded": _("{who} deleted version {version} of the questionnaire “{title}”"),
    "pulse.prepared": _("{who} prepared the pulse “{title}”"),
    "pulse.changed": _("{who} changed the draft of the pulse “{title}”"),
    "pulse.discarded": _("{who} discarded the draft of the pulse “{title}”"),
    "pulse.opened": _("{who} opened the pulse “{title}”, which asks {asked} people"),
    "pulse.comment_withheld": _("{who} withheld a comment in the result of the pulse “{title}”"),
    "pulse.note_written": _("{who} wrote down what people made of the pulse “{title}”"),
    "pulse.slips_printed": _("{who} printed the slips of the pulse “{title}”"),
    "pulse.closed": _("The pulse “{title}” closed, as announced"),
    "series.begun": _("{who} let the pulse “{title}” come back every {weeks} weeks"),
    "series.ended": _("{who} ended the recurring pulse “{title}”"),
    "series.changed": _("{who} changed how often the pulse “{title}” comes back"),
    "naming.given": _("{who} let those above see the unit's name and result in the pulse “{title}”"),
    "naming.taken_back": _("{who} no longer lets those above see the unit's name and result in the pulse “{title}”"),
    "series.left_out": _("The recurring pulse “{title}” could not be opened this time"),
}
