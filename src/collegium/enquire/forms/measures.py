"""Saying what is measured, entering a number, freezing a baseline."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from collegium.base import prose
from collegium.enquire.enums import Direction, Frequency, Numbers, Role
from collegium.enquire.forms.enquiries import area
from collegium.enquire.models import Measure, Segment
from collegium.enquire.models.enquiries import TITLE_LIMIT
from collegium.enquire.services.measures import Defined
from collegium.enquire.services.points import OF_SOMETHING
from collegium.people.forms.filters import DateInput


class MeasureForm(forms.Form):
    """What is measured, how often, in which groups."""

    title = forms.CharField(label=_("What do you measure?"), max_length=TITLE_LIMIT)
    definition = forms.CharField(
        label=_("How exactly?"),
        max_length=prose.LIMIT,
        widget=area(3),
        help_text=_("So that two people counting the same week come to the same number."),
    )
    numbers = forms.ChoiceField(label=_("What are the numbers?"), choices=Numbers.choices, widget=forms.RadioSelect)
    direction = forms.ChoiceField(label=_("Which way is better?"), choices=Direction.choices, widget=forms.RadioSelect)
    frequency = forms.ChoiceField(
        label=_("How often?"), choices=Frequency.choices, widget=forms.RadioSelect, initial=Frequency.WEEK
    )
    role = forms.ChoiceField(
        label=_("What is it for?"), choices=Role.choices, widget=forms.RadioSelect, initial=Role.OUTCOME
    )
    segments = forms.CharField(
        label=_("Groups to take apart"),
        required=False,
        widget=area(3),
        help_text=_("A class, a group or a school on each line. No names of pupils. Leave it empty for all together."),
    )
    source = forms.CharField(label=_("Where do the numbers come from?"), required=False, max_length=200)
    target = forms.FloatField(
        label=_("Target"), required=False, help_text=_("For “so many of so many” in percent, such as 80.")
    )
    per = forms.FloatField(
        label=_("A rate is given per"),
        required=False,
        min_value=0.001,
        help_text=_("Such as 100 lessons; else 1."),
    )

    def defined(self) -> Defined:
        """Return what was said, for the service."""
        cleaned = self.cleaned_data
        numbers, target = Numbers(cleaned["numbers"]), cleaned["target"]
        return Defined(
            title=cleaned["title"],
            definition=cleaned["definition"],
            numbers=numbers,
            role=Role(cleaned["role"]),
            direction=Direction(cleaned["direction"]),
            frequency=Frequency(cleaned["frequency"]),
            source=cleaned["source"],
            target=target / 100 if target is not None and numbers == Numbers.PROPORTION else target,
            per=cleaned["per"] or 1.0,
            segments=[line for line in cleaned["segments"].splitlines() if line.strip()],
        )


class PointForm(forms.Form):
    """One number."""

    segment = forms.ChoiceField(label=_("Of whom?"))
    on = forms.DateField(label=_("When?"), widget=DateInput(), help_text=_("Any day of the period."))
    value = forms.FloatField(
        label=_("How many?"), required=False, widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "any"})
    )
    denominator = forms.FloatField(
        label=_("Of how many?"), required=False, widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "any"})
    )
    note = forms.CharField(
        label=_("What was special?"),
        required=False,
        max_length=200,
        help_text=_("It stands on the chart. Without a number it says why there is none, such as: Holiday."),
    )

    def __init__(self, *args: Any, measure: Measure, segments: Sequence[Segment], **options: Any) -> None:
        super().__init__(*args, **options)
        self._segments = {str(segment.id): segment for segment in segments}
        self.fields["segment"].choices = [(key, one.title) for key, one in self._segments.items()]  # type: ignore[attr-defined]
        if len(segments) == 1:
            self.fields["segment"].required = False
            self.fields["segment"].widget = forms.HiddenInput()
        if Numbers(measure.numbers) not in OF_SOMETHING:
            del self.fields["denominator"]

    def clean_segment(self) -> Segment:
        """Return the group; the only one where there is one."""
        return self._segments.get(self.cleaned_data["segment"]) or next(iter(self._segments.values()))


class BaselineForm(forms.Form):
    """On how many points the lines rest."""

    points = forms.IntegerField(
        label=_("How many points, from the first?"),
        min_value=0,
        max_value=400,
        help_text=_("0 for all points. 12 or more make limits that hold."),
    )
    reason = forms.CharField(
        label=_("Why?"), max_length=300, help_text=_("Such as: That is when we began to greet at the door.")
    )
