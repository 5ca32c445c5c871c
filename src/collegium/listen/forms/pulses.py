"""What is chosen about a pulse: a page with a default for everything, so that pressing on is enough."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import get_current_timezone, localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from collegium.base import time
from collegium.listen.enums import ReportingLevel
from collegium.listen.instruments import Instrument
from collegium.listen.instruments.shipped import HEARTBEAT
from collegium.listen.models.pulses import SMALLEST_K
from collegium.listen.services import preparing
from collegium.people.models import Group, Unit

FURTHEST = dt.timedelta(days=500)
CLOSING_HOUR, RESULTS_HOUR = dt.time(16), dt.time(8)
USUAL_DAYS = 7
FREE_DAYS = (5, 6)  # Saturday and Sunday, as Python counts them
REMINDERS = (168, 72, 48, 24, 4)
USUAL_REMINDERS = (72, 24)
KEPT_DAYS = (0, 30, 90, 365)
WEEKS = (2, 3, 4, 6, 8, 13, 26, 52)
PARTS = (1, 2, 3, 4, 5, 6)


class MomentInput(forms.DateTimeInput):
    """The browser's own field for a day and an hour, which knows no time zone."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class MomentField(forms.DateTimeField):
    """A day and an hour by the clock on the wall here; an hour that the clock skips or strikes twice is refused."""

    widget = MomentInput
    default_error_messages = {"invalid": gettext_lazy("Write a day and an hour, such as 2026-03-09 16:00.")}

    def to_python(self, value: Any) -> dt.datetime | None:
        """Return the instant."""
        try:
            moment: dt.datetime | None = super().to_python(value)
        except forms.ValidationError as error:
            if error.code != "ambiguous_timezone":
                raise
            raise forms.ValidationError(self._say_what_the_clock_does(error), code=error.code) from error
        if moment is not None and abs(moment - time.now()) > FURTHEST:
            raise forms.ValidationError(_("Choose a day less than a year from now."), code="far")
        return moment

    def _say_what_the_clock_does(self, error: forms.ValidationError) -> str:
        typed = (error.params or {})["datetime"]
        early = typed.replace(tzinfo=get_current_timezone())
        is_skipped = early.astimezone(dt.UTC).astimezone(early.tzinfo).replace(tzinfo=None) != typed
        words = (
            _("The clocks go forward on %(day)s, and %(hour)s does not exist then. Choose an hour before or after it.")
            if is_skipped
            else _("The clocks go back on %(day)s, and %(hour)s comes twice then. Choose an hour before or after it.")
        )
        return words % {"day": date_format(typed), "hour": date_format(typed, "H:i")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """What a form offers to choose from."""

    instruments: Mapping[str, Instrument]
    units: Sequence[Unit]
    groups: Sequence[Group]


def default_title() -> str:
    """Return a title that says which of many pulses this is."""
    return _("How are we doing? %(month)s") % {"month": date_format(time.today(), "F Y")}


def default_closing() -> dt.datetime:
    """Return a week from today, in the afternoon."""
    return _local(time.today() + dt.timedelta(days=USUAL_DAYS), CLOSING_HOUR)


def default_results(closes_at: dt.datetime) -> dt.datetime:
    """Return the morning of the first school day after closing."""
    day = localtime(closes_at).date() + dt.timedelta(days=1)
    while day.weekday() in FREE_DAYS:
        day += dt.timedelta(days=1)
    return _local(day, RESULTS_HOUR)


def _local(day: dt.date, hour: dt.time) -> dt.datetime:
    return dt.datetime.combine(day, hour, tzinfo=get_current_timezone())


def _levels() -> list[tuple[str, str]]:
    return [(level.value, capfirst(str(level.label))) for level in ReportingLevel]


def list_reminders() -> list[tuple[int, str]]:
    """Return how long before closing a reminder can go out."""
    return [(hours, _write_lead(hours)) for hours in REMINDERS]


def _write_lead(hours: int) -> str:
    if hours % 24:
        return ngettext("%(n)s hour before closing", "%(n)s hours before closing", hours) % {"n": hours}
    days = hours // 24
    return ngettext("%(n)s day before closing", "%(n)s days before closing", days) % {"n": days}


def _kept() -> list[tuple[int, str]]:
    words = {0: _("Destroy them at closing")}
    return [(days, words.get(days) or _("Keep them %(n)s days, then destroy them") % {"n": days}) for days in KEPT_DAYS]


def _weeks() -> list[tuple[int, str]]:
    return [(0, _("Not at all: this once")), *((weeks, _("Every %(n)s weeks") % {"n": weeks}) for weeks in WEEKS)]


def _parts() -> list[tuple[int, str]]:
    whole = (1, _("Everybody each time"))
    return [whole, *((parts, _("One of %(n)s parts each time, in turn") % {"n": parts}) for parts in PARTS[1:])]


def describe_instrument(instrument: Instrument) -> str:
    """Return an instrument in a line: how much it asks, and about what."""
    facets = ", ".join(instrument.say(facet.title) for facet in instrument.facets)
    return _("%(title)s: %(counted)s, about %(minutes)s minutes. %(facets)s") % {
        "title": instrument.say(instrument.title),
        "counted": count_questions(instrument),
        "minutes": f"{instrument.minutes:g}",
        "facets": facets,
    }


def count_questions(instrument: Instrument) -> str:
    """Return how many questions there are, those that are answered in one's own words apart."""
    written = len(instrument.text_items)
    chosen = len(instrument.items) - written
    words = ngettext("%(n)s question", "%(n)s questions", chosen) % {"n": chosen}
    if not written:
        return words
    own = ngettext("%(n)s in one’s own words", "%(n)s in one’s own words", written) % {"n": written}
    return _("%(questions)s and %(own)s") % {"questions": words, "own": own}


class AmongForm(forms.Form):
    """Units and a group to which asking can be narrowed, where there are any."""

    units = forms.MultipleChoiceField(
        label=gettext_lazy("Only some units"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Tick none to ask everybody in all of them."),
    )
    group = forms.ChoiceField(label=gettext_lazy("Only a group"), required=False)

    def offer(self, units: Sequence[Unit], groups: Sequence[Group]) -> None:
        """Say what there is to choose from."""
        self._units = {str(unit.id): unit for unit in units}
        self._groups = {str(group.id): group for group in groups}
        named: dict[str, Any] = {
            "units": [(key, unit.name) for key, unit in self._units.items()],
            "group": [("", _("Everybody")), *((key, group.name) for key, group in self._groups.items())],
        }
        for name, choices in named.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        if not self._units:
            del self.fields["units"]
        if not self._groups:
            del self.fields["group"]

    def clean_units(self) -> list[Unit]:
        """Return the units."""
        return [self._units[key] for key in self.cleaned_data["units"]]

    def clean_group(self) -> Group | None:
        """Return the group."""
        return self._groups.get(self.cleaned_data["group"])


class PulseForm(AmongForm):
    """Everything that can be chosen: what everybody sees first, and what stands behind "More choices"."""

    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=preparing.TITLE_LIMIT,
        help_text=gettext_lazy("As it stands in the invitation and above the results."),
    )
    why = forms.CharField(
        label=gettext_lazy("Why this pulse?"),
        required=False,
        max_length=preparing.WHY_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("One or two sentences for those who are asked: what you want to learn, and what for."),
    )
    closes_at = MomentField(
        label=gettext_lazy("Closes"),
        help_text=gettext_lazy("It closes by itself. Nobody can close it earlier or later."),
    )
    instrument = forms.ChoiceField(label=gettext_lazy("Questions"), widget=forms.RadioSelect, initial=HEARTBEAT)
    referent = forms.ChoiceField(
        label=gettext_lazy("About whom"),
        required=False,
        help_text=gettext_lazy(
            "Some questions can be asked about different people; each is listed under its questions."
        ),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language"), required=False)
    levels = forms.MultipleChoiceField(
        label=gettext_lazy("Levels that are asked"),
        choices=_levels,
        widget=forms.CheckboxSelectMultiple,
        initial=list(preparing.USUAL_LEVELS),
    )
    opens_at = MomentField(
        label=gettext_lazy("Opens"),
        required=False,
        help_text=gettext_lazy("Leave empty to open it as soon as you press “Open it”."),
    )
    results_at = MomentField(
        label=gettext_lazy("Results come out"),
        required=False,
        help_text=gettext_lazy("Leave empty for 8:00 on the first school day after closing."),
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
    k = forms.IntegerField(
        label=gettext_lazy("Fewest people a result may be about"),
        min_value=SMALLEST_K,
        max_value=preparing.LARGEST_K,
        initial=SMALLEST_K,
        help_text=gettext_lazy(
            "Not counting the reader. It is told to everybody who is asked and cannot be changed later."
        ),
    )
    sheets_kept_days = forms.TypedChoiceField(
        label=gettext_lazy("Single answer sheets"),
        choices=_kept,
        coerce=int,
        initial=0,
        help_text=gettext_lazy(
            "Results need only sums. Sheets carry no names; keep them only if somebody is to analyse them further."
        ),
    )
    every_weeks = forms.TypedChoiceField(
        label=gettext_lazy("Comes back"),
        choices=_weeks,
        coerce=int,
        initial=0,
        help_text=gettext_lazy("The same questions at the same hour. It can be ended at any time."),
    )
    parts = forms.TypedChoiceField(
        label=gettext_lazy("When it comes back, ask"),
        choices=_parts,
        coerce=int,
        initial=1,
        help_text=gettext_lazy(
            "Nobody is asked more often than they agreed to, which is every 4 weeks unless they say otherwise."
        ),
    )

    FIRST = ("title", "why", "closes_at")
    MORE: tuple[tuple[Any, tuple[str, ...]], ...] = (
        (gettext_lazy("What is asked"), ("instrument", "referent", "language")),
        (gettext_lazy("Who is asked"), ("levels", "units", "group")),
        (gettext_lazy("When"), ("opens_at", "results_at", "reminders", "every_weeks", "parts")),
        (gettext_lazy("What is told and kept"), ("k", "sheets_kept_days")),
    )

    def __init__(self, data: QueryDict | None, *, offered: Offered, initial: Mapping[str, Any]) -> None:
        usual = {"title": default_title(), "closes_at": default_closing()}
        super().__init__(data, initial={**usual, **initial})
        self.offered = offered
        self.offer(offered.units, offered.groups)
        choices: dict[str, Any] = {
            "instrument": [(key, describe_instrument(one)) for key, one in offered.instruments.items()],
            "referent": self._list_referents(),
            "language": self._list_languages(),
        }
        for name, offer in choices.items():
            self.fields[name].choices = offer  # type: ignore[attr-defined]
        if len(choices["language"]) < 3:  # the usual one, and the only one there is
            del self.fields["language"]

    def _list_referents(self) -> list[Any]:
        named = [(key, one) for key, one in self.offered.instruments.items() if len(one.referents) > 1]
        groups = [
            (one.say(one.title), [(f"{key}:{name}", one.say(words)) for name, words in one.referents.items()])
            for key, one in named
        ]
        return [("", _("As these questions usually are")), *groups]

    def _list_languages(self) -> list[tuple[str, str]]:
        codes = dict.fromkeys(code for one in self.offered.instruments.values() for code in one.languages)
        return [("", _("As these questions usually are")), *((code, code) for code in codes)]

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

    def clean_referent(self) -> str:
        """Return the referent alone; one listed under other questions will do where the chosen ones know it too."""
        _key, _colon, referent = self.cleaned_data["referent"].partition(":")
        instrument = self.offered.instruments.get(self.cleaned_data.get("instrument", ""))
        if referent and instrument and referent not in instrument.referents:
            raise forms.ValidationError(_("Other questions are asked about that. Choose one listed under yours."))
        return str(referent)

    def clean_language(self) -> str:
        """Return the language, if the questions that were chosen have it."""
        language: str = self.cleaned_data["language"]
        instrument = self.offered.instruments.get(self.cleaned_data.get("instrument", ""))
        if language and instrument and language not in instrument.languages:
            raise forms.ValidationError(_("These questions have not been translated into that language."))
        return language

    def clean(self) -> dict[str, Any]:
        """Fill in what was left to the default."""
        cleaned: dict[str, Any] = super().clean() or {}
        closes_at = cleaned.get("closes_at")
        if closes_at is not None and not self.errors:
            cleaned["opens_at"] = cleaned["opens_at"] or time.now()
            cleaned["results_at"] = cleaned["results_at"] or default_results(closes_at)
            cleaned["remind_before_hours"] = cleaned.pop("reminders")
        return cleaned


class OpenForm(forms.Form):
    """Who comes in by a slip of paper: asked on the page with the one button that opens a pulse."""

    MISSING, EVERYBODY, CHOSEN = "missing", "everybody", "chosen"
    slips = forms.ChoiceField(
        label=gettext_lazy("Who gets a slip of paper instead of a personal link?"),
        widget=forms.RadioSelect,
        initial=MISSING,
    )
    people = forms.MultipleChoiceField(
        label=gettext_lazy("Slips for these as well"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, asked: Sequence[Any], names: Sequence[tuple[Any, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.asked = {str(person_id): person_id for person_id in asked}
        choices = [
            (self.MISSING, _("Only those without an email address")),
            (self.EVERYBODY, _("Everybody")),
        ]
        if names:
            choices.append((self.CHOSEN, _("Those without an address, and the ones I choose below")))
            self.fields["people"].choices = [(str(person_id), name) for person_id, name in names]  # type: ignore[attr-defined]
        else:
            del self.fields["people"]
        self.fields["slips"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Return in `by_slip` who comes by slip, beside those without an address; `all_by_slip` if all do."""
        cleaned: dict[str, Any] = super().clean() or {}
        chosen = cleaned.get("people", []) if cleaned.get("slips") == self.CHOSEN else []
        cleaned["by_slip"] = [self.asked[key] for key in chosen if key in self.asked]
        cleaned["all_by_slip"] = cleaned.get("slips") == self.EVERYBODY
        return cleaned


class LimitForm(forms.Form):
    """How often one wants to be asked."""

    weeks_between = forms.IntegerField(
        label=gettext_lazy("Weeks between two of them, at least"),
        min_value=1,
        max_value=52,
        help_text=gettext_lazy("Pulses that come back leave you out until so many weeks have gone by. 1 to 52."),
    )
