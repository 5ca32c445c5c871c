"""Instruments of every shape, for properties that must hold for all of them."""

from __future__ import annotations

from hypothesis import strategies as st

from collegium.listen.instruments import Facet, Instrument, Item, ItemKind, Keyed, Option, Scale, Words
from collegium.listen.instruments.texts import one_line, passage

LANGUAGES = ("en", "cy", "pt-br")
keys = st.sampled_from([*"abcdefgh", "a1", "trust_2", "k_", "z" * 40])
lines = st.text(max_size=60).map(lambda text: one_line(text.replace("{", "").replace("}", ""))).filter(bool)
passages = (
    st.lists(st.text(st.characters() | st.sampled_from(' "\\\n'), max_size=150), max_size=3)
    .map("\n\n".join)
    .map(passage)
    .filter(bool)
)


@st.composite
def instruments(draw: st.DrawFn) -> Instrument:
    """A valid instrument."""
    languages = draw(st.lists(st.sampled_from(LANGUAGES), min_size=1, unique=True).map(tuple))

    def words(texts: st.SearchStrategy[str] = lines) -> Words:
        return Words({language: draw(texts) for language in languages})

    def maybe_passage() -> Words:
        return words(passages) if draw(st.booleans()) else Words()

    lowest, options = draw(st.integers(0, 3)), draw(st.integers(2, 5))
    labels = Keyed({language: tuple(draw(lines) for _ in range(options)) for language in languages})
    favourable = st.just(Scale.usually_favourable(lowest, options)) | st.frozensets(
        st.integers(lowest, lowest + options - 1)
    )
    scale = Scale(key=draw(keys), lowest=lowest, labels=labels, favourable=draw(favourable))
    facets, items = [], []
    for facet_key in draw(st.lists(keys, max_size=2, unique=True)):
        facets.append(
            Facet(
                key=facet_key,
                construct=draw(st.sampled_from(["", "A6"])),
                title=words(),
                explanation=maybe_passage(),
                source=draw(lines | st.just("")),
                rationale=maybe_passage(),
                how_to_read=maybe_passage(),
                how_not_to_read=maybe_passage(),
            )
        )
    item_keys = draw(st.lists(keys, min_size=len(facets) + 1, max_size=6, unique=True))
    about_ties = not facets and draw(st.booleans())
    others = [kind for kind in ItemKind if kind != ItemKind.TIES]
    for place, key in enumerate(item_keys):
        facet = facets[place].key if place < len(facets) else ""
        kind = ItemKind.LIKERT if place == 0 or facet else draw(st.sampled_from(others))
        kind = ItemKind.TIES if about_ties else kind
        items.append(_item(draw, key, kind, facet, scale, words))
    return Instrument(
        key=draw(keys),
        version=draw(st.integers(1, 99)),
        title=words(),
        purpose=words(passages),
        languages=languages,
        default_language=draw(st.sampled_from(languages)),
        referents=Keyed({key: words() for key in draw(st.lists(keys, max_size=2, unique=True))}),
        scales=Keyed({scale.key: scale}),
        facets=tuple(facets),
        items=tuple(items),
        sources=tuple(draw(st.lists(lines, max_size=2))),
    )


def _item(draw: st.DrawFn, key: str, kind: ItemKind, facet: str, scale: Scale, words: object) -> Item:
    assert callable(words)
    scaled = kind in {ItemKind.LIKERT, ItemKind.PAIRED}
    chosen = kind in {ItemKind.SINGLE, ItemKind.MULTIPLE}
    options = draw(st.lists(keys, min_size=2, max_size=4, unique=True)) if chosen else []
    lowest = draw(st.integers(0, 50)) if kind == ItemKind.NUMBER else 0
    paired, ties = kind == ItemKind.PAIRED, kind == ItemKind.TIES
    scaled = scaled or (ties and scale.lowest > 0 and draw(st.booleans()))
    return Item(
        key=key,
        kind=kind,
        text=Words() if paired and draw(st.booleans()) else words(),
        facet=facet,
        scale=scale.key if scaled else "",
        reversed=kind == ItemKind.LIKERT and draw(st.booleans()),
        left=words() if paired else Words(),
        right=words() if paired else Words(),
        options=tuple(Option(key=option, label=words()) for option in options),
        lowest=lowest,
        highest=lowest + draw(st.integers(1, 100)) if kind == ItemKind.NUMBER else 0,
        same_as=draw(keys | st.just("")),
        title=words() if ties else Words(),
        most=draw(st.integers(0, 50)) if ties else 0,
        partners=ties and draw(st.booleans()),
    )
