"""Saying when terms and holidays are: a row for each, an empty row for none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from collegium.enquire.enums import SpanKind
from collegium.enquire.models import CalendarSpan
from collegium.enquire.services.calendars import MOST_SPANS, TITLE_LIMIT, SpanSaid
from collegium.people.forms.filters import DateInput

EMPTY_ROWS = 4


class SpanForm(forms.Form):
    """A term or a holiday; a row without a name and days is none."""

    title = forms.CharField(label=_("What it is called"), max_length=TITLE_LIMIT)
    kind = forms.ChoiceField(label=_("What it is"), choices=SpanKind.choices)
    first_day = forms.DateField(label=_("First day"), widget=DateInput())
    last_day = forms.DateField(label=_("Last day"), widget=DateInput())

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{**options, "empty_permitted": True, "use_required_attribute": False})

    def has_changed(self) -> bool:
        """Say whether a row says anything: one from which everything was taken away is none."""
        return any(self.data.get(self.add_prefix(name), "").strip() for name in ("title", "first_day", "last_day"))


class FileForm(forms.Form):
    """Holidays from a calendar file."""

    calendar = forms.FileField(
        label=_("Holidays from a calendar file"),
        required=False,
        help_text=_(
            "A file that ends with .ics. Its whole-day entries are added to the rows above, for you to look at."
        ),
    )


_Spans = formset_factory(SpanForm, extra=EMPTY_ROWS, max_num=MOST_SPANS, absolute_max=MOST_SPANS + EMPTY_ROWS)


def make_rows(data: Mapping[str, Any] | None, spans: Sequence[CalendarSpan | SpanSaid]) -> BaseFormSet[SpanForm]:
    """Return the rows: as they were sent or, to begin with, as they stand."""
    names = ("kind", "title", "first_day", "last_day")
    return _Spans(data, initial=[{name: getattr(span, name) for name in names} for span in spans])


def said(rows: BaseFormSet[SpanForm]) -> list[SpanSaid]:
    """Return what valid rows say, for the service."""
    found = [row.cleaned_data for row in rows.forms if row.cleaned_data.get("title")]
    return [SpanSaid(**{**row, "kind": SpanKind(row["kind"])}) for row in found]
