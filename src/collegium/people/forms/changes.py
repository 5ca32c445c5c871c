"""Forms that change something."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from collegium.people.enums import Governance, GroupKind, GroupRole, Level, Role, UnitKind
from collegium.people.forms.filters import TEXT_LIMIT, DateInput
from collegium.people.models import Person, Unit
from collegium.people.queries.persons import Candidate
from collegium.people.queries.units import UnitName
from collegium.people.services import groups, persons, posts, ties, units

CHOOSE = ("", _("Choose…"))
PART_OF, CONTAINS, PARTNER = "part_of", "contains", "partner"


def _first_day() -> forms.DateField:
    return forms.DateField(
        label=_("First day"), required=False, widget=DateInput(), help_text=_("Leave empty to begin today.")
    )


def _choose(label: Any, choices: Sequence[tuple[Any, Any]], **options: Any) -> forms.ChoiceField:
    def written() -> list[tuple[Any, str]]:
        return [(value, capfirst(str(words))) for value, words in choices]

    return forms.ChoiceField(label=label, choices=written, widget=forms.RadioSelect, **options)


def _roles() -> list[tuple[str, str]]:
    return [(role.value, f"{capfirst(str(role.label))}. {role.meaning}") for role in Role]


def _governance_words() -> list[tuple[int, str]]:
    return [(value, capfirst(str(words))) for value, words in Governance.choices]


class EndForm(forms.Form):
    """From which day something no longer holds."""

    ends_on = forms.DateField(
        label=_("Ends on"),
        widget=DateInput(),
        help_text=_("The first day on which it no longer holds. It stays on record for every day before."),
    )


class ConfirmForm(forms.Form):
    """Nothing but a yes."""


class UnitForm(forms.Form):
    """What a unit is called."""

    name = forms.CharField(label=_("Name"), max_length=units.NAME_LIMIT)
    identifier = forms.CharField(
        label=_("Official number"),
        max_length=units.IDENTIFIER_LIMIT,
        required=False,
        help_text=_("Such as a URN, UDISE or NCES number. Rosters use it to find the unit."),
    )


class NewUnitForm(UnitForm):
    """A unit inside another one."""

    kind = _choose(_("What it is"), UnitKind.choices, initial=UnitKind.TEAM)
    starts_on = _first_day()
    governance = forms.TypedChoiceField(
        label=_("How binding"),
        choices=lambda: [CHOOSE, *_governance_words()],
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("Needed for an alliance, and open to all others."),
    )
    field_order = ["kind", "name", "identifier", "starts_on", "governance"]

    def __init__(self, *args: Any, within: str, **options: Any) -> None:
        super().__init__(*args, **options)
        kinds = ties.list_kinds_below(within)
        self.fields["kind"].choices = [(kind.value, capfirst(str(kind.label))) for kind in kinds]  # type: ignore[attr-defined]
        if UnitKind.ALLIANCE not in kinds:
            del self.fields["governance"]


class NameForm(forms.Form):
    """What a person is called."""

    given_name = forms.CharField(
        label=_("Given name"), max_length=persons.NAME_LIMIT, required=False, help_text=_("One of the two is enough.")
    )
    family_name = forms.CharField(label=_("Family name"), max_length=persons.NAME_LIMIT, required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for one name at least: not everybody has two."""
        cleaned = super().clean() or {}
        is_readable = not {"given_name", "family_name"} & self.errors.keys()
        if is_readable and not (cleaned.get("given_name") or cleaned.get("family_name")):
            self.add_error("given_name", _("Write at least one name."))
        return cleaned


class NewPersonForm(NameForm):
    """A person with their first post."""

    email = forms.EmailField(
        label=_("Email address"),
        required=False,
        help_text=_("They sign in with it. Without one they appear here but cannot sign in."),
    )
    title = forms.CharField(label=_("Post"), max_length=posts.TITLE_LIMIT, help_text=_("Such as “Teacher of maths”."))
    level = _choose(_("Level of the post"), Level.choices, initial=Level.CLASSROOM)
    starts_on = _first_day()


class StrengthsForm(forms.Form):
    """What colleagues may turn to you for."""

    texts = forms.CharField(
        label=_("Your strengths"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=persons.STRENGTH_LIMIT * persons.STRENGTHS_LIMIT,
        help_text=_("One on each line, at most 12. Such as “reading with beginners” or “calming a loud room”."),
    )

    def clean_texts(self) -> list[str]:
        """Return the lines."""
        lines = [line.strip() for line in self.cleaned_data["texts"].splitlines() if line.strip()]
        if any(len(line) > persons.STRENGTH_LIMIT for line in lines):
            raise forms.ValidationError(
                _("Keep each line to %(limit)s characters.") % {"limit": persons.STRENGTH_LIMIT}
            )
        return lines


class GroupForm(forms.Form):
    """What a group is called and for."""

    name = forms.CharField(label=_("Name"), max_length=groups.NAME_LIMIT)
    kind = _choose(_("Kind"), GroupKind.choices, initial=GroupKind.TEAM)
    purpose = forms.CharField(
        label=_("Purpose"),
        required=False,
        max_length=groups.PURPOSE_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What should become better through this group? One or two sentences."),
    )


class NewGroupForm(GroupForm):
    """A new group."""

    starts_on = _first_day()


class MemberRoleForm(forms.Form):
    """Somebody's part in a group."""

    role = _choose(_("Part in the group"), GroupRole.choices, initial=GroupRole.MEMBER)


class SearchForm(forms.Form):
    """Finds who or what a change is about, by GET."""

    q = forms.CharField(max_length=TEXT_LIMIT, required=False, widget=forms.TextInput(attrs={"type": "search"}))

    def __init__(self, *args: Any, label: Any, hint: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["q"].label, self.fields["q"].help_text = label, hint

    @property
    def text(self) -> str:
        """What is searched for."""
        return str(self.cleaned_data.get("q", "")).strip() if self.is_valid() else ""


class PickPersonForm(forms.Form):
    """Chooses among the persons that were found; an id that was not found cannot be chosen."""

    person = forms.ChoiceField(label=_("Who"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, found: Sequence[Candidate], **options: Any) -> None:
        super().__init__(*args, **options)
        self.found = {str(candidate.person.id): candidate for candidate in found}
        self.fields["person"].choices = [(key, candidate.label) for key, candidate in self.found.items()]  # type: ignore[attr-defined]

    def clean_person(self) -> Person:
        """Return the person."""
        return self.found[self.cleaned_data["person"]].person


class PostTitleForm(forms.Form):
    """What a post is called."""

    title = NewPersonForm.base_fields["title"]


class GivePostForm(PickPersonForm):
    """A post for somebody who is here already."""

    title = NewPersonForm.base_fields["title"]
    level = _choose(_("Level of the post"), Level.choices, initial=Level.CLASSROOM)
    starts_on = _first_day()


class GiveRoleForm(PickPersonForm):
    """A role in a unit."""

    role = forms.ChoiceField(label=_("Role"), choices=_roles, widget=forms.RadioSelect, initial=Role.STEWARD)
    starts_on = _first_day()
    ends_on = forms.DateField(
        label=_("Ends on"),
        required=False,
        widget=DateInput(),
        help_text=_("The first day on which it no longer holds. Leave empty for until further notice."),
    )


class AddMemberForm(PickPersonForm):
    """A part in a group."""

    role = _choose(_("Part in the group"), GroupRole.choices, initial=GroupRole.MEMBER)
    starts_on = _first_day()


class TieForm(forms.Form):
    """A tie to another unit."""

    other = forms.ChoiceField(label=_("Which unit"), widget=forms.RadioSelect)
    relation = _choose(
        _("How are they tied?"),
        [
            (PART_OF, _("This unit is part of it")),
            (CONTAINS, _("It is part of this unit")),
            (PARTNER, _("They are partners")),
        ],
    )
    governance = NewUnitForm.base_fields["governance"]
    starts_on = _first_day()

    def __init__(
        self, *args: Any, found: Sequence[Unit], parents: Mapping[uuid.UUID, Sequence[UnitName]], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.found = {str(unit.id): unit for unit in found}
        choices = []
        for key, unit in self.found.items():
            # Many schools have a team of the same name: what each belongs to tells them apart.
            about = [str(UnitKind(unit.kind).label), *(upper.name for upper in parents.get(unit.id, ()))]
            choices.append((key, f"{unit.name} ({', '.join(about)})"))
        self.fields["other"].choices = choices  # type: ignore[attr-defined]

    def clean_other(self) -> Unit:
        """Return the unit."""
        return self.found[self.cleaned_data["other"]]


class GovernanceForm(forms.Form):
    """How binding a tie is."""

    governance = forms.TypedChoiceField(
        label=_("How binding is it?"),
        choices=_governance_words,
        coerce=int,
        widget=forms.RadioSelect,
    )


class ErasureForm(forms.Form):
    """A yes that is meant."""

    understood = forms.BooleanField(label=_("I understand that this cannot be undone"))
