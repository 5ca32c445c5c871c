"""Reading whom somebody ticked, and how often. It is read as it was sent: the list holds other people each time."""

from __future__ import annotations

import uuid

from django.http import QueryDict

from collegium.connect.errors import Invalid
from collegium.connect.models import TieLayer

PERSON, OFTEN, SEARCH, STEP = "person", "often-", "q", "do"
LONGEST_SEARCH = 80
MOST_SENT = 300


def read_named(data: QueryDict, layer: TieLayer) -> list[tuple[uuid.UUID, int | None]]:
    """Return who was ticked, in their order, each with how often; raises for what no page sends."""
    sent = data.getlist(PERSON)
    if len(sent) > MOST_SENT:
        raise Invalid("too_many_named", named=len(sent), most=layer.most or MOST_SENT)
    return [(_read_id(text), _read_often(data.get(f"{OFTEN}{text}", ""), layer)) for text in sent]


def read_search(data: QueryDict) -> str:
    """Return what was searched for, on one line."""
    return " ".join(data.get(SEARCH, "").replace("\0", "").split())[:LONGEST_SEARCH]


def _read_id(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError as error:
        raise Invalid("nobody_of_that_kind") from error


def _read_often(text: str, layer: TieLayer) -> int | None:
    if not text:
        return None
    codes = {str(code): int(code) for code, _label in layer.labels}
    if text not in codes:
        raise Invalid("how_often_unknown")
    return codes[text]
