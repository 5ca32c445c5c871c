"""Forms of the import of rosters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from collegium.people.enums import UnitKind
from collegium.people.queries.rosters import DEFAULT_SOURCE, SOURCE_NAME_LIMIT
from collegium.people.rosters import ColumnMapping, Format


class FilesInput(forms.ClearableFileInput):
    """A field for one file or several."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file or several, as a list."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Check each file."""
        sent = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(one, initial) for one in sent if one] or [super().clean(None, initial)]


class UploadForm(forms.Form):
    """A roster, and the system it is from."""

    roster = FilesField(
        label=_("Your file"),
        help_text=_(
            "A zip as your system exports it, its CSV files together, or one list as CSV, Excel or OpenDocument."
        ),
    )
    source = forms.ChoiceField(label=_("From which system"), required=False)
    new_source = forms.CharField(
        label=_("Name of another system"),
        max_length=SOURCE_NAME_LIMIT,
        required=False,
        help_text=_(
            "Only if rosters of two systems reach you, such as payroll and timetable. Each keeps to its own people."
        ),
    )

    def __init__(self, *args: Any, sources: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(name, _("the usual roster") if name == DEFAULT_SOURCE else name) for name in sources]
        self.fields["source"].choices = named  # type: ignore[attr-defined]
        if len(sources) == 1:
            del self.fields["source"]

    @property
    def source_name(self) -> str:
        """The system that was chosen or named."""
        said: dict[str, str] = self.cleaned_data
        return said["new_source"].strip() or said.get("source", "") or DEFAULT_SOURCE


class ColumnField(forms.ChoiceField):
    """One of the columns, or none of them."""

    def __init__(self, *, headers: Sequence[str], **kwargs: Any) -> None:
        super().__init__(choices=[(_NONE, _("not in this list")), *((header, header) for header in headers)], **kwargs)

    def clean(self, value: Any) -> Any:
        """Return the column, or an empty text."""
        return "" if value in (None, "", _NONE) else super().clean(value)

    def prepare_value(self, value: Any) -> Any:
        """Show what was chosen before."""
        return value or _NONE


_NONE = "-"
_COLUMNS: dict[str, Any] = {
    "full_name": _("Name, in one column"),
    "given_name": _("Given name"),
    "family_name": _("Family name"),
    "email": _("Email address"),
    "person_id": _("Staff number"),
    "title": _("Post or job title"),
    "level": _("Level"),
    "unit_name": _("School or unit"),
    "unit_id": _("Number of the school or unit"),
    "unit_type": _("Kind of unit"),
    "team": _("Team or department"),
    "starts_on": _("First day"),
    "ends_on": _("Last day"),
    "is_primary": _("Main post, yes or no"),
    "post_id": _("Number of the post"),
}
_COLUMN_HELP: dict[str, Any] = {
    "person_id": _("A number that stays the same makes sure that everybody is recognised the next time."),
    "unit_name": _("Leave this and the number empty if everybody in the list works in {unit}."),
}
EVERYBODY, SOME = "everybody", "some"


class ColumnsForm(forms.Form):
    """Which column of a staff list holds what."""

    unit_kind = forms.ChoiceField(
        label=_("Units in this list are"), choices=[choice for choice in UnitKind.choices if choice[0] != UnitKind.TEAM]
    )
    holds = forms.ChoiceField(
        label=_("Who is in this list"),
        widget=forms.RadioSelect,
        choices=[
            (SOME, _("Some people: whoever is not in it stays as they are")),
            (EVERYBODY, _("Everybody: whoever is no longer in it has left")),
        ],
    )

    def __init__(self, *args: Any, headers: Sequence[str], unit_name: str, unit_id: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._unit_id = unit_id
        for name, label in _COLUMNS.items():
            help_text = str(_COLUMN_HELP.get(name, "")).format(unit=unit_name)
            self.fields[name] = ColumnField(label=label, headers=headers, help_text=help_text)
        self.order_fields([*_COLUMNS, "unit_kind", "holds"])

    @classmethod
    def begin_with(cls, mapping: ColumnMapping) -> dict[str, Any]:
        """What the fields show at first."""
        shown = {field.name: getattr(mapping, field.name) for field in fields(mapping)}
        return {**shown, "holds": EVERYBODY if mapping.is_complete else SOME}

    def clean(self) -> dict[str, Any]:
        """A column can hold one thing, and a name is needed."""
        said = super().clean() or {}
        chosen = [said[name] for name in _COLUMNS if said.get(name)]
        if twice := {column for column in chosen if chosen.count(column) > 1}:
            self.add_error(None, _("You chose a column twice: %(columns)s.") % {"columns": ", ".join(sorted(twice))})
        if "name" in self.mapping.missing:
            self.add_error("full_name", _("Say which column holds the name, or given and family name."))
        return said

    @property
    def mapping(self) -> ColumnMapping:
        """What was said."""
        said = self.cleaned_data
        columns = {name: said.get(name, "") for name in _COLUMNS}
        is_placed = columns["unit_name"] or columns["unit_id"]
        return ColumnMapping(
            **columns,
            fixed_unit_id="" if is_placed else self._unit_id,
            unit_kind=said.get("unit_kind") or "school",
            is_complete=said.get("holds") == EVERYBODY,
        )


class ApplyForm(forms.Form):
    """What is to be decided before an import is carried out; fields that nothing depends on are left out."""

    end_missing = forms.BooleanField(required=False)
    take_roster = forms.BooleanField(
        label=_("Where something was edited here as well, take the roster’s values"),
        required=False,
        help_text=_("Without this, what was edited here stays. The tab “Left alone” shows both."),
    )

    def __init__(self, *args: Any, leaving: int, must_confirm: bool, has_choice: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if must_confirm:
            self.fields["end_missing"].label = _("Yes, %(count)s people have left: end their posts") % {
                "count": leaving
            }
            self.fields["end_missing"].help_text = _("Without this, they keep their posts and all else is carried out.")
        else:
            del self.fields["end_missing"]
        if not has_choice:
            del self.fields["take_roster"]


class ExportForm(forms.Form):
    """In which format."""

    form = forms.ChoiceField(
        label=_("Format"),
        choices=[
            (Format.XLSX.value, _("Excel list")),
            (Format.CSV.value, _("CSV list")),
            (Format.ONEROSTER_1_2.value, "OneRoster 1.2"),
            (Format.ONEROSTER_1_1.value, "OneRoster 1.1"),
            (Format.SDS_2_1.value, "Microsoft School Data Sync v2.1"),
        ],
    )
