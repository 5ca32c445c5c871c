"""A table of numbers, and which of its columns holds what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from collegium.base import prose
from collegium.enquire.charting.files import parse_number
from collegium.enquire.charting.moments import Grain, read_days
from collegium.enquire.enums import Direction, Frequency, Numbers
from collegium.enquire.errors import Invalid
from collegium.enquire.forms.enquiries import area
from collegium.enquire.intake import sheets
from collegium.enquire.intake.columns import Columns
from collegium.enquire.intake.sheets import Sheet
from collegium.enquire.models import Measure
from collegium.enquire.models.enquiries import TITLE_LIMIT
from collegium.enquire.services.imports import Asked
from collegium.enquire.services.measures import Defined

NEW = "new"
_COLUMNS: dict[str, Any] = {
    "date": _("When"),
    "value": _("The number"),
    "of": _("Of how many"),
    "by": _("Group"),
    "by_too": _("Group within the group"),
    "measure": _("Which measure"),
    "note": _("What was special"),
}
_OF_GRAIN = {Grain.SCHOOL_YEAR: Frequency.YEAR, Grain.NUMBER: Frequency.YEAR, Grain.MONTH: Frequency.MONTH}


class TableForm(forms.Form):
    """Cells copied from a spreadsheet, or a file."""

    pasted = forms.CharField(
        label=_("Paste from a spreadsheet"),
        required=False,
        max_length=sheets.MOST_BYTES,
        widget=area(8),
        help_text=_("Mark the cells with their titles there, copy them, and paste them here."),
    )
    file = forms.FileField(
        label=_("Or choose a file"), required=False, help_text=_("CSV, TSV, XLSX, XLS or ODS, up to 5 MB.")
    )

    def read(self) -> Sheet:
        """Return the table. Raises Invalid where there is none that can be read."""
        file = self.cleaned_data["file"]
        if file is not None:
            if file.size > sheets.MOST_BYTES:
                raise Invalid("table_too_large", limit=sheets.MOST_BYTES // sheets.MEGABYTE)
            return sheets.read_file(file.name or "", file.read)
        if not self.cleaned_data["pasted"].strip():
            raise Invalid("table_absent")
        return sheets.read_pasted(self.cleaned_data["pasted"])


class ColumnsForm(forms.Form):
    """Which column holds what, and where the numbers go."""

    into = forms.ChoiceField(label=_("Into which measure?"))
    title = forms.CharField(label=_("What is measured?"), max_length=TITLE_LIMIT, required=False)
    definition = forms.CharField(label=_("How exactly?"), max_length=prose.LIMIT, widget=area(3), required=False)
    numbers = forms.ChoiceField(label=_("What are the numbers?"), choices=Numbers.choices)
    direction = forms.ChoiceField(label=_("Which way is better?"), choices=Direction.choices)
    frequency = forms.ChoiceField(label=_("How often?"), choices=Frequency.choices)

    def __init__(self, *args: Any, sheet: Sheet, measures: Sequence[Measure], **options: Any) -> None:
        super().__init__(*args, **options)
        self._measures = {str(measure.id): measure for measure in measures}
        into = [*((key, measure.title) for key, measure in self._measures.items()), (NEW, _("A new measure"))]
        self.fields["into"].choices = into  # type: ignore[attr-defined]
        columns = [(title, title) for title in sheet.titles]
        for name, label in _COLUMNS.items():
            needed = name in ("date", "value")
            none = ("", _("Choose a column") if needed else _("None"))
            field = forms.ChoiceField(label=label, choices=[none, *columns], required=needed)
            self.fields[f"column_{name}"] = field
        self.fields["definition"].required = self.is_new
        self.fields["title"].required = self.is_new and not self["column_measure"].value()

    @property
    def column_fields(self) -> list[forms.BoundField]:
        """The fields that say which column holds what."""
        return [self[f"column_{name}"] for name in _COLUMNS]

    @property
    def measure_fields(self) -> list[forms.BoundField]:
        """The fields that say what a new measure is."""
        return [self[name] for name in ("title", "definition", "numbers", "direction", "frequency")]

    @property
    def is_new(self) -> bool:
        """Whether a measure is to be described."""
        return self["into"].value() in (NEW, None)

    def asked(self) -> Asked:
        """Return what was said, for the service."""
        cleaned = self.cleaned_data
        columns = Columns(**{name: cleaned[f"column_{name}"] for name in _COLUMNS})
        if cleaned["into"] != NEW:
            return Asked(columns=columns, measure=self._measures[cleaned["into"]])
        defined = Defined(
            title=cleaned["title"],
            definition=cleaned["definition"],
            numbers=Numbers(cleaned["numbers"]),
            direction=Direction(cleaned["direction"]),
            frequency=Frequency(cleaned["frequency"]),
        )
        return Asked(columns=columns, defined=defined)


def guess(sheet: Sheet, columns: Columns, measures: Sequence[Measure]) -> dict[str, Any]:
    """Return what a form of columns begins with."""
    return {
        **{f"column_{name}": title for name, title in asdict(columns).items()},
        "into": str(measures[0].id) if measures else NEW,
        "title": columns.value,
        "numbers": _guess_numbers(sheet, columns),
        "direction": Direction.UP,
        "frequency": _guess_frequency(sheet, columns),
    }


def _guess_numbers(sheet: Sheet, columns: Columns) -> Numbers:
    values = _numbers_in(sheet, columns.value)
    if columns.of and values:
        pairs = zip(values, _numbers_in(sheet, columns.of), strict=True)
        fits = [value <= under for value, under in pairs if value is not None and under is not None]
        # A slip among shares does not make rates of them.
        return Numbers.PROPORTION if sum(fits) >= 0.8 * len(fits) else Numbers.RATE
    is_whole = all(value >= 0 and value == round(value) for value in values if value is not None)
    return Numbers.COUNT if is_whole else Numbers.AVERAGE


def _numbers_in(sheet: Sheet, title: str) -> list[float | None]:
    return [_number(cell) for cell in sheet.column(title)] if title else []


def _number(text: str) -> float | None:
    try:
        return parse_number(text)
    except ValueError:
        return None


def _guess_frequency(sheet: Sheet, columns: Columns) -> Frequency:
    if not columns.date:
        return Frequency.WEEK
    grain, found = read_days(sheet.column(columns.date))
    if grain in _OF_GRAIN:
        return _OF_GRAIN[grain]
    days = {day for day in found.values() if day}
    weeks = {day.toordinal() // 7 for day in days}
    return Frequency.WEEK if len(weeks) == len(days) else Frequency.DAY
