"""Every error of this room in words: what happened, what was kept, what to do."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from collegium.base.errors import Wording

_NOTHING_CHANGED = _("Nothing was changed.")

WORDINGS: dict[str, Wording] = {
    # who may do what
    "unit_elsewhere": Wording(_("This unit belongs to another community.")),
    "people_of_other_unit": Wording(
        _("Only people who belong to this unit, or look after it, can see who works here."),
        to_do=_("Ask a steward of the unit if you need to know. They can add you as a guest."),
    ),
    "stewards_only": Wording(
        _("Only a steward of this unit can do that."),
        _NOTHING_CHANGED,
        _("The page “Looking after it” says who the stewards are."),
    ),
    "only_yourself": Wording(
        _("Only the person themselves can do that."),
        _NOTHING_CHANGED,
        _("Ask them, or show them where it is: under “My part”."),
    ),
    # tokens of programs
    "token_needed": Wording(
        _("A token is needed here, and none that works was sent."),
        _NOTHING_CHANGED,
        _("Make one on the page “Your sign-in”, and send it as “Authorization: Bearer”."),
    ),
    "token_read_only": Wording(
        _("This token may read, and change nothing."),
        _NOTHING_CHANGED,
        _("Make one that may change what you may change."),
    ),
    "tokens_too_many": Wording(
        _("You have {limit} tokens already."), _NOTHING_CHANGED, _("End one that is not used any more.")
    ),
    "token_days": Wording(
        _("A token works between a day and {limit} days."), _NOTHING_CHANGED, _("Choose a length from the list.")
    ),
    # texts and dates
    "text_missing": Wording(_("A name is missing."), _NOTHING_CHANGED, _("Write one and send the form again.")),
    "text_too_long": Wording(
        _("One of the texts is longer than {limit} characters."), _NOTHING_CHANGED, _("Shorten it and send it again.")
    ),
    "bad_date": Wording(
        _("“{text}” is not a date that we can read."), to_do=_("Write year, month and day, such as 2026-09-01.")
    ),
    "ends_before_start": Wording(
        _("The last day would come before the first day, {starts_on}."),
        _NOTHING_CHANGED,
        _("Choose that day or a later one."),
    ),
    "already_ended": Wording(
        _("This already ended on {ends_on}."), _NOTHING_CHANGED, _("Go back and look at the page again.")
    ),
    "other_community": Wording(_("The two belong to different communities."), _NOTHING_CHANGED),
    "moved_on": Wording(
        _("This has changed since, so it cannot be taken back as it was."),
        _NOTHING_CHANGED,
        _("Look at how it stands now and change that instead."),
    ),
    "not_an_ending": Wording(_("Only an ending can be taken back here."), _NOTHING_CHANGED),
    # units and ties
    "unit_ended": Wording(
        _("This unit ended on {ends_on}."), _NOTHING_CHANGED, _("Choose a unit that is still there.")
    ),
    "unit_upside_down": Wording(
        _("A {lower} cannot contain a {upper}."), _NOTHING_CHANGED, _("Tie them the other way round.")
    ),
    "unit_holds_units": Wording(
        _("This unit still contains {count} other units."),
        _NOTHING_CHANGED,
        _("End those first, or untie them from this unit."),
    ),
    "unit_needs_parent": Wording(
        _("A new unit needs a unit that it is part of."), _NOTHING_CHANGED, _("Begin on the page of that unit.")
    ),
    "tie_to_itself": Wording(_("A unit cannot be tied to itself."), _NOTHING_CHANGED, _("Choose another unit.")),
    "tie_cycle": Wording(
        _("“{lower}” already contains “{upper}”, so this would go round in a circle."),
        _NOTHING_CHANGED,
        _("Tie them the other way round, or end the tie that is there."),
    ),
    "tie_open_already": Wording(
        _("These two units are already tied in this way."), _NOTHING_CHANGED, _("Change that tie, or end it first.")
    ),
    "governance_missing": Wording(
        _("A tie of an alliance says how binding it is."), _NOTHING_CHANGED, _("Choose one of the five.")
    ),
    # people and posts
    "email_taken": Wording(
        _("Somebody with this email address is already in your community."),
        _NOTHING_CHANGED,
        _("Give that person a post here instead."),
    ),
    "post_open_already": Wording(
        _("This person already holds a post with this title here."),
        _NOTHING_CHANGED,
        _("End that one first, or use another title."),
    ),
    "too_many_strengths": Wording(
        _("You named more than {limit} strengths."),
        _NOTHING_CHANGED,
        _("Keep those that you would most like to be asked about."),
    ),
    "person_erased": Wording(_("The details of this person have been erased."), _NOTHING_CHANGED),
    # groups
    "group_ended": Wording(
        _("This group ended on {ends_on}."), _NOTHING_CHANGED, _("Start a new group, or take its ending back.")
    ),
    "group_name_taken": Wording(
        _("This unit already has a group called “{name}”."), _NOTHING_CHANGED, _("Choose another name.")
    ),
    "member_already": Wording(_("This person is already in the group."), _NOTHING_CHANGED),
    # roles
    "role_open_already": Wording(_("This person already has this role here."), _NOTHING_CHANGED),
    "last_steward": Wording(
        _("This would leave “{unit}” without anybody to look after it."),
        _NOTHING_CHANGED,
        _("Make somebody else a steward of it first. Two are better: then neither is on their own."),
    ),
}
