"""The plain sentence for all that can be wrong with a file of ballots, in one place, for pages and command line."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from collegium.decide.files import Note, NoteCode, UnreadableBallots

Words = str | Promise

NOTED: Mapping[NoteCode, Words] = {
    NoteCode.SPOILT_CELL: _(
        "In some ballots something is no whole number from 0, and they are spoilt. The first is “{text}” in row {row}, "
        "column “{column}”."
    ),
    NoteCode.TITLES_TOLD_APART: _("Some options have the same name; their numbers were added."),
    NoteCode.ENCODING_GUESSED: _("{file} is not in UTF-8; it was read as {encoding}. Check names with accents."),
    NoteCode.CENTS: _("Some amounts have decimals, so all of them were read in hundredths."),
}

UNREADABLE: Mapping[str, Words] = {
    "no_ballots": _("{file} holds no ballot. Add a row for each, or export it again."),
    "no_options": _("{file} names no option. Give each option a column with its name as the title."),
    "too_many_options": _(
        "{file} has {options} options, and at most {limit} are read. Look whether its columns are options."
    ),
    "too_many_ballots": _("{file} holds too many ballots; reading stopped in row {row}."),
    "doubled_option": _("“{option}” stands twice in {file}. Give each option a name of its own."),
    "doubled_code": _(
        "The ballot “{code}” in row {row} of {file} stands in row {first_row} already. Nothing was counted."
    ),
    "no_title": _("Column {column} of {file} has no title. Write the name of the option into its first row."),
    "broken_row": _("Row {row} of {file} cannot be read: a quotation mark may never be closed. Nothing was counted."),
    "long_row": _("Row {row} of {file} has more cells than there are titles: a comma may lack its quotes."),
    "bad_count": _(
        "“{text}” in row {row} of {file} does not say how often a ballot came: write a whole number from 1."
    ),
    "broken_header": _("The beginning of {file} does not name all options. Export it again."),
    "broken_line": _("Line {line} of {file} is no ballot in its format. Nothing was counted."),
    "unknown_option": _("{file} has a ballot for “{option}”, which is none of its options."),
    "bad_cost": _("“{text}” in line {line} of {file} is no cost. Write whole numbers above 0."),
    "no_costs": _("{file} lists no costs. Give it the columns “option” and “cost”."),
    "vote_type": _("{file} holds votes of the kind “{kind}”, which are not read."),
    "not_loomio": _("{file} is no export of a Loomio group: line {line} is no record of one."),
    "not_found": _("There is no file {file}."),
    "empty": _("{file} is empty."),
    "too_large": _("{file} is too large to be read."),
    "not_a_table": _(
        "{file} is no table: it looks like {looks_like}. CSV, TSV, XLSX, ODS, PrefLib and Pabulib can be read."
    ),
    "damaged": _("{file} is damaged, or not in UTF-8. Save or export it again."),
    "encrypted": _("{file} is locked with a password. Save it without one."),
    "macros": _("{file} holds macros. Save it as a plain spreadsheet."),
    "sheet_too_big": _("{file} is too large to be opened as a spreadsheet. Save it as CSV."),
}
_UNSAFE = _("{file} cannot be opened safely, so nothing of it was read. Save it as CSV.")


class _Given(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "…"


def note(found: Note) -> str:
    """Say what was decided while reading."""
    return str(NOTED[found.code]).format_map(_Given(found.data))


def unreadable(error: UnreadableBallots) -> str:
    """Say why a file cannot be read, and what to do."""
    return str(UNREADABLE.get(error.code, _UNSAFE)).format_map(_Given(error.data))
