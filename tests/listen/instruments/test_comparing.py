"""What stays comparable when an instrument gets a new version."""

from __future__ import annotations

from collegium.listen.instruments import read
from collegium.listen.instruments.comparing import Change, comparable_columns, comparable_facets, compare_versions
from tests.listen.instruments.samples import FULL, changed


def changes(*edits: tuple[str, str]) -> dict[str, Change]:
    """What becomes of each item of the full instrument when it is changed so."""
    found = compare_versions(read(FULL), read(changed(FULL, *edits)))
    return {(change.now or change.before).key: change.change for change in found}  # type: ignore[union-attr]


def test_the_same_version_is_the_same() -> None:
    assert set(changes().values()) == {Change.SAME}
    assert comparable_facets(read(FULL), read(FULL)) == {"use", "balance"}
    columns = [column.key for column in read(FULL).columns]
    assert comparable_columns(read(FULL), read(FULL)) == dict(zip(columns, columns, strict=True))


def test_another_wording_under_the_same_key_stays_comparable() -> None:
    assert changes(("knowing what was decided", "with a decision"))["use_decide"] == Change.REWORDED
    assert changes(('"Neither"', '"In between"'))["use_decide"] == Change.REWORDED
    assert changes(('label.en = "Tea"', 'label.en = "Coffee"'))["helps"] == Change.REWORDED


def test_other_answers_cannot_be_compared() -> None:
    more = ('"Not", "A little"', '"Never", "Not", "A little"'), ('"Dim", ', '"Byth", "Dim", ')
    assert changes(*more)["talk_act"] == Change.ANSWERS_CHANGED
    assert changes(("lowest = 1\nhighest = 20", "lowest = 0\nhighest = 20"))["hours"] == Change.ANSWERS_CHANGED
    assert changes(('key = "tea"', 'key = "coffee"'))["helps"] == Change.ANSWERS_CHANGED
    assert changes(("reversed = true\n", ""))["use_wasted"] == Change.ANSWERS_CHANGED
    now = read(changed(FULL, ("reversed = true\n", "")))
    assert comparable_facets(read(FULL), now) == {"balance"}
    assert "use_wasted" not in comparable_columns(read(FULL), now)


def test_a_new_key_may_say_whose_place_it_takes() -> None:
    edit = ('key = "use_decide"', 'key = "use_clear"\nsame_as = "use_decide"')
    assert changes(edit)["use_clear"] == Change.RENAMED
    assert comparable_columns(read(FULL), read(changed(FULL, edit)))["use_clear"] == "use_decide"
    assert comparable_facets(read(FULL), read(changed(FULL, edit))) == {"use", "balance"}


def test_a_key_still_in_use_cannot_be_claimed_by_another() -> None:
    edit = ('key = "comment"', 'key = "remark"\nsame_as = "use_wasted"')
    found = changes(edit)
    assert found["remark"] == Change.ADDED
    assert found["use_wasted"] == Change.SAME
    assert found["comment"] == Change.REMOVED


def test_a_facet_with_one_item_more_is_another_measure() -> None:
    added = """[[items]]
key = "use_end"
kind = "likert"
facet = "use"
scale = "agreement"
text.en = "We end on time."
text.cy = "Gorffen ar amser."
"""
    following = '[[items]]\nkey = "talk_act"'
    edit = (following, f"{added}\n{following}")
    assert changes(edit)["use_end"] == Change.ADDED
    assert comparable_facets(read(FULL), read(changed(FULL, edit))) == {"balance"}
