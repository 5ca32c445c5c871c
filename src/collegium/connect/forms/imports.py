"""Forms of the import and export of ties."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from collegium.base import time
from collegium.connect.files import Columns, Format

_ROLES: dict[str, Any] = {
    "source": _("Who turns to somebody"),
    "target": _("Who is turned to"),
    "weight": _("How strong the tie is"),
    "layer": _("Kind of tie"),
    "id": _("Who somebody is, in the list of people"),
    "email": _("Email address"),
    "school": _("School"),
    "team": _("Team"),
    "level": _("Level"),
    "post": _("Holds a post of leadership, yes or no"),
    "answered": _("Answered, yes or no"),
}


class UploadForm(forms.Form):
    """A file of ties, the people beside it, and what the file does not say."""

    ties = forms.FileField(
        label=_("File of ties"),
        help_text=_("A list of ties as CSV or TSV, a matrix as CSV or Excel, or a graph as GraphML."),
    )
    people = forms.FileField(
        label=_("List of people"),
        required=False,
        help_text=_("A row for each person with an id, and school, team and level if you have them. A graph or a "
                    "matrix can do without."),
    )  # fmt: skip
    title = forms.CharField(
        label=_("What to call it"), max_length=160, help_text=_("For example: who turned to whom, autumn 2026.")
    )
    asked_on = forms.DateField(
        label=_("The day people told these ties"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Who works in which team is read as it was on this day."),
    )
    kind_of_tie = forms.CharField(
        label=_("What kind of tie it is"),
        max_length=200,
        help_text=_("For example: advice about teaching. Needed where the file itself does not say it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["asked_on"].initial = time.today
        self.fields["kind_of_tie"].initial = _("Advice")
        for name, label in _ROLES.items():
            self.fields[f"column_{name}"] = forms.CharField(label=label, max_length=200, required=False)

    @property
    def columns(self) -> Columns:
        """Which column holds what, where it was said."""
        return Columns(**{name: self.cleaned_data[f"column_{name}"].strip() for name in _ROLES})

    @property
    def column_fields(self) -> list[forms.BoundField]:
        """The fields that say which column holds what."""
        return [self[f"column_{name}"] for name in _ROLES]

    @property
    def names_columns(self) -> bool:
        """Whether one of them is filled in or wrong, and must be seen."""
        return any(field.value() or field.errors for field in self.column_fields)


class ApplyForm(forms.Form):
    """What is to be decided before an import is carried out."""

    add_schools = forms.BooleanField(required=False)

    def __init__(self, *args: Any, missing: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not missing:
            del self.fields["add_schools"]
            return
        self.fields["add_schools"].label = _("Add the schools that are not here yet (%(count)s)") % {"count": missing}
        self.fields["add_schools"].help_text = _(
            "Without this, their people stand without a school, and no school is compared with theirs."
        )


class ExportForm(forms.Form):
    """In which format."""

    form = forms.ChoiceField(
        label=_("Format"),
        choices=[
            (Format.EDGES.value, _("Lists of ties and marks (CSV)")),
            (Format.MATRIX_XLSX.value, _("Matrix (Excel)")),
            (Format.MATRIX_CSV.value, _("Matrix (CSV)")),
            (Format.GRAPHML.value, "GraphML"),
            (Format.GEXF.value, "GEXF"),
        ],
    )
