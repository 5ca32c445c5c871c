"""Forms of those who promise something, and of those it was promised to."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from collegium.intend.models import Challenge, Commitment, Point
from collegium.intend.promise_enums import WITHOUT_ACCOUNTS, Audience, Going, Kept, Question
from collegium.intend.queries.choices import Choices
from collegium.intend.services import checking, promising
from collegium.intend.services.promising import By, To, Words
from collegium.people.actors import Actor
from collegium.people.forms.filters import DateInput, FilterForm
from collegium.people.queries import persons

NOBODY = ("", _("Nobody yet"))
NONE = ("", _("None"))


class PromiseFilter(FilterForm):
    """Narrows the promises of a unit."""

    q = forms.CharField(
        label=_("Words in it"), required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"})
    )


def _text(label: Any, hint: Any = "", *, rows: int = 2, limit: int, required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        max_length=limit,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def _day(label: Any, hint: Any = "") -> forms.DateField:
    return forms.DateField(label=label, help_text=hint, widget=DateInput())


def _reason(label: Any) -> forms.CharField:
    hint = _("Everybody who sees the promise reads it.")
    return _text(label, hint, rows=3, limit=promising.REASON_LIMIT, required=True)


def _radio(label: Any, choices: Iterable[tuple[Any, Any]]) -> forms.ChoiceField:
    written = [(value, capfirst(str(words))) for value, words in choices]
    return forms.ChoiceField(label=label, choices=written, widget=forms.RadioSelect)


def _find(rows: Mapping[uuid.UUID, Any], key: str) -> Any:
    try:
        return rows.get(uuid.UUID(key))
    except ValueError:
        return None


def by_choices(actor: Actor, choices: Choices) -> list[Any]:
    """Return who can promise: oneself first, one's groups and roles, then everybody else, who is asked to make it."""
    groups = [(f"group:{row.id}", row.name) for row in choices.groups.values()]
    mine = [each for each in groups if uuid.UUID(each[0].partition(":")[2]) in choices.own_groups]
    roles = [(f"role:{row.id}", f"{row.title} ({row.group.name})") for row in choices.roles.values()]
    people = [(f"person:{row.id}", row.full_name) for row in choices.people.values() if row.id != actor.person_id]
    found: list[Any] = [("me", _("I")), *mine]
    for title, rows in (
        (_("Roles"), roles),
        (_("Groups, to propose it to"), [each for each in groups if each not in mine]),
        (_("Colleagues, to propose it to"), people),
    ):
        if rows:
            found.append((title, rows))
    return found


def read_by(actor: Actor, choices: Choices, value: str) -> By:
    """Return who was chosen to promise."""
    kind, _colon, key = value.partition(":")
    if kind == "group":
        return By(group=_find(choices.groups, key))
    if kind == "role":
        return By(role=_find(choices.roles, key))
    own = choices.people.get(actor.person_id) or persons.get_own_person(actor)
    return By(person=own if kind == "me" else _find(choices.people, key))


def offer_served(rows: Iterable[Challenge | Point]) -> list[Any]:
    """Return what can be served as choices: challenges, then goals."""
    found: list[Any] = [NONE]
    grouped: dict[Any, list[tuple[str, str]]] = {}
    for row in rows:
        title = _("Goals") if isinstance(row, Point) else _("Challenges")
        grouped.setdefault(str(title), []).append((str(row.id), row.title))
    return found + list(grouped.items())


class _WordsForm(forms.Form):
    """What a promise says."""

    what = _text(
        _("What is promised?"),
        _("As you would say it to those you promise it to. Such as “We answer every question within two days.”"),
        rows=3,
        limit=promising.WHAT_LIMIT,
        required=True,
    )
    standard = _text(_("How will everybody know that it is kept?"), limit=promising.DETAIL_LIMIT)
    strategy = _text(_("How will it be done?"), limit=promising.DETAIL_LIMIT)
    pathway = _text(_("By which steps?"), limit=promising.DETAIL_LIMIT)
    serves = forms.ChoiceField(
        label=_("Which challenge or goal does it serve?"),
        required=False,
        help_text=_("So that everybody sees what it is for."),
    )
    speaks_for = forms.ChoiceField(
        label=_("Which group speaks for them here?"),
        required=False,
        help_text=_("For a promise to pupils or parents: who is asked whether it was kept, such as the governors."),
    )

    def __init__(self, *args: Any, choices: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.choices = choices
        self._offer("serves", offer_served(choices.served.values()))
        self._offer("speaks_for", [NONE, *((str(row.id), row.name) for row in choices.groups.values())])

    def _offer(self, field: str, rows: list[Any]) -> None:
        self.fields[field].choices = rows  # type: ignore[attr-defined]

    def _chosen(self, field: str, rows: Mapping[uuid.UUID, Any]) -> Any:
        return _find(rows, self.cleaned_data.get(field) or "")

    @property
    def words(self) -> Words:
        """The words of the promise, once the form is valid."""
        sent = self.cleaned_data
        return Words(
            what=sent["what"],
            standard=sent["standard"],
            strategy=sent["strategy"],
            pathway=sent["pathway"],
            serves=self._chosen("serves", self.choices.served),
        )

    @property
    def spokespeople(self) -> Any:
        """The group that speaks for an audience without accounts."""
        return self._chosen("speaks_for", self.choices.groups)


class PromiseForm(_WordsForm):
    """A new promise."""

    by = forms.ChoiceField(
        label=_("Who promises?"), help_text=_("Somebody else finds it on “My part”, and makes it or not.")
    )
    audience = _radio(_("To whom?"), Audience.choices)
    to_group = forms.ChoiceField(label=_("To which group?"), required=False, help_text=_("For a promise to a group."))
    to_person = forms.ChoiceField(
        label=_("To which person?"), required=False, help_text=_("For a promise to one person.")
    )
    to_unit = forms.ChoiceField(
        label=_("To which district, trust or alliance?"),
        required=False,
        help_text=_("For a promise to the district, trust or alliance."),
    )
    due_on = _day(_("By when?"))
    second = forms.ChoiceField(
        label=_("Who could carry it on?"),
        required=False,
        help_text=_("A second person, so that it does not rest on one."),
    )
    field_order = ["what", "by", "audience", "to_group", "to_person", "to_unit", "due_on", "second"]
    MORE = ("serves", "standard", "strategy", "pathway", "speaks_for")

    def __init__(self, *args: Any, actor: Actor, choices: Choices, **options: Any) -> None:
        super().__init__(*args, choices=choices, **options)
        self.actor = actor
        people = [(str(row.id), row.full_name) for row in choices.people.values() if row.id != actor.person_id]
        self._offer("by", by_choices(actor, choices))
        self._offer("to_group", [NONE, *((str(row.id), row.name) for row in choices.groups.values())])
        self._offer("to_person", [NONE, *people])
        self._offer("to_unit", [NONE, *((str(row.id), row.name) for row in choices.uppers.values())])
        self._offer("second", [NOBODY, *people])
        if not choices.uppers:
            del self.fields["to_unit"]
            kept = [each for each in Audience.choices if each[0] != Audience.DISTRICT]
            self._offer("audience", [(value, capfirst(str(label))) for value, label in kept])

    @property
    def first_fields(self) -> Iterator[BoundField]:
        """What every promise needs."""
        return (self[name] for name in self.fields if name not in self.MORE)

    @property
    def more_fields(self) -> Iterator[BoundField]:
        """What makes it clearer."""
        return (self[name] for name in self.MORE)

    @property
    def is_more_open(self) -> bool:
        """Whether something there has to be looked at again, or was filled in by a link."""
        return bool(set(self.MORE) & self.errors.keys()) if self.is_bound else bool(self.initial.get("serves"))

    def clean(self) -> dict[str, Any]:
        """Ask for the group, person or unit that the audience needs, beside its field."""
        sent = super().clean() or {}
        needed = {Audience.GROUP: "to_group", Audience.PERSON: "to_person", Audience.DISTRICT: "to_unit"}
        field = needed.get(sent.get("audience", ""))
        if field and not sent.get(field):
            self.add_error(field, _("Choose one."))
        return sent

    def read(self) -> dict[str, Any]:
        """Return what the service takes, once the form is valid."""
        sent = self.cleaned_data
        audience = sent["audience"]
        to = To(
            audience=audience,
            unit=self._chosen("to_unit", self.choices.uppers) if audience == Audience.DISTRICT else None,
            group=self._chosen("to_group", self.choices.groups),
            person=self._chosen("to_person", self.choices.people),
            speaks_for=self.spokespeople if audience in WITHOUT_ACCOUNTS else None,
        )
        return {
            "words": self.words,
            "by": read_by(self.actor, self.choices, sent["by"]),
            "to": to,
            "due_on": sent["due_on"],
            "second": self._chosen("second", self.choices.people),
        }


class RewordForm(_WordsForm):
    """Other words for a promise, and why."""

    reason = _text(
        _("Why other words?"),
        _("Those concerned read it beside the former words."),
        limit=promising.REASON_LIMIT,
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, promise: Commitment, choices: Choices, **options: Any) -> None:
        initial = {field: getattr(promise, field) for field in promising.WORDS}
        initial |= {"serves": promise.goal_id or promise.challenge_id or "", "speaks_for": promise.speaks_for_id or ""}
        super().__init__(*args, choices=choices, initial=initial | {"seen": promise.version}, **options)
        if promise.audience not in WITHOUT_ACCOUNTS:
            del self.fields["speaks_for"]
        if promise.challenge is not None:
            choices.challenges.setdefault(promise.challenge.id, promise.challenge)
        if promise.goal is not None:
            choices.goals.setdefault(promise.goal.id, promise.goal)
        self._offer("serves", offer_served(choices.served.values()))


class MakeForm(forms.Form):
    """The day that a proposed promise is made for."""

    due_on = _day(_("By when?"))


class RenewForm(forms.Form):
    """A new day, and why."""

    due_on = _day(_("The new day"))
    reason = _reason(_("What got in the way, and what is different now?"))


class ReleaseForm(forms.Form):
    """Why a promise is let go."""

    reason = _reason(_("Why is it let go?"))


class CheckInForm(forms.Form):
    """How it goes, in under a minute: only the first is needed."""

    going = _radio(_("How does it go?"), Going.choices)
    text = _text("", limit=checking.TEXT_LIMIT)
    next_step = forms.CharField(
        label=_("What comes next?"),
        required=False,
        max_length=checking.NEXT_LIMIT,
        help_text=_("One step, if you like."),
    )
    question = forms.ChoiceField(choices=Question.choices, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, question: Question, **options: Any) -> None:
        options["initial"] = {"question": question}
        super().__init__(*args, **options)
        self.fields["text"].label = question.prompt
        self.fields["text"].help_text = _("If you like. Everybody who sees the promise reads it.")


class AskForm(forms.Form):
    """How those who promised see it, before they ask."""

    claim = _radio(_("As you see it, the promise was"), Kept.choices)


class ConfirmForm(forms.Form):
    """How one sees a promise that was made to one."""

    said = _radio(_("As I see it, the promise was"), Kept.choices)


class NoteForm(forms.Form):
    """Something to say about a promise."""

    text = _text(_("What would you like to say?"), rows=3, limit=promising.NOTE_LIMIT, required=True)


class SecondForm(forms.Form):
    """Who could carry a promise on."""

    second = forms.ChoiceField(label=_("Who could carry it on?"), required=False)

    def __init__(self, *args: Any, promise: Commitment, choices: Choices, **options: Any) -> None:
        options["initial"] = {"second": promise.second_id or ""}
        super().__init__(*args, **options)
        self.choices = choices
        people = [(str(row.id), row.full_name) for row in choices.people.values() if row.id != promise.by_person_id]
        self.fields["second"].choices = [NOBODY, *people]  # type: ignore[attr-defined]

    def clean_second(self) -> Any:
        """Return the person."""
        return _find(self.choices.people, self.cleaned_data["second"])


class OwnerForm(forms.Form):
    """Who carries a promise from now on."""

    by = forms.ChoiceField(label=_("Who carries it from now on?"))

    def __init__(self, *args: Any, actor: Actor, choices: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.actor, self.choices = actor, choices
        self.fields["by"].choices = by_choices(actor, choices)  # type: ignore[attr-defined]

    def clean_by(self) -> By:
        """Return who was chosen."""
        return read_by(self.actor, self.choices, self.cleaned_data["by"])
