"""Asking questions, saying who takes part, proposing."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from collegium.base import prose
from collegium.decide.enums import BEFORE_OUTCOME, Readers, Stage, Voice
from collegium.decide.services import ideas, matters, proposals
from collegium.people.forms.changes import CHOOSE, PickPersonForm
from collegium.people.forms.filters import DateInput
from collegium.people.models import Person

Choices = Sequence[tuple[str, str]]


def area(rows: int = 4) -> forms.Textarea:
    """Return a field for some lines."""
    return forms.Textarea(attrs={"rows": rows})


def capitalised(choices: Any) -> Choices:
    """Return choices that begin with a capital letter."""
    return [(value, capfirst(str(words))) for value, words in choices]


class MatterForm(forms.Form):
    """A question, what is behind it, who may read it, and who facilitates it with whoever asks."""

    question = forms.CharField(
        label=_("What is the question?"),
        max_length=matters.QUESTION_LIMIT,
        help_text=_("One question that can be answered together, such as: How do we use Wednesday afternoons?"),
    )
    background = forms.CharField(
        label=_("What is behind it?"),
        required=False,
        max_length=prose.LIMIT,
        widget=area(6),
        help_text=_("Why now, what is known, what is not up for decision. Markdown can be used."),
    )
    decide_by = forms.DateField(label=_("Decide by"), required=False, widget=DateInput())
    readers = forms.ChoiceField(
        label=_("Who may read it besides those who take part?"),
        choices=lambda: capitalised(Readers.choices),
        widget=forms.RadioSelect,
        initial=Readers.UNIT,
    )
    facilitator = forms.ChoiceField(label=_("Facilitator"), required=False)
    second = forms.ChoiceField(
        label=_("Second facilitator"),
        required=False,
        help_text=_("Somebody else, so that it does not hang on one person."),
    )

    def __init__(self, *args: Any, people: Sequence[Person], **options: Any) -> None:
        super().__init__(*args, **options)
        self._people = {str(person.id): person for person in people}
        names = [("", _("Nobody yet")), *((key, person.full_name) for key, person in self._people.items())]
        for name in ("facilitator", "second"):
            self.fields[name].choices = names  # type: ignore[attr-defined]

    def clean_facilitator(self) -> Person | None:
        """Return the person."""
        return self._people.get(self.cleaned_data["facilitator"])

    def clean_second(self) -> Person | None:
        """Return the person."""
        return self._people.get(self.cleaned_data["second"])


class AskForm(MatterForm):
    """A new question, with who takes part in it."""

    whom = forms.MultipleChoiceField(
        label=_("Who is affected, and has a vote?"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Not only those who would carry it out. You can add more people later, guests with a voice too."),
    )

    field_order = ("question", "background", "whom", "decide_by", "readers", "facilitator", "second")

    def __init__(self, *args: Any, whom: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["whom"].choices = list(whom)  # type: ignore[attr-defined]


class StageForm(forms.Form):
    """Where a matter goes."""

    stage = forms.ChoiceField(
        label=_("Stage"),
        choices=lambda: capitalised((stage.value, Stage(stage).label) for stage in BEFORE_OUTCOME),
        widget=forms.RadioSelect,
    )

    def clean_stage(self) -> Stage:
        """Return the stage."""
        return Stage(self.cleaned_data["stage"])


class WhyForm(forms.Form):
    """A reason."""

    why = forms.CharField(
        label=_("Why"), max_length=2000, widget=area(3), help_text=_("Everybody who reads it sees this.")
    )


def _voice() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("They have"),
        choices=lambda: capitalised(Voice.choices),
        widget=forms.RadioSelect,
        initial=Voice.VOTE,
    )


class AddPersonForm(PickPersonForm):
    """One more person to take part."""

    voice = _voice()


class AddManyForm(forms.Form):
    """A unit or a group to take part."""

    whom = forms.ChoiceField(label=_("Who"), widget=forms.RadioSelect)
    voice = _voice()

    def __init__(self, *args: Any, whom: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["whom"].choices = list(whom)  # type: ignore[attr-defined]


class ProposalForm(forms.Form):
    """An answer to the question."""

    title = forms.CharField(label=_("In one line"), max_length=proposals.TITLE_LIMIT)
    text = forms.CharField(
        label=_("What exactly"),
        max_length=prose.LIMIT,
        widget=area(10),
        help_text=_(
            "What would be done, by whom, from when, and how we would see that it works. Markdown can be used."
        ),
    )


class IdeaForm(forms.Form):
    """What could be done."""

    text = forms.CharField(
        label=_("What could be done?"),
        max_length=ideas.TEXT_LIMIT,
        widget=area(3),
        help_text=_("One idea, in a sentence or two. Others can say that they see it so too."),
    )


class FromIdeasForm(ProposalForm):
    """A proposal that is made of ideas."""

    ideas = forms.MultipleChoiceField(label=_("Which ideas go into it?"), widget=forms.CheckboxSelectMultiple)
    field_order = ("ideas", "title", "text")

    def __init__(self, *args: Any, ideas: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["ideas"].choices = list(ideas)  # type: ignore[attr-defined]


class AmendForm(ProposalForm):
    """Other words for a proposal."""

    why = forms.CharField(label=_("Why the change?"), max_length=2000, widget=area(3))
    written_from = forms.IntegerField(widget=forms.HiddenInput())


class NormsForm(forms.Form):
    """How a unit or a group decides."""

    group = forms.ChoiceField(label=_("Whose way of deciding?"), required=False)
    how = forms.CharField(
        label=_("How do you decide?"),
        max_length=prose.LIMIT,
        widget=area(8),
        help_text=_("In your own words: what everybody decides together, what a few decide, how a question is raised."),
    )
    method = forms.ChoiceField(label=_("Usual method"))
    quorum_percent = forms.IntegerField(
        label=_("Quorum, in percent of those who have a vote"), min_value=0, max_value=100, initial=50
    )
    consulted = forms.CharField(
        label=_("Who is consulted before?"),
        required=False,
        max_length=2000,
        widget=area(3),
        help_text=_("Those who are affected and have no vote, such as pupils and parents."),
    )
    safe_to_fail = forms.CharField(
        label=_("What may be tried and may fail?"), required=False, max_length=2000, widget=area(3)
    )

    def __init__(self, *args: Any, groups: Choices, methods: Choices, whole: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["group"].choices = [("", whole), *groups]  # type: ignore[attr-defined]
        self.fields["method"].choices = list(methods)  # type: ignore[attr-defined]


class RightForm(forms.Form):
    """A line of the register of decisions."""

    what = forms.CharField(
        label=_("Which decision?"), max_length=200, help_text=_("Such as: What is bought from the books budget")
    )
    holder = forms.ChoiceField(label=_("Where is it taken?"))
    lowest = forms.ChoiceField(
        label=_("What is the lowest level that could sensibly take it?"), widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("If it is taken higher than that: why?"), required=False, max_length=2000, widget=area(3)
    )

    def __init__(self, *args: Any, holders: Choices, levels: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["holder"].choices = [CHOOSE, *holders]  # type: ignore[attr-defined]
        self.fields["lowest"].choices = list(levels)  # type: ignore[attr-defined]


def read_ids(values: Sequence[str]) -> set[tuple[str, uuid.UUID]]:
    """Return what was chosen as pairs of a kind and an id."""
    return {(kind, uuid.UUID(text)) for kind, _colon, text in (value.partition(":") for value in values)}
