"""What can go wrong in this room, and how it is worded: what happened, what was kept, what to do."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from collegium.base.errors import CollegiumError, Conflict, Invalid, NotAllowed, NotFound, Wording

__all__ = ["WORDINGS", "CollegiumError", "Conflict", "Invalid", "NotAllowed", "NotFound"]

_NOTHING_CHANGED = _("Nothing was changed.")
_NOTHING_SENT = _("Nothing was handed in.")
_BEGUN_IS_KEPT = _("What you had chosen before is kept.")

WORDINGS: dict[str, Wording] = {
    # who may do what
    "wave_stewards_only": Wording(
        _("Only those who look after this unit can open its tie surveys and bring in its ties."),
        _NOTHING_CHANGED,
        _("The page “Looking after it” says who they are."),
    ),
    "marks_of_others": Wording(
        _("A mark for each person is shown to the people of that school alone."),
        to_do=_("The unit's own page shows its teams and schools."),
    ),
    "leaving_of_others": Wording(
        _("What would break if somebody left is for that person and for the unit's own stewards to know.")
    ),
    "not_in_wave": Wording(_("You are not among those whom this tie survey asks.")),
    "ties_of_others": Wording(_("What somebody said of their ties is theirs alone."), _NOTHING_CHANGED),
    "name_elsewhere": Wording(
        _("You can let your own team or school see your name, or one colleague."),
        _NOTHING_CHANGED,
        _("Choose one from the list."),
    ),
    # opening
    "wave_times": Wording(
        _("A tie survey opens first and closes after that."), _NOTHING_CHANGED, _("Choose a later closing time.")
    ),
    "wave_closes_in_past": Wording(
        _("The closing time has passed."), _NOTHING_CHANGED, _("Choose one that is still to come.")
    ),
    "wave_too_long": Wording(
        _("A tie survey may stay open for {days} days at most."), _NOTHING_CHANGED, _("Choose an earlier closing time.")
    ),
    "wave_instrument": Wording(
        _("This questionnaire does not ask who turns to whom."), _NOTHING_CHANGED, _("Choose one from the list.")
    ),
    "wave_of_team": Wording(
        _("A team is asked with its school: by itself everybody in it would be known by sight."),
        _NOTHING_CHANGED,
        _("Open the tie survey from the school's page, for more than one of its teams."),
    ),
    "wave_too_few": Wording(
        _("Only {asked} people would be asked. Among fewer than {needed}, every mark would be known by sight."),
        _NOTHING_CHANGED,
        _("Ask a larger unit, or more of its levels."),
    ),
    "wave_open_already": Wording(
        _("People here are being asked already, or a tie survey has been announced."),
        _NOTHING_CHANGED,
        _("Let it close first: two at once would only confuse people."),
    ),
    "wave_not_open_any_more": Wording(
        _("This tie survey is not open any more."), _NOTHING_CHANGED, _("What it found stands on the page “Connect”.")
    ),
    # answering
    "wave_not_yet": Wording(
        _("This tie survey is not open yet. It opens on {opens_at}."), _NOTHING_SENT, _("Come back then.")
    ),
    "wave_over": Wording(
        _("This tie survey has closed, so nothing more could be taken."),
        to_do=_("Under “My ties” you see what you said, and can withdraw it."),
    ),
    "wave_stopped": Wording(
        _("This tie survey was stopped, and what had been handed in was deleted."),
    ),
    "nobody_of_that_kind": Wording(
        _("One of those you named is not among the people of this tie survey."),
        _BEGUN_IS_KEPT,
        _("Choose people from the list or by searching for their name."),
    ),
    "tie_to_yourself": Wording(
        _("You named yourself. A tie needs two people."), _BEGUN_IS_KEPT, _("Leave your own name out.")
    ),
    "named_twice": Wording(_("You named the same person twice."), _BEGUN_IS_KEPT, _("Choose once how often.")),
    "too_many_named": Wording(
        _("You named {named} people, and this question takes {most} at most."),
        _BEGUN_IS_KEPT,
        _("Leave out those who matter least here."),
    ),
    "how_often_unknown": Wording(
        _("“How often” has an answer that the question does not offer."), _BEGUN_IS_KEPT, _("Choose again.")
    ),
    "how_often_missing": Wording(
        _("You have not said how often for everybody in “{question}”."),
        _("Everybody you named is kept."),
        _("Go back to the question, and say it for each."),
    ),
    # one's own ties and name
    "name_seen_already": Wording(_("They may see your name already."), _NOTHING_CHANGED),
    "too_many_names": Wording(
        _("You can name {limit} colleagues one by one."),
        _NOTHING_CHANGED,
        _("Let your team or school see your name instead, or take somebody off the list first."),
    ),
    "name_to_yourself": Wording(_("You see your own name anyway."), _NOTHING_CHANGED),
}
