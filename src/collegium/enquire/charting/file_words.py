"""What can be wrong with a file of series, in one sentence each, for pages and the command line."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from collegium.connect import file_words
from collegium.connect.files import UnreadableTies
from collegium.enquire.charting.files import UnreadableSeries

UNREADABLE: Mapping[str, str | Promise] = {
    "no_rows": _("{file} has a row of titles and nothing below it."),
    "no_column": _("There is no column “{column}”. The columns are: {known}."),
    "doubled_column": _("There are two columns called “{column}”. Rename one of them."),
    "bad_row": _("Row {row} cannot be read: a quotation mark or a comma is not where it should be."),
    "too_many_rows": _("The file has more than {most} rows. Bring in a part of it."),
    "too_many_series": _("There are more than {most} groups. Choose another column to group by."),
    "no_date": _("Row {row} does not say when: “{column}” is empty."),
    "no_number": _("“{text}” in row {row}, column “{column}”, is not a number."),
    "several_rows": _(
        "There are several rows for {group} in {when} (row {row} is one). Group by another column as well, or say that "
        "such rows are to be added up or averaged."
    ),
    "value_needed": _("Say which column holds the values when rows are grouped or have denominators."),
    "no_numbers": _("No column beside “{column}” holds numbers only. Say which column holds the values."),
}


def unreadable(error: UnreadableSeries) -> str:
    """Return the sentence for an error."""
    if error.code in UNREADABLE:
        return str(UNREADABLE[error.code]).format(**error.data)
    return file_words.unreadable(UnreadableTies(error.code, {name: str(value) for name, value in error.data.items()}))
