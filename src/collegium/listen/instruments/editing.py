"""Changes to an instrument, one at a time. Each gives a new instrument that is as sound as one read from a file.

All raise InstrumentProblems where the change would leave something that cannot be asked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from collegium.listen.instruments.importing.draft import free_key, slug
from collegium.listen.instruments.keyed import Keyed, Words
from collegium.listen.instruments.model import Facet, Instrument, Item, ItemKind, Option, Scale
from collegium.listen.instruments.reading import read
from collegium.listen.instruments.writing import write

ByLanguage = Mapping[str, str]
WITH_FACET = frozenset({ItemKind.LIKERT, ItemKind.PAIRED})


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemEdit:
    """What a form says about an item. `new_facet` is the title of a facet to begin, in the default language.

    `options` are the labels of a choice, one list a language, in the same order.
    """

    text: ByLanguage
    facet: str = ""
    new_facet: str = ""
    scale: str = ""
    is_reversed: bool = False
    left: ByLanguage = Words()  # noqa: RUF009 an empty mapping that cannot change
    right: ByLanguage = Words()  # noqa: RUF009 an empty mapping that cannot change
    options: Mapping[str, Sequence[str]] = Keyed()
    lowest: int = 0
    highest: int = 0


def checked(instrument: Instrument) -> Instrument:
    """The instrument in its normal form."""
    return read(write(instrument))


def copy(instrument: Instrument, *, key: str, title: str) -> Instrument:
    """A copy under a name of its own, in its first version. Items keep their keys, so they can be compared."""
    words = Words(dict.fromkeys(instrument.languages, title))
    return checked(replace(instrument, key=key, version=1, title=words))


def change_head(instrument: Instrument, *, title: ByLanguage, purpose: ByLanguage) -> Instrument:
    """Another title and purpose."""
    return checked(replace(instrument, title=_words(title), purpose=_words(purpose)))


# --- items ------------------------------------------------------------------------------------------------------------
def add_item(instrument: Instrument, kind: ItemKind, edit: ItemEdit) -> Instrument:
    """One item more: after the others of its facet, or at the end."""
    taken = {item.key for item in instrument.items}
    said = edit.text.get(instrument.default_language) or edit.left.get(instrument.default_language, "")
    key = free_key(slug(said)[:24].rstrip("_") or "item", taken)
    instrument, item = _applied(instrument, Item(key=key, kind=kind), edit)
    places = [place for place, other in enumerate(instrument.items) if item.facet and other.facet == item.facet]
    place = places[-1] + 1 if places else _before_open_questions(instrument, kind)
    items = (*instrument.items[:place], item, *instrument.items[place:])
    return _tidied(replace(instrument, items=items))


def change_item(instrument: Instrument, key: str, edit: ItemEdit, *, means_the_same: bool = True) -> Instrument:
    """Another wording of an item; with another meaning it gets another key, so that nobody compares the two."""
    before = instrument.item(key)
    instrument, item = _applied(instrument, before, edit)
    if not means_the_same:
        stem, _line, number = key.rpartition("_")
        stem = stem if stem and number.isdigit() else key
        item = replace(item, key=free_key(stem, {other.key for other in instrument.items}), same_as="")
    items = tuple(item if other.key == key else other for other in instrument.items)
    return _tidied(replace(instrument, items=items))


def remove_item(instrument: Instrument, key: str) -> Instrument:
    """One item less; a facet without items goes with its last."""
    instrument.item(key)
    return _tidied(replace(instrument, items=tuple(item for item in instrument.items if item.key != key)))


def move_item(instrument: Instrument, key: str, step: int) -> Instrument:
    """The item one place earlier (-1) or later (+1); as it is where there is no such place."""
    items = list(instrument.items)
    place = items.index(instrument.item(key))
    other = place + step
    if 0 <= other < len(items):
        items[place], items[other] = items[other], items[place]
    return replace(instrument, items=tuple(items))


def _applied(instrument: Instrument, item: Item, edit: ItemEdit) -> tuple[Instrument, Item]:
    instrument, facet = _with_facet(instrument, edit) if item.kind in WITH_FACET else (instrument, item.facet)
    scaled, paired = item.kind in WITH_FACET, item.kind == ItemKind.PAIRED
    number = item.kind == ItemKind.NUMBER
    return instrument, replace(
        item,
        text=_words(edit.text),
        facet=facet,
        scale=edit.scale if scaled else item.scale,
        reversed=item.kind == ItemKind.LIKERT and edit.is_reversed,
        left=_words(edit.left) if paired else item.left,
        right=_words(edit.right) if paired else item.right,
        options=_options(instrument, item, edit) if item.kind in {ItemKind.SINGLE, ItemKind.MULTIPLE} else (),
        lowest=edit.lowest if number else 0,
        highest=edit.highest if number else 0,
    )


def _with_facet(instrument: Instrument, edit: ItemEdit) -> tuple[Instrument, str]:
    if not edit.new_facet:
        return instrument, edit.facet
    key = free_key(slug(edit.new_facet) or "facet", {facet.key for facet in instrument.facets})
    title, nothing = Words(dict.fromkeys(instrument.languages, edit.new_facet)), Words()
    made = Facet(
        key=key, construct="", title=title, explanation=nothing, source="", rationale=nothing, how_to_read=nothing,
        how_not_to_read=nothing,
    )  # fmt: skip
    return replace(instrument, facets=(*instrument.facets, made)), key


def _options(instrument: Instrument, item: Item, edit: ItemEdit) -> tuple[Option, ...]:
    """The options that lines of text say. One whose words stayed keeps its key, and so does one that was reworded."""
    own = edit.options.get(instrument.default_language, ())
    old = {instrument.say(option.label): option.key for option in item.options}
    keys = [old.get(label, "") for label in own]
    if len(own) == len(item.options):
        kept = set(keys)
        keys = [
            key or (option.key if option.key not in kept else "")
            for key, option in zip(keys, item.options, strict=True)
        ]
    taken = {key for key in keys if key} | {option.key for option in item.options}
    made = []
    for place, label in enumerate(own):
        key = keys[place] or free_key(slug(label)[:24].rstrip("_") or "option", taken)
        taken.add(key)
        labels = {
            language: lines[place] for language, lines in edit.options.items() if place < len(lines) and lines[place]
        }
        made.append(Option(key=key, label=_words(labels)))
    return tuple(made)


def _before_open_questions(instrument: Instrument, kind: ItemKind) -> int:
    """Open questions come last, so what is asked otherwise comes before them."""
    place = len(instrument.items)
    while kind != ItemKind.TEXT and place and instrument.items[place - 1].kind == ItemKind.TEXT:
        place -= 1
    return place


# --- facets and scales ------------------------------------------------------------------------------------------------
def change_facet(
    instrument: Instrument,
    key: str,
    *,
    source: str,
    title: ByLanguage,
    explanation: ByLanguage,
    rationale: ByLanguage,
    how_to_read: ByLanguage,
    how_not_to_read: ByLanguage,
) -> Instrument:
    """Other words about a facet."""
    facet = replace(
        instrument.facet(key),
        source=source,
        title=_words(title),
        explanation=_words(explanation),
        rationale=_words(rationale),
        how_to_read=_words(how_to_read),
        how_not_to_read=_words(how_not_to_read),
    )
    facets = tuple(facet if other.key == key else other for other in instrument.facets)
    return checked(replace(instrument, facets=facets))


def put_scale(instrument: Instrument, key: str, labels: Mapping[str, Sequence[str]]) -> Instrument:
    """Other labels of a scale, or a new scale where `key` is empty. With as many labels, the same count as good."""
    own = labels.get(instrument.default_language, ())
    before = instrument.scales.get(key)
    key = key or free_key(slug(own[0])[:24] if own and slug(own[0]) else "scale", set(instrument.scales))
    lowest = before.lowest if before else 1
    favourable = Scale.usually_favourable(lowest, max(len(own), 2))
    if before and before.options == len(own):
        favourable = before.favourable
    scale = Scale(
        key=key,
        lowest=lowest,
        labels=Keyed({language: tuple(lines) for language, lines in labels.items()}),
        favourable=favourable,
    )
    return checked(replace(instrument, scales=Keyed({**instrument.scales, key: scale})))


def _tidied(instrument: Instrument) -> Instrument:
    used = {item.facet for item in instrument.items if item.kind in WITH_FACET}
    facets = tuple(facet for facet in instrument.facets if facet.key in used)
    still = {facet.key for facet in facets}
    items = tuple(item if item.facet in still else replace(item, facet="") for item in instrument.items)
    return checked(replace(instrument, facets=facets, items=items))


def _words(by_language: ByLanguage) -> Words:
    return Words({language: text for language, text in by_language.items() if text.strip()})
