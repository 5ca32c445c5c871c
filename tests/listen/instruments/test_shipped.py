"""The instruments that come with Collegium, held to what makes a question a good one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from collegium.listen import instruments
from collegium.listen.instruments import Instrument, Item, ItemKind, write
from collegium.listen.instruments.shipped import (
    ALL_KEYS,
    KEYS,
    get_shipped,
    get_shipped_file,
    list_shipped,
    list_shipped_ties,
)  # fmt: skip

MOST_WORDS = 20
RULES = {
    "asks two things at once": r"\b(and|or|as well as)\b",
    "denies something, so that agreeing is a puzzle": (
        r"\b(not|no|never|none|nobody|nothing|neither|nor|without|cannot|hardly|unable)\b|n['’]t\b"
    ),
    "leads, or leaves no degrees": (
        r"\b(always|all the time|everyone|everybody|everything|obviously|clearly|surely|of course|should|must|ought"
        r"|excellent|terrible)\b"
    ),
    "points at one leader": r"\b(head|headteacher|head teacher|principal|manager|boss|superintendent|deputy)\b",
}


def wordings(instrument: Instrument, item: Item) -> list[str]:
    """All that a respondent may read of an item, with each referent."""
    words = [item.text, item.left, item.right] if item.kind == ItemKind.PAIRED else [item.text]
    referents = list(instrument.referents) or [""]
    return [
        instrument.fill(said, language, referent)
        for said in words
        for language in instrument.languages
        for referent in referents
    ]


def shortcomings(text: str) -> list[str]:
    """Why a wording is no good question."""
    found = [reason for reason, pattern in RULES.items() if re.search(pattern, text, re.IGNORECASE)]
    if len(text.split()) > MOST_WORDS:
        found.append("is too long")
    if not text.endswith((".", "?")) or not text[0].isupper() or "{" in text:
        found.append("is no sentence")
    return found


@pytest.mark.parametrize(
    "text",
    [
        "Leaders listen and act.",
        "Leaders do not listen.",
        "We don't meet.",
        "Colleagues always help.",
        "The principal listens.",
        "We meet",
        "{Referent} meet.",
        "We meet " + "again " * 20 + ".",
    ],
)
def test_bad_questions_are_noticed(text: str) -> None:
    assert shortcomings(text)


@pytest.mark.parametrize("key", ALL_KEYS)
def test_questions_are_good_ones(key: str) -> None:
    instrument = get_shipped(key)
    poles = {"As it is now", "As I would like it"}
    found = [
        (text, shortcomings(text))
        for item in instrument.items
        if item.kind != ItemKind.TEXT
        for text in wordings(instrument, item)
        if text not in poles and shortcomings(text)
    ]
    assert not found


@pytest.mark.parametrize("key", KEYS)
def test_measures_are_explained(key: str) -> None:
    instrument = get_shipped(key)
    assert instrument.key == key
    assert instrument.sources
    for facet in instrument.facets:
        assert re.fullmatch(r"[ACDHLP]\d{1,2}", facet.construct)
        assert re.search(r"\(\d{4}\)|Mira Education", facet.source)
        for words in (facet.title, facet.explanation, facet.rationale, facet.how_to_read, facet.how_not_to_read):
            assert all(words[language].strip() for language in instrument.languages), facet.key
        assert len(instrument.items_of(facet.key)) >= 3, facet.key


@pytest.mark.parametrize("key", KEYS)
def test_answers_have_five_labels(key: str) -> None:
    instrument = get_shipped(key)
    for scale in instrument.scales.values():
        assert (scale.lowest, scale.options) == (1, 5)
    for facet in instrument.layout().facets:
        assert facet.items
    assert [item.kind for item in instrument.items if item.kind == ItemKind.TEXT] == [ItemKind.TEXT]
    assert instrument.items[-1].kind == ItemKind.TEXT
    assert "leave out names" in instrument.items[-1].text["en"]
    assert instrument.minutes <= 4.5


@pytest.mark.parametrize("key", ALL_KEYS)
def test_files_are_as_they_would_be_written(key: str) -> None:
    assert write(get_shipped(key)) == get_shipped_file(key)


def test_what_is_promised_is_there() -> None:
    folder = Path(instruments.__file__).parent / "shipped"
    assert {path.stem for path in folder.glob("*.toml")} == set(ALL_KEYS)
    facets = {instrument.key: len(instrument.facets) for instrument in list_shipped()}
    assert facets["trust"] == facets["learning_community"] == facets["alliance"] == 8
    assert list(get_shipped("trust").referents) == ["teachers", "leaders", "partners"]
    assert len([item for item in get_shipped("value_added").items if item.kind == ItemKind.PAIRED]) == 9
    constructs = {facet.construct for instrument in list_shipped() for facet in instrument.facets}
    assert constructs >= {"A1", "A6", "C1", "C4", "C5", "D3", "H1", "H3", "H8", "H11", "L2", "L6", "L8", "L10", "P1"}
    with pytest.raises(KeyError):
        get_shipped("nothing")


def test_ties_are_asked_apart_from_everything_else() -> None:
    assert not any(instrument.is_about_ties for instrument in list_shipped())
    (instrument,) = list_shipped_ties()
    assert {item.kind for item in instrument.items} == {ItemKind.TIES}
    assert [item.key for item in instrument.items] == ["advice", "support", "collaboration", "confidence", "learning"]
    assert all(item.title["en"] and item.partners for item in instrument.items)
    assert not instrument.columns
    assert "not anonymous" in instrument.purpose["en"]


def test_some_items_are_turned_round() -> None:
    assert sum(item.reversed for instrument in list_shipped() for item in instrument.items) >= 8


def test_the_heartbeat_asks_what_the_fuller_instruments_ask() -> None:
    heartbeat = get_shipped("heartbeat")
    assert {facet.key: len(heartbeat.items_of(facet.key)) for facet in heartbeat.facets} == {
        "trust": 3, "collaboration": 3, "efficacy": 3, "voice": 3
    }  # fmt: skip
    elsewhere = {
        item.key: (instrument, item)
        for instrument in list_shipped()
        if instrument is not heartbeat
        for item in instrument.items
    }
    for item in heartbeat.items:
        if item.facet:
            other, same = elsewhere[item.key]
            assert (item.text, item.reversed) == (same.text, same.reversed)
            assert heartbeat.scales[item.scale] == other.scales[same.scale]


def test_a_key_means_one_thing_in_all_instruments() -> None:
    meanings: dict[str, set[object]] = {}
    for instrument in list_shipped():
        for item in instrument.items:
            meanings.setdefault(item.key, set()).add((item.text, item.left, item.right))
    assert {key for key, found in meanings.items() if len(found) > 1} == set()
