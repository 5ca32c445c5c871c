"""What can go wrong in this room, and how it is worded: what happened, what was kept, what to do."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from collegium.base.errors import CollegiumError, Conflict, Invalid, NotAllowed, NotFound, Wording

__all__ = ["WORDINGS", "CollegiumError", "Conflict", "Invalid", "NotAllowed", "NotFound"]

_NOTHING_CHANGED = _("Nothing was changed.")
_NOTHING_SENT = _("Nothing was sent.")

WORDINGS: dict[str, Wording] = {
    # who may do what
    "pulse_leads_only": Wording(
        _("Only those who look after or lead this unit can prepare and open a pulse."),
        _NOTHING_CHANGED,
        _("The page “Looking after it” says who they are."),
    ),
    "own_stewards_only": Wording(
        _("Only the unit's own stewards can say whether those above it may see its name and result."),
        _NOTHING_CHANGED,
        _("The page “Looking after it” says who they are."),
    ),
    "own_stewards_withhold": Wording(
        _("Only the unit's own stewards can withhold a comment."),
        _NOTHING_CHANGED,
        _("The page “Looking after it” says who they are."),
    ),
    "result_of_others": Wording(
        _("This result belongs to the people of that unit."),
        to_do=_("They can let others see it, each school for itself. Ask one of its stewards."),
    ),
    "results_not_yet": Wording(
        _("The results of this pulse are not out yet. Everybody sees them at the same time: {results_at}."),
        to_do=_("Come back then."),
    ),
    "not_asked": Wording(_("You are not among those whom this pulse asks.")),
    # preparing and opening
    "pulse_not_draft": Wording(
        _("This pulse has been opened, so who is asked, what is asked and how it is reported are fixed."),
        _NOTHING_CHANGED,
        _("A new pulse can be prepared from this one."),
    ),
    "pulse_opening": Wording(
        _("This pulse is being opened at this moment."),
        _NOTHING_CHANGED,
        _("Its page shows how far that has come."),
    ),
    "times_out_of_order": Wording(
        _("A pulse opens first, then closes, and its results come out after that."),
        _NOTHING_CHANGED,
        _("Choose them in that order. Results can come out {minutes} minutes after closing at the earliest."),
    ),
    "closes_in_past": Wording(
        _("The closing time has passed."), _NOTHING_CHANGED, _("Choose one that is still to come.")
    ),
    "window_too_long": Wording(
        _("A pulse may stay open for {days} days at most."), _NOTHING_CHANGED, _("Choose an earlier closing time.")
    ),
    "k_too_small": Wording(
        _("No result may be about fewer than {smallest} people."), _NOTHING_CHANGED, _("Choose {smallest} or more.")
    ),
    "nobody_to_ask": Wording(
        _("Nobody in this unit would be asked."),
        _NOTHING_CHANGED,
        _("Add people with posts first, or choose other units and levels."),
    ),
    "too_few_to_ask": Wording(
        _("Only {asked} people would be asked. A result needs at least {needed} answers, so there would be none."),
        _NOTHING_CHANGED,
        _("Ask a larger unit, or more of its levels."),
    ),
    "unknown_instrument": Wording(
        _("There is no such questionnaire."), _NOTHING_CHANGED, _("Choose one from the list.")
    ),
    "ties_not_in_pulse": Wording(
        _("This questionnaire asks who turns to whom, by name, and a pulse is anonymous."),
        _NOTHING_CHANGED,
        _("Open it as a tie survey under “Connect”."),
    ),
    "unknown_referent": Wording(
        _("This questionnaire cannot be asked about that."), _NOTHING_CHANGED, _("Choose one of what it offers.")
    ),
    "unknown_group": Wording(
        _("The group is not one of the unit whose pulse this is."), _NOTHING_CHANGED, _("Choose one from the list.")
    ),
    "unit_not_inside": Wording(
        _("One of the units is not part of the unit whose pulse this is."), _NOTHING_CHANGED, _("Choose others.")
    ),
    "naming_not_needed": Wording(
        _("Nobody above this unit would see this result."), _NOTHING_CHANGED, _("There is nothing to agree to.")
    ),
    "naming_seen": Wording(
        _("The results are out, and those above have been able to see yours."),
        _("What you agreed to stands for this pulse."),
        _("For the next one you can decide anew."),
    ),
    "series_out_of_range": Wording(
        _("A pulse comes back every 1 to 52 weeks, with the staff in 1 to 6 parts."),
        _NOTHING_CHANGED,
        _("Choose numbers in those ranges."),
    ),
    # questionnaires of one's own
    "instrument_changed": Wording(
        _("Somebody else has changed this questionnaire meanwhile."),
        _("Theirs is kept, and what you wrote is still on this page."),
        _("Open the questionnaire anew in another tab, and bring yours in where it still fits."),
    ),
    "instrument_in_use": Wording(
        _("A pulse has taken this version, so it stays as it is."), _NOTHING_CHANGED, _("A change makes the next one.")
    ),
    "instrument_unsound": Wording(_("It cannot be asked like this. {reason}"), _NOTHING_CHANGED),
    "instrument_key_fixed": Wording(
        _("The key of this questionnaire is {key} and stays so, because results hang on it."),
        _NOTHING_CHANGED,
        _("To begin another one, bring the text in as a new questionnaire."),
    ),
    "too_many_instruments": Wording(
        _("A unit keeps at most {limit} questionnaires of its own."), _NOTHING_CHANGED, _("Delete one first.")
    ),
    # answering
    "pulse_not_open": Wording(
        _("This pulse is not open yet. It opens on {opens_at}."), _NOTHING_SENT, _("Come back then.")
    ),
    "pulse_over": Wording(
        _("This pulse has closed, so your answers could not be taken any more."),
        _("They are still on this device until you close the page."),
        _("Those who answered, and you, will see the results at the announced time."),
    ),
    "answered_already": Wording(
        _("Your answers to this pulse have been handed in already."),
        _("What was handed in first counts. Nobody, not even you, can open it again."),
    ),
    "other_version": Wording(
        _("The questions on this page are not the ones that this pulse asks."),
        _NOTHING_SENT,
        _("Open the link again and answer afresh."),
    ),
    "answer_unknown": Wording(
        _("One of the answers is not among those that the question offers."),
        _NOTHING_SENT,
        _("Go back, look at the question “{item}” and choose again."),
    ),
    "remark_too_long": Wording(
        _("What was written to “{item}” is longer than {limit} characters."),
        _("Nothing was sent, and all of it still stands below."),
        _("Shorten it and hand in again."),
    ),
    "nothing_answered": Wording(
        _("No question was answered."), _NOTHING_SENT, _("Answer what you can; each question may be left out.")
    ),
    "link_unknown": Wording(
        _("This link does not lead to a pulse that you are asked in."),
        to_do=_("Open the newest link you were sent, or find the pulse under “My part”."),
    ),
    "code_unknown": Wording(
        _("This code is not one of this pulse's, or has a typing mistake in it."),
        _NOTHING_SENT,
        _("Compare it with the slip, letter by letter. Zero is never used in it, and neither is one."),
    ),
    "no_slips": Wording(
        _("There are no slips to print."),
        _NOTHING_CHANGED,
        _("Slips belong to an open pulse in which somebody answers with a code on paper."),
    ),
    "code_used": Wording(
        _("This code has been used already. Each slip is for one sheet."),
        _NOTHING_SENT,
        _("If you have not answered yet, ask whoever hands out the slips for another one."),
    ),
    "by_slip": Wording(
        _("You answer this pulse with a code on a slip of paper, so not from here."),
        to_do=_("Ask whoever hands out the slips."),
    ),
    "sheets_not_taken": Wording(
        _("Answers cannot be taken at the moment: the server is too busy, or cannot write."),
        _("Nothing was handed in, and everything you answered is still on this page."),
        _("Wait a minute and hand in again. If it stays like this, tell whoever runs the server."),
    ),
    "trays_closed": Wording(
        _("Answers cannot be taken at the moment: the server is missing a key."),
        _("Your answers are still on this device."),
        _("Try again later, and tell whoever runs the server: `collegium doctor` says what to do."),
    ),
    # results
    "notes_of_others": Wording(
        _("Only the people whom this result is about write down what they make of it."), _NOTHING_CHANGED
    ),
    "unknown_sense_question": Wording(
        _("A note belongs to one of the three questions."), _NOTHING_CHANGED, _("Choose one of them.")
    ),
}
