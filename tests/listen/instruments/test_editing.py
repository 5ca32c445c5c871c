"""Changes one at a time, each leaving something that can be asked."""

from __future__ import annotations

import pytest

from collegium.listen.instruments import Instrument, InstrumentProblems, Item, ItemKind, get_shipped, read
from collegium.listen.instruments import editing as edit
from collegium.listen.instruments.comparing import Change, compare_versions
from collegium.listen.instruments.editing import ItemEdit
from tests.listen.instruments.samples import FULL, SMALL

FIRST = read(FULL)


def both(text: str) -> dict[str, str]:
    return {"en": text, "cy": f"cy {text}"}


def edit_of(item: Item, **changes: object) -> ItemEdit:
    options = {
        language: [option.label[language] for option in item.options] for language in ("en", "cy") if item.options
    }
    said = {
        "text": item.text, "facet": item.facet, "scale": item.scale, "is_reversed": item.reversed, "left": item.left,
        "right": item.right, "options": options, "lowest": item.lowest, "highest": item.highest,
    }  # fmt: skip
    return ItemEdit(**{**said, **changes})  # type: ignore[arg-type]


def keys(instrument: Instrument) -> list[str]:
    return [item.key for item in instrument.items]


def test_a_copy_keeps_its_items() -> None:
    made = edit.copy(get_shipped("trust"), key="our_trust", title="Our trust")
    assert (made.key, made.version, made.title["en"]) == ("our_trust", 1, "Our trust")
    assert made.items == get_shipped("trust").items


@pytest.mark.parametrize("item", FIRST.items, ids=lambda item: item.key)
def test_saying_the_same_again_changes_nothing(item: Item) -> None:
    assert edit.change_item(FIRST, item.key, edit_of(item)) == FIRST


def test_a_new_question_joins_its_facet_and_comes_before_open_ones() -> None:
    said = ItemEdit(text=both("We end on time."), facet="use", scale="agreement")
    assert keys(edit.add_item(FIRST, ItemKind.LIKERT, said))[:3] == ["use_decide", "use_wasted", "we_end_on_time"]
    loose = edit.add_item(FIRST, ItemKind.NUMBER, ItemEdit(text=both("How many?"), highest=9))
    assert keys(loose)[-2:] == ["how_many", "comment"]
    twice = edit.add_item(loose, ItemKind.TEXT, ItemEdit(text=both("How many?")))
    assert keys(twice)[-1] == "how_many_2"


def test_a_facet_begins_with_its_first_question_and_goes_with_its_last() -> None:
    said = ItemEdit(text=both("We laugh."), new_facet="Joy", scale="agreement")
    made = edit.add_item(FIRST, ItemKind.LIKERT, said)
    assert made.facet("joy").title == {"en": "Joy", "cy": "Joy"} or made.facet("joy").title["cy"] == "Joy"
    assert edit.remove_item(made, "we_laugh") == FIRST


def test_another_meaning_gets_another_key() -> None:
    item = FIRST.item("use_decide")
    said = edit_of(item, text=both("We decide."))
    same = edit.change_item(FIRST, "use_decide", said)
    other = edit.change_item(FIRST, "use_decide", said, means_the_same=False)
    assert compare_versions(FIRST, same)[0].change == Change.REWORDED
    assert keys(other)[0] == "use_decide_2"
    assert compare_versions(FIRST, other)[0].change == Change.ADDED
    again = edit.change_item(other, "use_decide_2", said, means_the_same=False)
    assert keys(again)[0] == "use_decide"


def test_options_keep_their_keys_when_reworded_or_moved() -> None:
    item = FIRST.item("helps")

    def made(*lines: str) -> list[tuple[str, str]]:
        said = edit_of(item, options={"en": lines, "cy": [f"cy {line}" for line in lines]})
        return [(o.key, o.label["en"]) for o in edit.change_item(FIRST, "helps", said).item("helps").options]

    assert made("Tea", "An agenda") == [("tea", "Tea"), ("agenda", "An agenda")]
    assert made("An agenda", "Coffee") == [("agenda", "An agenda"), ("tea", "Coffee")]
    assert made("An agenda", "Coffee", "Tea") == [("agenda", "An agenda"), ("coffee", "Coffee"), ("tea", "Tea")]


def test_questions_move_and_stop_at_the_ends() -> None:
    assert keys(edit.move_item(FIRST, "use_wasted", -1))[:2] == ["use_wasted", "use_decide"]
    assert edit.move_item(FIRST, "use_decide", -1) == FIRST
    assert edit.move_item(FIRST, "comment", 1) == FIRST


def test_scales_and_facets_are_worded_anew() -> None:
    labels = {"en": ["No", "Rather not", "Rather", "Yes"], "cy": ["1", "2", "3", "4"]}
    made = edit.put_scale(FIRST, "how_much", labels)
    assert made.scales["how_much"].favourable == {3}, "what counts as good stays"
    assert made.scales["how_much"].codes == range(4)
    more = edit.put_scale(FIRST, "", labels)
    assert list(more.scales) == ["agreement", "how_much", "no"]
    facet = edit.change_facet(
        FIRST, "use", source="Us", title=both("Gain"), explanation={}, rationale=both("Why"), how_to_read={},
        how_not_to_read={},
    ).facet("use")  # fmt: skip
    assert (facet.title["en"], facet.source, dict(facet.explanation)) == ("Gain", "Us", {})


@pytest.mark.parametrize(
    "change",
    [
        lambda: edit.change_head(FIRST, title={"en": "Only English"}, purpose=both("Why")),
        lambda: edit.remove_item(read(SMALL), "only"),
        lambda: edit.put_scale(FIRST, "agreement", {"en": ["One"], "cy": ["Un"]}),
        lambda: edit.put_scale(FIRST, "agreement", {"en": ["No", "Yes"], "cy": ["Na"]}),
        lambda: edit.add_item(FIRST, ItemKind.LIKERT, ItemEdit(text=both("A."), facet="use", scale="how_much")),
        lambda: edit.add_item(FIRST, ItemKind.LIKERT, ItemEdit(text=both("x" * 400), scale="agreement")),
        lambda: edit.add_item(FIRST, ItemKind.SINGLE, ItemEdit(text=both("A?"), options={"en": ["1"], "cy": ["1"]})),
        lambda: edit.add_item(FIRST, ItemKind.NUMBER, ItemEdit(text=both("A?"), lowest=9, highest=1)),
    ],
)
def test_what_could_not_be_asked_is_refused(change: object) -> None:
    with pytest.raises(InstrumentProblems):
        change()  # type: ignore[operator]
