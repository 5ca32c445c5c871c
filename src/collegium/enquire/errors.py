"""What can go wrong in this room, and how it is worded: what happened, what was kept, what to do."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from collegium.base.errors import CollegiumError, Conflict, Invalid, NotAllowed, NotFound, Wording

__all__ = ["WORDINGS", "CollegiumError", "Conflict", "Invalid", "NotAllowed", "NotFound"]

_NOTHING_CHANGED = _("Nothing was changed.")
_TYPED_IS_KEPT = _("What you typed is kept below.")

WORDINGS: dict[str, Wording] = {
    # who may do what
    "enquiry_members_only": Wording(
        _("Those who belong to this unit begin enquiries in it."),
        _NOTHING_CHANGED,
        _("Ask somebody there to begin it."),
    ),
    "enquiry_team_only": Wording(
        _("Only those who are in this enquiry can do that."), _NOTHING_CHANGED, _("Its two owners can add you.")
    ),
    "enquiry_owners_only": Wording(
        _("Only the two owners of this enquiry, and stewards of the unit, can do that."),
        _NOTHING_CHANGED,
        _("The page of the enquiry says who they are."),
    ),
    "enquiry_ended": Wording(
        _("This enquiry is closed."), _NOTHING_CHANGED, _("Begin a new one that goes on from its finding.")
    ),
    # what was sent
    "enquiry_owners_alike": Wording(
        _("The second owner is somebody else than the first."), _TYPED_IS_KEPT, _("Choose another colleague.")
    ),
    "enquiry_friend_owns": Wording(
        _("A critical friend looks from outside, and owns nothing of the enquiry."),
        _TYPED_IS_KEPT,
        _("Choose somebody who is not an owner."),
    ),
    "enquiry_person_elsewhere": Wording(
        _("That person cannot be chosen here."), _TYPED_IS_KEPT, _("Choose somebody from the list.")
    ),
    "enquiry_challenge_elsewhere": Wording(
        _("An enquiry serves an open challenge of its unit, or of a unit above it."),
        _TYPED_IS_KEPT,
        _("Choose one from the list."),
    ),
    "evidence_too_many": Wording(
        _("An enquiry may keep {limit} files."), _NOTHING_CHANGED, _("Take one off first, or add a link.")
    ),
    "evidence_link": Wording(
        _("That address leads nowhere we can show."), _TYPED_IS_KEPT, _("Begin it with https://.")
    ),
    "evidence_unknown": Wording(_("That number cannot be cited here."), _TYPED_IS_KEPT, _("Choose one from the list.")),
    "evidence_gone": Wording(_("It has been taken off already."), _NOTHING_CHANGED, _("Go back to the enquiry.")),
    "driver_gone": Wording(
        _("Somebody has taken that box off meanwhile."), _TYPED_IS_KEPT, _("Look at the diagram as it stands now.")
    ),
    "driver_changed": Wording(
        _("Somebody has changed that box meanwhile. It now says: {text}"),
        _TYPED_IS_KEPT,
        _("Send it again if yours should stand instead; the other wording stays among the versions."),
    ),
    "driver_newer": Wording(
        _("Somebody has changed the diagram meanwhile."), _NOTHING_CHANGED, _("Look at it as it stands now.")
    ),
    "driver_place": Wording(
        _("That box cannot stand there."),
        _TYPED_IS_KEPT,
        _("Primary drivers stand under the aim, secondary ones under primary ones, ideas under either."),
    ),
    "driver_too_many": Wording(
        _("A diagram may have {limit} boxes."), _TYPED_IS_KEPT, _("Draw a part of it in an enquiry of its own.")
    ),
    "progress_unknown": Wording(_("There is no such step."), _TYPED_IS_KEPT, _("Choose one of the sentences.")),
    "enquiry_group_elsewhere": Wording(
        _("An enquiry is worked on in a group of its unit, or of a unit above it."),
        _TYPED_IS_KEPT,
        _("Choose one from the list."),
    ),
    "measure_segment_twice": Wording(
        _("Two groups have the same name."), _TYPED_IS_KEPT, _("Give each a name of its own.")
    ),
    "measure_too_many_segments": Wording(
        _("A measure may have {limit} groups."), _TYPED_IS_KEPT, _("Take fewer, or make a second measure.")
    ),
    "point_segment": Wording(
        _("This measure has no such group."), _TYPED_IS_KEPT, _("Choose one of those that the measure has.")
    ),
    "point_absent": Wording(
        _("There is neither a number nor a reason why there is none."), _TYPED_IS_KEPT, _("Write one of the two.")
    ),
    "point_denominator": Wording(
        _("This measure is of something: it needs to know of how many."), _TYPED_IS_KEPT, _("Fill it in, above 0.")
    ),
    "point_above": Wording(
        _("The number is larger than what it is of."), _TYPED_IS_KEPT, _("Look at both numbers again.")
    ),
    "point_not_whole": Wording(
        _("This counts something: whole numbers from 0 are needed."), _TYPED_IS_KEPT, _("Look at the number again.")
    ),
    "point_later": Wording(_("That day has not come yet."), _TYPED_IS_KEPT, _("Look at the date again.")),
    "point_twice": Wording(
        _("There is another number for the same group and period."), _TYPED_IS_KEPT, _("Keep one of the two.")
    ),
    "point_no_number": Wording(
        _("This is neither a number nor a reason in words."), _TYPED_IS_KEPT, _("Look at it again.")
    ),
    "point_emptied": Wording(
        _("A number stands here."), _TYPED_IS_KEPT, _("Write another one, or in words why there is none.")
    ),
    "point_meanwhile": Wording(
        _("Somebody has entered {value} here meanwhile."), _TYPED_IS_KEPT, _("Keep yours to correct it.")
    ),
    "table_unreadable": Wording(
        _("This cannot be read as a table with a row of titles."),
        _NOTHING_CHANGED,
        _("Copy the cells with their titles, or save the table as CSV or Excel."),
    ),
    "table_empty": Wording(_("There is no row below the titles."), _NOTHING_CHANGED, _("Copy the rows as well.")),
    "table_absent": Wording(_("There is neither a table nor a file."), _NOTHING_CHANGED, _("Give one of the two.")),
    "table_too_large": Wording(_("The table is larger than {limit} MB."), _NOTHING_CHANGED, _("Bring it in by parts.")),
    "table_too_long": Wording(_("The table has more than {limit} rows."), _NOTHING_CHANGED, _("Bring it in by parts.")),
    "table_too_wide": Wording(
        _("The table has more than {limit} columns."), _NOTHING_CHANGED, _("Leave out those that are not needed.")
    ),
    "table_broken_row": Wording(
        _("Row {row} cannot be read: a quotation mark or a separator is not where it should be."),
        _NOTHING_CHANGED,
        _("Mend it and try again."),
    ),
    "table_about_pupils": Wording(
        _("Most rows are of the same group and period as another, as if each were about one pupil."),
        _NOTHING_CHANGED,
        _("Add the rows up to one number for each group and period first."),
    ),
    "table_no_date": Wording(_("It does not say when."), _NOTHING_CHANGED, _("Look at the date.")),
    "table_no_number": Wording(_("This is no number."), _NOTHING_CHANGED, _("Look at the number.")),
    "table_ambiguous": Wording(
        _("The comma can be read in two ways."), _NOTHING_CHANGED, _("Write the number without one.")
    ),
    "table_no_measure": Wording(
        _("It does not say which measure."), _NOTHING_CHANGED, _("Name a measure of this enquiry.")
    ),
    "table_moved_on": Wording(
        _("Something has changed since you looked."), _NOTHING_CHANGED, _("Look at it again below, then keep it.")
    ),
    "table_nothing": Wording(
        _("There is nothing to bring in."), _NOTHING_CHANGED, _("Look at the columns and the rows.")
    ),
    "table_undone": Wording(
        _("This import has been taken back already."), _NOTHING_CHANGED, _("Bring the table in again if you need it.")
    ),
    "calendar_order": Wording(_("“{title}” ends before it begins."), _TYPED_IS_KEPT, _("Look at its two days again.")),
    "calendar_overlap": Wording(
        _("“{title}” begins before the term before it has ended."), _TYPED_IS_KEPT, _("Look at the days of both.")
    ),
    "calendar_too_long": Wording(
        _("“{title}” is longer than a year."), _TYPED_IS_KEPT, _("Look at its two days again.")
    ),
    "calendar_too_many": Wording(
        _("A calendar holds {limit} terms and holidays."), _TYPED_IS_KEPT, _("Take out those of years long past.")
    ),
    "calendar_unreadable": Wording(
        _("This file holds no calendar that can be read."), _TYPED_IS_KEPT, _("Choose a file that ends with .ics.")
    ),
    "cycle_open": Wording(
        _("The last cycle has not been studied yet."), _TYPED_IS_KEPT, _("Say first what came of it.")
    ),
    "cycle_locked": Wording(
        _("Numbers have come in since: what was expected stays as it is."),
        _TYPED_IS_KEPT,
        _("Say what is different now when you study the cycle."),
    ),
    "cycle_studied": Wording(
        _("This cycle has been studied already."), _TYPED_IS_KEPT, _("Plan the next cycle, or write a note.")
    ),
    "idea_measures_nothing": Wording(
        _("An idea is told with the measures that say whether it helps, and with those of its enquiry."),
        _TYPED_IS_KEPT,
        _("Choose a measure of this enquiry."),
    ),
    "baseline_reason": Wording(
        _("A baseline is frozen by somebody, with a reason."), _TYPED_IS_KEPT, _("Say why in a sentence.")
    ),
    "enquiry_text_missing": Wording(_("Something that is needed is empty."), _TYPED_IS_KEPT, _("Fill it in.")),
}
