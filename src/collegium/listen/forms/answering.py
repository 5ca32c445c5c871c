"""Reading what comes back: a code from a slip, and a sheet.

A sheet is read straight from what was sent, without a form object for each question: hundreds may come in a second.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from collegium.base import prose
from collegium.listen.errors import Conflict, Invalid
from collegium.listen.instruments.model import Instrument, Item, ItemKind
from collegium.listen.services.answering import REMARK_LIMIT

# No key of an item can hold a dash, so these never meet an answer.
TICKET, VERSION = "way-in", "version-of"
_OURS = frozenset({TICKET, VERSION, "csrfmiddlewaretoken"})
LONGEST_NUMBER = 12


class CodeForm(forms.Form):
    """The code on a slip."""

    code = forms.CharField(
        label=_("The code on your slip"),
        help_text=_("Ten letters and digits. Small letters and spaces make no difference."),
        max_length=40,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "class": "code-input",
            }
        ),
    )
    shared = forms.BooleanField(
        label=_("Others use this device after me"),
        help_text=_("Then nothing is kept on it, not even while you answer."),
        required=False,
    )


@dataclass(frozen=True, slots=True)
class Sheet:
    """What was sent: answers by column, words by question, and the questions whose answer or words cannot be taken."""

    answers: dict[str, int] = field(default_factory=dict)
    remarks: dict[str, str] = field(default_factory=dict)
    wrong: tuple[str, ...] = ()
    too_long: tuple[str, ...] = ()


def check_version(data: QueryDict, version_id: uuid.UUID) -> None:
    """Raise when the page was one of another version of the questions."""
    if data.get(VERSION) != version_id.hex:
        raise Conflict("other_version")


def read_sheet(instrument: Instrument, data: QueryDict) -> Sheet:
    """Read a sheet; what is empty is left out. A name that the questions do not know is of another version."""
    answers: dict[str, int] = {}
    remarks: dict[str, str] = {}
    wrong: list[str] = []
    too_long: list[str] = []
    known = set(_OURS)
    for item in instrument.items:
        if item.kind == ItemKind.MULTIPLE:
            known.add(item.key)
            _read_multiple(item, data.getlist(item.key), answers, wrong)
        elif item.kind == ItemKind.TEXT:
            known.add(item.key)
            _read_remark(item, data.get(item.key, ""), remarks, too_long)
    for column in instrument.columns:
        if column.option:
            continue
        known.add(column.key)
        if text := data.get(column.key, "").strip():
            code = _read_code(text)
            if code is None or not column.lowest <= code <= column.highest:
                wrong.append(column.item.key)
            else:
                answers[column.key] = code
    if not known.issuperset(data):
        raise Conflict("other_version")
    return Sheet(answers, remarks, tuple(wrong), tuple(too_long))


def check_sheet(instrument: Instrument, sheet: Sheet, language: str, referent: str) -> None:
    """Raise for the first question whose answer cannot be taken, by its words."""
    if sheet.wrong:
        raise Invalid("answer_unknown", item=instrument.text(instrument.item(sheet.wrong[0]), language, referent))
    if sheet.too_long:
        item = instrument.item(sheet.too_long[0])
        raise Invalid("remark_too_long", item=instrument.text(item, language, referent), limit=REMARK_LIMIT)


def _read_remark(item: Item, text: str, remarks: dict[str, str], too_long: list[str]) -> None:
    try:
        tidied = prose.tidy(text, limit=REMARK_LIMIT)
    except Invalid:
        too_long.append(item.key)
        return
    if tidied:
        remarks[item.key] = tidied


def _read_code(text: str) -> int | None:
    if len(text) > LONGEST_NUMBER or not text.isascii():
        return None
    try:
        return int(text)
    except ValueError:
        return None


def _read_multiple(item: Item, ticked: Sequence[str], answers: dict[str, int], wrong: list[str]) -> None:
    """Count what is not ticked as a no, but only where anything is ticked: else the question was left out."""
    chosen = {key for key in ticked if key}
    if not chosen:
        return
    if not chosen.issubset({option.key for option in item.options}):
        wrong.append(item.key)
        return
    for option in item.options:
        answers[f"{item.key}.{option.key}"] = int(option.key in chosen)
