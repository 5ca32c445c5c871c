"""Meetings: called, what is on their agenda, and their minutes."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from collegium.base import prose
from collegium.decide.enums import Presence
from collegium.decide.forms.matters import area
from collegium.decide.forms.outcomes import OutcomeForm
from collegium.decide.models import AgendaItem, Matter, Outcome
from collegium.decide.services.matters import QUESTION_LIMIT
from collegium.decide.services.meetings import LONGEST_MINUTES, OTHERS_LIMIT, TITLE_LIMIT, Item
from collegium.listen.forms.pulses import MomentField
from collegium.people.models import Group, Person

NOTE_LIMIT = 4000


class MeetingForm(forms.Form):
    """What a meeting is, when, how long and where."""

    title = forms.CharField(label=_("What is it?"), max_length=TITLE_LIMIT, help_text=_("Such as: Staff meeting"))
    starts_at = MomentField(label=_("Begins"))
    minutes = forms.IntegerField(label=_("Lasts, in minutes"), min_value=1, max_value=LONGEST_MINUTES, initial=60)
    where = forms.CharField(label=_("Where"), required=False, max_length=TITLE_LIMIT)


class PlanForm(MeetingForm):
    """A new meeting, with who meets."""

    group = forms.ChoiceField(label=_("Who meets?"), required=False)
    field_order = ("title", "group", "starts_at", "minutes", "where")

    def __init__(self, *args: Any, groups: Sequence[Group], everybody: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self._groups = {str(group.id): group for group in groups}
        whole = [("", _("Everybody in %(name)s") % {"name": everybody})] if everybody else []
        self.fields["group"].choices = [*whole, *((key, group.name) for key, group in self._groups.items())]  # type: ignore[attr-defined]
        self.fields["group"].required = not everybody

    def clean_group(self) -> Group | None:
        """Return the group, or None for everybody."""
        return self._groups.get(self.cleaned_data["group"])


class PointForm(forms.Form):
    """A point that is on an agenda: where it stands, how long, who brings it, and whether it stays."""

    place = forms.IntegerField(label=_("Order"), min_value=1, max_value=99)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=0, max_value=LONGEST_MINUTES)
    brought_by = forms.ChoiceField(label=_("Who brings it"), required=False)
    take_off = forms.BooleanField(label=_("Take it off"), required=False)

    def __init__(self, *args: Any, row: AgendaItem, title: str, people: Mapping[str, Person], **options: Any) -> None:
        super().__init__(*args, **options)
        self._row, self._people, self.title = row, people, title
        self.fields["brought_by"].choices = [  # type: ignore[attr-defined]
            ("", "–"),
            *((key, person.full_name) for key, person in people.items()),
        ]
        self.initial = {
            "place": row.position,
            "minutes": row.minutes,
            "brought_by": str(row.brought_by_id or ""),
        }

    @property
    def item(self) -> tuple[int, Item] | None:
        """Where the point stands now and what it is; None where it is taken off."""
        found = self.cleaned_data
        if found["take_off"]:
            return None
        by = self._people.get(found["brought_by"])
        row = self._row
        return found["place"], Item(
            title=row.title, matter=row.matter, minutes=found["minutes"], brought_by=by, row=row
        )


class AddPointsForm(forms.Form):
    """What comes onto an agenda: open questions, and anything else."""

    matters = forms.MultipleChoiceField(label=_("Open questions"), required=False, widget=forms.CheckboxSelectMultiple)
    others = forms.CharField(label=_("Other points, one on each line"), required=False, max_length=4000, widget=area(4))

    def __init__(self, *args: Any, matters: Sequence[Matter], actor: Person | None, **options: Any) -> None:
        super().__init__(*args, **options)
        self._matters, self._actor = {str(matter.id): matter for matter in matters}, actor
        self.fields["matters"].choices = [(key, matter.question) for key, matter in self._matters.items()]  # type: ignore[attr-defined]
        if not matters:
            del self.fields["matters"]

    def clean_others(self) -> list[str]:
        """Return the titles."""
        lines = [line.strip() for line in self.cleaned_data["others"].splitlines() if line.strip()]
        if any(len(line) > QUESTION_LIMIT for line in lines):
            raise forms.ValidationError(_("A point is one line of at most %(n)s characters.") % {"n": QUESTION_LIMIT})
        return lines

    @property
    def items(self) -> list[Item]:
        """What comes on: a question is brought by whoever facilitates it, anything else by whoever adds it."""
        chosen = [self._matters[key] for key in self.cleaned_data.get("matters", ())]
        return [
            *(Item(matter=matter, brought_by=matter.facilitator) for matter in chosen),
            *(Item(title=title, brought_by=self._actor) for title in self.cleaned_data["others"]),
        ]


class MinutesForm(forms.Form):
    """Who was there, and what was said beside the agenda."""

    there = forms.MultipleChoiceField(label=_("Was there"), required=False, widget=forms.CheckboxSelectMultiple)
    apologies = forms.MultipleChoiceField(
        label=_("Sent apologies"), required=False, widget=forms.CheckboxSelectMultiple
    )
    others_there = forms.CharField(
        label=_("Who else was there"), required=False, max_length=OTHERS_LIMIT, help_text=_("Guests, as words.")
    )
    notes = forms.CharField(
        label=_("Anything beside the agenda"), required=False, max_length=prose.LIMIT, widget=area(4)
    )

    def __init__(self, *args: Any, people: Mapping[str, Person], **options: Any) -> None:
        super().__init__(*args, **options)
        self._people = people
        for name in ("there", "apologies"):
            self.fields[name].choices = [(key, person.full_name) for key, person in people.items()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Raise where somebody was there and sent apologies."""
        cleaned = super().clean() or {}
        both = set(cleaned.get("there", ())) & set(cleaned.get("apologies", ()))
        if both:
            names = ", ".join(self._people[key].full_name for key in sorted(both))
            raise forms.ValidationError(
                _("Was there, or sent apologies? Both are ticked for: %(names)s") % {"names": names}
            )
        return cleaned

    @property
    def presence(self) -> dict[Person, Presence]:
        """Who was there, and who sent apologies."""
        found = self.cleaned_data
        return {
            **{self._people[key]: Presence.THERE for key in found["there"]},
            **{self._people[key]: Presence.APOLOGIES for key in found["apologies"]},
        }


class PointMinutesForm(forms.Form):
    """What was said under a point, and the outcome that it led to."""

    note = forms.CharField(label=_("What was said"), required=False, max_length=NOTE_LIMIT, widget=area(3))
    outcome = forms.ChoiceField(label=_("What was decided"), required=False)

    def __init__(
        self, *args: Any, row: AgendaItem, title: str, outcomes: Sequence[tuple[Outcome, str]], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self._row, self.title = row, title
        self._outcomes: dict[str, Outcome] = {str(outcome.id): outcome for outcome, _says in outcomes}
        self.fields["outcome"].choices = [("", "–"), *((str(each.id), says) for each, says in outcomes)]  # type: ignore[attr-defined]
        self.initial = {"note": row.note, "outcome": str(row.outcome_id or "")}
        if not outcomes:
            del self.fields["outcome"]

    @property
    def said(self) -> tuple[AgendaItem, str, Outcome | None]:
        """The point, what was said, and the outcome."""
        return self._row, self.cleaned_data["note"], self._outcomes.get(self.cleaned_data.get("outcome", ""))


class DecidedForm(OutcomeForm):
    """What was decided at a meeting, without a vote here."""

    question = forms.CharField(label=_("What was the question?"), max_length=QUESTION_LIMIT)
    field_order = ("question", "statement", "reasons", "stop_if", "review_on")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, polls=(), **options)
        del self.fields["poll"]


def key_people(people: Sequence[Person]) -> dict[str, Person]:
    """Return people by the value on a form."""
    return {str(person.id): person for person in people}


def only(people: Mapping[str, Person], person_id: uuid.UUID) -> Person | None:
    """Return one of them, or None for somebody else."""
    return people.get(str(person_id))
