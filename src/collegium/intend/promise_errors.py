"""What can go wrong with promises, roles and the board, in words: what happened, what was kept, what to do."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from collegium.base.errors import Wording

_NOTHING_CHANGED = _("Nothing was changed.")
_NOTHING_SAID = _("Nothing was counted.")

WORDINGS: dict[str, Wording] = {
    # who may do what
    "promise_members_only": Wording(
        _("Only people of this unit promise something here."),
        _NOTHING_CHANGED,
        _("You can promise something in a unit that you work in."),
    ),
    "promise_of_others": Wording(
        _("Only those who carry this promise can do that."), _NOTHING_CHANGED, _("The page of the promise names them.")
    ),
    "not_asked_to_confirm": Wording(_("You are not among those who are asked about this promise."), _NOTHING_SAID),
    "board_stewards_only": Wording(
        _("Only those who look after or lead this unit say what stands on its public board."),
        _NOTHING_CHANGED,
        _("The page “Looking after it” says who they are."),
    ),
    "name_of_others": Wording(
        _("Only the person who promised can let their name stand on the board."), _NOTHING_CHANGED
    ),
    # writing a promise
    "promise_due_past": Wording(
        _("{due_on} has passed."), _("What you wrote is still there."), _("Choose a day that is still to come.")
    ),
    "promise_due_far": Wording(
        _("{due_on} is more than {years} years away."),
        _("What you wrote is still there."),
        _("Promise something nearer, and name the far aim in an intent."),
    ),
    "promise_to_whom": Wording(
        _("A promise to a group or to one person says to which."),
        _("What you wrote is still there."),
        _("Choose the group or the person."),
    ),
    "promise_to_itself": Wording(
        _("A promise needs two sides, and here both are the same."),
        _("What you wrote is still there."),
        _("Choose somebody else to promise it to."),
    ),
    "promise_by_ended": Wording(
        _("The group or role that should promise this has ended."),
        _("What you wrote is still there."),
        _("Choose another one."),
    ),
    "promise_not_near": Wording(
        _("The group, role or person you chose is not one that you can choose here."),
        _("What you wrote is still there."),
        _("Choose from the list."),
    ),
    "second_is_promiser": Wording(
        _("The second person has to be somebody else than the one who promises."),
        _NOTHING_CHANGED,
        _("Choose a colleague who could carry it on."),
    ),
    "promise_reworded_since": Wording(
        _("Somebody has reworded this promise since you opened it."),
        _("What you wrote is still in the form; the promise as it stands now is shown above it."),
        _("Look at both, and send it again if yours is still right."),
    ),
    "promise_reason_missing": Wording(
        _("Those concerned should read why."), _("What you wrote is still there."), _("Write a reason of a sentence.")
    ),
    # its course
    "promise_settled": Wording(
        _("This promise is settled: it was {state}."), _NOTHING_CHANGED, _("You can make a new one.")
    ),
    "promise_not_made": Wording(
        _("This promise has not been made yet, only proposed."),
        _NOTHING_CHANGED,
        _("Whoever should promise it has to make it first."),
    ),
    "promise_made_already": Wording(_("This promise has been made already."), _NOTHING_CHANGED),
    "paired_already": Wording(
        _("This promise is paired with another one already."), _NOTHING_CHANGED, _("Open that one instead.")
    ),
    "owner_already": Wording(_("They carry this promise already."), _NOTHING_CHANGED),
    # asking whether it was kept
    "nobody_to_confirm": Wording(
        _("Nobody is known here who could say whether this promise was kept."),
        _NOTHING_CHANGED,
        _("Choose a group that speaks for those it was made to, on the page that changes the promise."),
    ),
    "round_open_already": Wording(
        _("Those it was made to are being asked already, until {closes_at}."), _NOTHING_CHANGED
    ),
    "asked_lately": Wording(
        _("They were asked not long ago. Asked again so soon, two answers together could tell who changed their mind."),
        _NOTHING_CHANGED,
        _("You can ask again from {again_on} on."),
    ),
    "round_over": Wording(_("The time to answer has passed."), _NOTHING_SAID),
    "confirmed_already": Wording(
        _("You have answered already. Nobody can tell which answer is yours, so it cannot be changed.")
    ),
    "round_lost": Wording(
        _("What had been said so far cannot be opened on this server any more."),
        _("Your answer was not counted."),
        _("Everybody is asked again in a moment. Try once more then."),
    ),
    # roles
    "role_title_taken": Wording(
        _("There is a role called “{title}” in this group already."), _NOTHING_CHANGED, _("Choose another title.")
    ),
    "too_many_obligations": Wording(
        _("A role takes {limit} obligations at most."),
        _("What you wrote is still there."),
        _("Bring some together, or make a second role of it."),
    ),
    "role_held_already": Wording(_("They hold this role already."), _NOTHING_CHANGED),
    "role_ended": Wording(_("This role has ended."), _NOTHING_CHANGED),
    # the board
    "board_address_taken": Wording(
        _("This address is taken."), _("What you wrote is still there."), _("Choose another one.")
    ),
    "board_address_form": Wording(
        _("An address is made of small letters, digits and hyphens, {least} to {most} of them."),
        _("What you wrote is still there."),
        _("Write it again."),
    ),
    "board_host_form": Wording(
        _("“{host}” is not the address of a website."),
        _("What you wrote is still there."),
        _("Write it like https://www.school.example, one on each line."),
    ),
    "board_hosts_many": Wording(
        _("A board can be shown inside {limit} other websites at most."),
        _("What you wrote is still there."),
        _("Take some off the list."),
    ),
    "on_board_already": Wording(_("This promise stands on the board already."), _NOTHING_CHANGED),
    "board_full": Wording(
        _("A board holds {limit} promises at most: a short list is read."),
        _NOTHING_CHANGED,
        _("Take one off first."),
    ),
    "off_board_already": Wording(_("This promise was taken off the board already."), _NOTHING_CHANGED),
}
