"""Small frozen mappings, so that an instrument as a whole can be compared, hashed and kept in a cache."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

V_co = TypeVar("V_co", covariant=True)


class Keyed(Mapping[str, V_co]):
    """Values by key, in a lasting order; two are the same when they hold the same, in the same order."""

    __slots__ = ("_values",)

    def __init__(self, values: Mapping[str, V_co] | None = None) -> None:
        self._values: dict[str, V_co] = dict(values or {})

    def __getitem__(self, key: str) -> V_co:
        return self._values[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Keyed):
            return NotImplemented
        return list(self._values.items()) == list(other._values.items())

    def __hash__(self) -> int:
        return hash(tuple(self._values.items()))

    def __repr__(self) -> str:
        return f"Keyed({self._values!r})"


# A text in each of an instrument's languages, by language tag ("en", "cy", "pt-br").
Words = Keyed[str]
