"""Which items of two versions may be compared: what was asked once, and what is asked now."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from collegium.listen.instruments.model import Instrument, Item, ItemKind, Scale
from collegium.science.measurement.layout import Layout


class Change(StrEnum):
    """What became of an item between two versions."""

    SAME = "same"
    REWORDED = "reworded"  # its key stayed, so whoever changed it says that its meaning did, too
    RENAMED = "renamed"  # it has another key and says whose place it takes
    ANSWERS_CHANGED = "answers_changed"
    ADDED = "added"
    REMOVED = "removed"


COMPARABLE = frozenset({Change.SAME, Change.REWORDED, Change.RENAMED})


@dataclass(frozen=True, slots=True)
class ItemChange:
    """One item in two versions; `before` or `now` is None where one of them has it not."""

    change: Change
    before: Item | None
    now: Item | None

    @property
    def comparable(self) -> bool:
        """Whether answers to both may stand on one line."""
        return self.change in COMPARABLE


def compare_versions(before: Instrument, now: Instrument) -> tuple[ItemChange, ...]:
    """What became of every item: those of now in their order, then those that are gone."""
    old = {item.key: item for item in before.items}
    new_keys = {item.key for item in now.items}
    found = []
    taken = set()
    for item in now.items:
        # A key that is still in use names the item itself, whatever another says about it.
        renamed = bool(item.same_as) and item.key not in old and item.same_as not in new_keys
        earlier = old.get(item.same_as if renamed else item.key)
        if earlier is None or earlier.key in taken:
            found.append(ItemChange(Change.ADDED, None, item))
            continue
        taken.add(earlier.key)
        found.append(ItemChange(_change(before, earlier, now, item), earlier, item))
    return (*found, *(ItemChange(Change.REMOVED, item, None) for item in before.items if item.key not in taken))


def comparable_columns(before: Instrument, now: Instrument) -> dict[str, str]:
    """The columns of `now` that may be compared, each with the column of `before` it continues."""
    found: dict[str, str] = {}
    for change in compare_versions(before, now):
        if change.comparable and change.before and change.now:
            earlier = [column.key for column in before.columns if column.item == change.before]
            current = [column.key for column in now.columns if column.item == change.now]
            found.update(zip(current, earlier, strict=True))
    return found


def layout_as_of_now(before: Instrument, now: Instrument) -> Layout:
    """The layout of `before`, its columns under the names of those of `now` that continue them.

    A column that none continues gets a name that no item can have, so that its facet is like none of today's.
    """
    names = {earlier: current for current, earlier in comparable_columns(before, now).items()}
    layout = before.layout()

    def rename(key: str) -> str:
        return names.get(key, f"{key}, as it was")

    return Layout(
        items=tuple(replace(item, key=rename(item.key)) for item in layout.items),
        facets=tuple(
            replace(
                facet,
                items=tuple(map(rename, facet.items)),
                reversed_items=frozenset(map(rename, facet.reversed_items)),
            )
            for facet in layout.facets
        ),
    )


def comparable_facets(before: Instrument, now: Instrument) -> frozenset[str]:
    """The facets whose scores may be compared: all their items are there in both versions, and no others."""
    pairs = {
        change.now.key: change.before.key
        for change in compare_versions(before, now)
        if change.comparable and change.now and change.before
    }
    found = set()
    for facet in now.facets:
        items = _scored(now, facet.key)
        if items and {pairs.get(key) for key in items} == _scored(before, facet.key):
            found.add(facet.key)
    return frozenset(found)


def _scored(instrument: Instrument, facet: str) -> set[str]:
    return {item.key for item in instrument.items_of(facet) if item.scale}


def _change(before: Instrument, earlier: Item, now: Instrument, item: Item) -> Change:
    if _answers(before, earlier) != _answers(now, item):
        return Change.ANSWERS_CHANGED
    if earlier.key != item.key:
        return Change.RENAMED
    return Change.SAME if _wording(before, earlier) == _wording(now, item) else Change.REWORDED


def _answers(instrument: Instrument, item: Item) -> tuple[object, ...]:
    """What a code in the table means: with another meaning, two numbers have nothing to say to each other."""
    options = tuple(option.key for option in item.options)
    bounds = (item.lowest, item.highest) if item.kind == ItemKind.NUMBER else ()
    scale: Scale | None = instrument.scales.get(item.scale)
    return (item.kind, item.reversed, options, bounds, (scale.lowest, scale.options) if scale else (), item.most)


def _wording(instrument: Instrument, item: Item) -> tuple[object, ...]:
    """All that a respondent reads, in the languages of the instrument."""
    labels = instrument.scales[item.scale].labels if item.scale else ()
    return (item.title, item.text, item.left, item.right, tuple(option.label for option in item.options), labels)
