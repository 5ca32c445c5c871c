"""A box of a driver diagram: its words, what it is, and where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from collegium.enquire.drivers.tree import CHILDREN, TEXT_LIMIT, Node, Tree
from collegium.enquire.enums import DriverKind

HELP = {
    DriverKind.AIM: _("What should become true, for whom, by how much, by when?"),
    DriverKind.PRIMARY: _("What has to be different for the aim to come true? Three or four are enough."),
    DriverKind.SECONDARY: _("What would make that different, where we can do something?"),
    DriverKind.IDEA: _("What could be tried next week?"),
    DriverKind.MEASURE: _("What would show it, if it changed?"),
}


def _text(kind: DriverKind | None) -> forms.CharField:
    return forms.CharField(
        label=_("In a few words"), max_length=TEXT_LIMIT, help_text=HELP[kind] if kind else _("A sentence at most.")
    )


class AddForm(forms.Form):
    """A new box under another one."""

    def __init__(self, *args: Any, kinds: Sequence[DriverKind], **options: Any) -> None:
        super().__init__(*args, **options)
        self._kinds = kinds
        if len(kinds) > 1:
            choices = [(kind.value, f"{kind.label}: {HELP[kind]}") for kind in kinds]
            self.fields["kind"] = forms.ChoiceField(
                label=_("What is it?"), choices=choices, widget=forms.RadioSelect, initial=kinds[0]
            )
        self.fields["text"] = _text(kinds[0] if len(kinds) == 1 else None)

    def clean(self) -> dict[str, Any]:
        """Say what it is, where there is nothing to choose."""
        cleaned = super().clean() or {}
        return {**cleaned, "kind": DriverKind(cleaned.get("kind") or self._kinds[0])}


class WordsForm(forms.Form):
    """Other words in a box."""

    def __init__(self, *args: Any, kind: DriverKind, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["text"] = _text(kind)


class PlaceForm(forms.Form):
    """Where a box stands: under which other one, and before which of those beside it."""

    parent = forms.ChoiceField(label=_("What does it drive?"))
    before = forms.ChoiceField(label=_("Where among them?"), required=False)

    def __init__(self, *args: Any, tree: Tree, node: Node, **options: Any) -> None:
        options.setdefault("initial", {"parent": node.parent})
        super().__init__(*args, **options)
        parents = tree.parents_for(node)
        self.fields["parent"].choices = [  # type: ignore[attr-defined]
            (each.id, f"{DriverKind(each.kind).label}: {each.text}") for each in parents
        ]
        beside = [each for parent in parents for each in tree.below(parent.id) if each.id != node.id]
        self.fields["before"].choices = [  # type: ignore[attr-defined]
            ("", _("Last")),
            *((each.id, _("Before: %(text)s") % {"text": each.text}) for each in beside),
        ]


def kinds_under(node: Node | None) -> tuple[DriverKind, ...]:
    """Return what can stand under a box, or first of all."""
    return CHILDREN[node.kind if node else ""]
