"""What can go wrong about values and about how a unit begins, in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from collegium.base.errors import Wording

_NOTHING_CHANGED = _("Nothing was changed.")
_TYPED_IS_KEPT = _("What you typed is kept below.")

WORDINGS: dict[str, Wording] = {
    # statements
    "mindscape_of_others": Wording(_("A statement is its writer's alone."), _NOTHING_CHANGED),
    "mindscape_side": Wording(
        _("A statement is about heart, head or hand."), _TYPED_IS_KEPT, _("Choose one of the three.")
    ),
    "mindscape_too_many": Wording(
        _("You have {limit} statements there already."),
        _TYPED_IS_KEPT,
        _("Few are read with more care than many: change or delete one first."),
    ),
    "mindscape_is_shared": Wording(
        _("This statement is shared, and others may have agreed to its words."),
        _NOTHING_CHANGED,
        _("Take it back first. Then you can change it and share it again."),
    ),
    "mindscape_taken_back": Wording(
        _("This statement has been taken back by its writer."), _NOTHING_CHANGED, _("Load the page again.")
    ),
    "circle_not_yours": Wording(
        _("You can share with a group, team or school of your own."), _NOTHING_CHANGED, _("Choose one from the list.")
    ),
    "circle_of_others": Wording(
        _("What they put side by side is for the people of that group, team or school alone."), _NOTHING_CHANGED
    ),
    "echo_of_oneself": Wording(_("You wrote this: that you see it so is counted already."), _NOTHING_CHANGED),
    # the statement of values
    "values_reworded": Wording(
        _("The statement has been reworded since you opened the page."),
        _("Nothing was signed."),
        _("Read how it stands now, and sign that if you stand by it."),
    ),
    # trust first
    "path_missing": Wording(_("No path was chosen."), _TYPED_IS_KEPT, _("Choose one of the two.")),
    "path_why_missing": Wording(
        _("You choose otherwise than the guidance suggests. You may; colleagues will want to know why."),
        _TYPED_IS_KEPT,
        _("Write the reason in a sentence. It stands beside your choice."),
    ),
    "path_chosen_already": Wording(
        _("This unit is on a path already."), _NOTHING_CHANGED, _("Leave that one first, and say why.")
    ),
    "path_left_already": Wording(
        _("This path was left meanwhile."), _NOTHING_CHANGED, _("Load the page again to see what was chosen instead.")
    ),
    "step_two_people": Wording(
        _("The second person has to be somebody else: they carry on when the first cannot."),
        _TYPED_IS_KEPT,
        _("Choose two different people."),
    ),
    "step_of_others": Wording(
        _("Somebody you chose neither works in this unit nor has a role in it today."),
        _TYPED_IS_KEPT,
        _("Choose people from the list."),
    ),
    "step_due_in_past": Wording(_("That day has passed."), _TYPED_IS_KEPT, _("Choose one that is still to come.")),
    "step_done_already": Wording(
        _("This step was done on {done_on}."), _NOTHING_CHANGED, _("Say first that it is not done after all.")
    ),
    "step_too_early": Wording(
        _("A step before this one is not done yet."),
        _TYPED_IS_KEPT,
        _("Each step rests on what was learned in the one before: finish that first."),
    ),
    "step_not_last": Wording(_("Only the step that was done last can be taken up again."), _NOTHING_CHANGED),
    "step_learned_missing": Wording(
        _("A step ends with what was learned."), _NOTHING_CHANGED, _("Write it in a sentence or two.")
    ),
    "nothing_to_revisit": Wording(
        _("This unit has published no vision and no intent yet, so there is nothing to revisit."),
        _TYPED_IS_KEPT,
        _("Publish them first."),
    ),
    "revisit_not_settled": Wording(
        _("A vision or an intent has not been looked at again yet."),
        _TYPED_IS_KEPT,
        _("Reword each with what was learned, or say why it stands as it is."),
    ),
}

KINDS = {"values": _("statements of values"), "trust_path": _("ways to begin"), "trust_step": _("steps on the way")}
PHRASES = {
    "values.worded": _("{who} worded the statement of values of “{of}” (wording {wording})"),
    "values.carried": _("More than half of “{of}” have signed wording {wording} of its statement of values"),
    "trust_path.chosen": _("{who} chose how this unit begins"),
    "trust_path.left": _("{who} left the way that this unit had chosen to begin"),
    "trust_step.planned": _("{who} said who sees to a step on the way, and by when"),
    "trust_step.done": _("{who} reported a step on the way as done"),
    "trust_step.undone": _("{who} took up again a step on the way that had been done"),
    "trust_step.reopened": _("{who} opened a vision or an intent again with what was learned"),
}
