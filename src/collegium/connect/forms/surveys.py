"""What is chosen about a tie survey: a page with a default for everything, so that pressing on is enough."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from collegium.base import time
from collegium.connect.queries.asking import USUAL_LEVELS
from collegium.connect.services import opening
from collegium.listen.forms.pulses import (
    CLOSING_HOUR,
    USUAL_REMINDERS,
    AmongForm,
    MomentField,
    Offered,
    list_reminders,
)
from collegium.listen.instruments import Instrument
from collegium.people.enums import Level

USUAL_DAYS = 14


def default_title() -> str:
    """Return a title that says which of several surveys this is."""
    return _("Who turns to whom, %(month)s") % {"month": date_format(time.today(), "F Y")}


def default_closing() -> dt.datetime:
    """Return two weeks from today, in the afternoon."""
    day = time.today() + dt.timedelta(days=USUAL_DAYS)
    return dt.datetime.combine(day, CLOSING_HOUR, tzinfo=get_current_timezone())


def describe_instrument(instrument: Instrument) -> str:
    """Return what is asked in a line."""
    kinds = ", ".join(instrument.say(item.title) for item in instrument.items)
    questions = ngettext("%(n)s question", "%(n)s questions", len(instrument.items)) % {"n": len(instrument.items)}
    return _("%(title)s: %(questions)s, about %(minutes)s minutes. %(kinds)s") % {
        "title": instrument.say(instrument.title),
        "questions": questions,
        "minutes": f"{instrument.minutes:g}",
        "kinds": kinds,
    }


def _levels() -> list[tuple[str, str]]:
    return [(level.value, capfirst(str(level.label))) for level in Level]


class SurveyForm(AmongForm):
    """Everything that can be chosen: what everybody sees first, and what stands behind "More choices"."""

    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=opening.TITLE_LIMIT,
        help_text=gettext_lazy("As it stands in the invitation and above what it finds."),
    )
    why = forms.CharField(
        label=gettext_lazy("Why ask this?"),
        required=False,
        max_length=opening.WHY_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "One or two sentences for those who are asked. They will name colleagues, so say what it is for."
        ),
    )
    closes_at = MomentField(
        label=gettext_lazy("Closes"), help_text=gettext_lazy("It closes by itself, and is worked out then.")
    )
    instrument = forms.ChoiceField(label=gettext_lazy("Questions"), widget=forms.RadioSelect)
    levels = forms.MultipleChoiceField(
        label=gettext_lazy("Levels that are asked"),
        choices=_levels,
        widget=forms.CheckboxSelectMultiple,
        initial=list(USUAL_LEVELS),
    )
    may_name_partners = forms.BooleanField(
        label=gettext_lazy("People of other schools may be named"),
        required=False,
        help_text=gettext_lazy(
            "Those in the same alliance, and partner schools. Whoever answers then finds them by name, and sees their "
            "school and nothing else."
        ),
    )
    opens_at = MomentField(
        label=gettext_lazy("Opens"),
        required=False,
        help_text=gettext_lazy("Leave empty to open it as soon as you press the button."),
    )
    reminders = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Reminders to those who have not answered"),
        choices=list_reminders,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        initial=list(USUAL_REMINDERS),
        help_text=gettext_lazy("They are sent by themselves. Nobody sees who got one."),
    )

    FIRST = ("title", "why", "closes_at")
    MORE: tuple[tuple[Any, tuple[str, ...]], ...] = (
        (gettext_lazy("What is asked"), ("instrument",)),
        (gettext_lazy("Who is asked, and who may be named"), ("levels", "units", "group", "may_name_partners")),
        (gettext_lazy("When"), ("opens_at", "reminders")),
    )

    def __init__(
        self,
        data: QueryDict | None,
        *,
        offered: Offered,
        is_of_schools: bool,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        first = next(iter(offered.instruments), "")
        usual = {
            "title": default_title(),
            "closes_at": default_closing(),
            "instrument": first,
            "may_name_partners": is_of_schools,
        }
        super().__init__(data, initial={**usual, **(initial or {})})
        self.fields["instrument"].choices = [  # type: ignore[attr-defined]
            (key, describe_instrument(one)) for key, one in offered.instruments.items()
        ]
        self.offer(offered.units, offered.groups)

    @property
    def first_fields(self) -> list[forms.BoundField]:
        """The fields that everybody sees."""
        return [self[name] for name in self.FIRST]

    @property
    def more_fields(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The fields behind "More choices", under their headings."""
        return [(heading, [self[name] for name in names if name in self.fields]) for heading, names in self.MORE]

    @property
    def is_more_open(self) -> bool:
        """Whether something behind "More choices" has to be looked at."""
        return any(name not in self.FIRST for name in self.errors)

    def clean(self) -> dict[str, Any]:
        """Return what the service takes."""
        cleaned: dict[str, Any] = super().clean() or {}
        cleaned["remind_before_hours"] = cleaned.pop("reminders", [])
        return cleaned
