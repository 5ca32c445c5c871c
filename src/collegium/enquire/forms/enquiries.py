"""Beginning an enquiry, changing it, writing at its stages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from collegium.base import prose
from collegium.enquire.enums import Ending, NoteKind, Stage, Template
from collegium.enquire.models.enquiries import TITLE_LIMIT
from collegium.enquire.prompts import ABOUT
from collegium.enquire.services.enquiries import Said
from collegium.intend.models import Challenge
from collegium.people.models import Group, Person

PEOPLE = ("owner", "second_owner", "critical_friend")


def area(rows: int = 4) -> forms.Textarea:
    """Return a field for some lines."""
    return forms.Textarea(attrs={"rows": rows})


class EnquiryForm(forms.Form):
    """What an enquiry asks, how it works, and who is in it. The title and the question are enough to begin."""

    title = forms.CharField(
        label=_("What do you call it?"),
        max_length=TITLE_LIMIT,
        help_text=_("Such as: Starting lessons on time."),
    )
    question = forms.CharField(
        label=_("What do you want to find out?"),
        max_length=prose.LIMIT,
        widget=area(3),
        help_text=_(
            "One question that a term can answer, such as: If we greet pupils at the door, do lessons start on time?"
        ),
    )
    template = forms.ChoiceField(
        label=_("How do you want to work?"), widget=forms.RadioSelect, initial=Template.CLASSROOM
    )
    second_owner = forms.ChoiceField(
        label=_("Who owns it with you?"),
        required=False,
        help_text=_("A second person, so that it does not hang on one. You can name them later."),
    )
    owner = forms.ChoiceField(label=_("Owner"), required=False)
    aim = forms.CharField(
        label=_("What should become true?"),
        required=False,
        max_length=prose.LIMIT,
        widget=area(3),
        help_text=_("For whom, by how much, by when. It can wait."),
    )
    challenge = forms.ChoiceField(label=_("Which challenge does it serve?"), required=False)
    group = forms.ChoiceField(
        label=_("Which group works on it?"),
        required=False,
        help_text=_("Its people may come from several schools. The list of enquiries can be narrowed to it."),
    )
    critical_friend = forms.ChoiceField(
        label=_("Critical friend"),
        required=False,
        help_text=_("Somebody who asks what you would rather not be asked. They can read and write everything."),
    )
    team = forms.MultipleChoiceField(
        label=_("Who else is in it?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("They enter numbers and write notes."),
    )

    def __init__(
        self,
        *args: Any,
        people: Sequence[Person],
        challenges: Sequence[Challenge],
        groups: Sequence[Group],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self._groups = {str(row.id): row for row in groups}
        group_names = [(key, row.name) for key, row in self._groups.items()]
        self.fields["group"].choices = [("", _("None")), *group_names]  # type: ignore[attr-defined]
        self._challenges = {str(row.id): row for row in challenges}
        titles = [(key, row.title) for key, row in self._challenges.items()]
        self.fields["challenge"].choices = [("", _("None: it stands alone")), *titles]  # type: ignore[attr-defined]
        self._people = {str(person.id): person for person in people}
        names = [(key, person.full_name) for key, person in self._people.items()]
        for name in PEOPLE:
            self.fields[name].choices = [("", _("Nobody yet")), *names]  # type: ignore[attr-defined]
        self.fields["team"].choices = names  # type: ignore[attr-defined]
        self.fields["template"].choices = [  # type: ignore[attr-defined]
            (each.value, f"{each.label}: {ABOUT[each]}") for each in Template
        ]

    def clean(self) -> dict[str, Any]:
        """Turn what was chosen into people and a challenge."""
        cleaned = super().clean() or {}
        for name in PEOPLE:
            cleaned[name] = self._people.get(cleaned.get(name, ""))
        cleaned["challenge"] = self._challenges.get(cleaned.get("challenge", ""))
        cleaned["group"] = self._groups.get(cleaned.get("group", ""))
        cleaned["team"] = [self._people[key] for key in cleaned.get("team", ())]
        return cleaned

    def said(self) -> Said:
        """Return what was said, for the service."""
        cleaned = dict(self.cleaned_data)
        return Said(template=Template(cleaned.pop("template")), **cleaned)

    @property
    def first_fields(self) -> list[forms.BoundField]:
        """The fields that are enough to begin with."""
        return [self[name] for name in ("title", "question", "template", "second_owner")]

    @property
    def more_fields(self) -> list[forms.BoundField]:
        """The fields that can wait."""
        return [self[name] for name in ("owner", "aim", "challenge", "group", "critical_friend", "team")]

    @property
    def is_more_open(self) -> bool:
        """Whether what can wait has something to be looked at again."""
        return any(field.errors for field in self.more_fields)


class NoteForm(forms.Form):
    """Something to write at a stage."""

    kind = forms.ChoiceField(
        label=_("What is it?"), choices=NoteKind.choices, widget=forms.RadioSelect, initial=NoteKind.NOTE
    )
    text = forms.CharField(
        label=_("What do you want to keep?"),
        max_length=prose.LIMIT,
        widget=area(6),
        help_text=_("No names of pupils, please. Markdown can be used."),
    )


class StageForm(forms.Form):
    """Where an enquiry is."""

    stage = forms.ChoiceField(choices=Stage.choices)


class CloseForm(forms.Form):
    """What came of an enquiry."""

    ending = forms.ChoiceField(
        label=_("What do you do with what you tried?"), choices=Ending.choices, widget=forms.RadioSelect
    )
    finding = forms.CharField(
        label=_("What did you find out?"),
        max_length=prose.LIMIT,
        widget=area(4),
        help_text=_("In three sentences that a colleague elsewhere understands. What did not work counts as much."),
    )
    again = forms.CharField(label=_("What would you do again?"), required=False, max_length=prose.LIMIT, widget=area(3))
    who_should_know = forms.CharField(
        label=_("Who should know?"), required=False, max_length=prose.LIMIT, widget=area(2)
    )
