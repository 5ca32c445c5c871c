"""Release against an attacker who knows the rules and goes through all answers that fit what is shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegium.science.disclosure.release import (
    Band,
    Decision,
    ReleasedShares,
    release_change,
    release_mean,
    release_shares,
)
from collegium.science.errors import UnusableInput


def answers(n: int, options: int) -> Iterator[tuple[int, ...]]:
    """Every way in which n people can answer."""
    if options == 1:
        yield (n,)
        return
    for count in range(n + 1):
        for rest in answers(n - count, options - 1):
            yield (count, *rest)


@pytest.mark.parametrize(("options", "largest"), [(2, 45), (3, 24), (4, 16), (5, 12)])
@pytest.mark.parametrize("k", [3, 5])
def test_no_output_tells_that_few_or_all_chose_an_option(options: int, largest: int, k: int) -> None:
    for n in range(k, largest + 1):
        fits: dict[ReleasedShares, list[tuple[int, ...]]] = defaultdict(list)
        for each in answers(n, options):
            fits[release_shares(each, k=k)].append(each)
        for shown, possible in fits.items():
            for option in range(options):
                open_counts = {each[option] for each in possible}
                assert open_counts != {n}, (shown, possible)
                assert any(not 0 < count < k for count in open_counts), (shown, possible)
                assert any(not 0 < n - count < k for count in open_counts), (shown, possible)


@given(st.lists(st.integers(0, 400), min_size=2, max_size=7), st.integers(3, 10))
def test_what_is_shown_holds_the_truth(counts: list[int], k: int) -> None:
    n = sum(counts)
    found = release_shares(counts, k=k)
    assert found.n == (n if n >= k else None)
    for count, share in zip(counts, found.shares or (), strict=False):
        assert share.low <= count / n <= share.high
        assert abs(share.value - count / n) <= (share.high - share.low)
        assert share.low < share.high


@given(st.lists(st.integers(1000, 50_000), min_size=2, max_size=6))
def test_a_nation_reads_whole_percents(counts: list[int]) -> None:
    found = release_shares(counts)
    assert found.shares is not None
    for count, share in zip(counts, found.shares, strict=True):
        assert share.value == pytest.approx(count / sum(counts), abs=0.0051)


def test_all_and_none_are_nearly_all_and_nearly_none() -> None:
    for counts in ([0, 12], [0, 400]):
        found = release_shares(counts)
        assert found.shares is not None
        assert [share.band for share in found.shares] == [Band.NEARLY_NONE, Band.NEARLY_ALL]
        assert found.shares[1].low < 1


def test_the_word_for_all_is_the_same_where_one_thinks_otherwise() -> None:
    assert release_shares([0, 400]).shares[1].band is release_shares([1, 399]).shares[1].band  # type: ignore[index]


def test_fewer_than_k_show_nothing_and_fewer_than_two_k_no_shares() -> None:
    assert release_shares([2, 2]) == ReleasedShares(n=None)
    assert release_shares([4, 5]) == ReleasedShares(n=9)
    assert release_shares([5, 5]).shares is not None
    assert release_shares([0, 0]) == ReleasedShares(n=None)


# --- means ------------------------------------------------------------------------------------------------------------
@given(st.lists(st.integers(1, 5), min_size=5, max_size=60))
def test_a_mean_never_tells_that_all_stand_at_an_end(scores: list[int]) -> None:
    n = len(scores)
    found = release_mean(sum(scores) / n, n, lowest=1, highest=5).mean
    assert found is not None
    assert found.low - 1e-9 <= sum(scores) / n <= found.high + 1e-9
    for everybody, one_less in ((5.0, 5 - 1 / n), (1.0, 1 + 1 / n)):
        assert release_mean(everybody, n, lowest=1, highest=5) == release_mean(one_less, n, lowest=1, highest=5)


def test_fewer_than_k_have_no_mean() -> None:
    assert release_mean(3.0, 4, lowest=1, highest=5).n is None
    assert release_mean(None, 0, lowest=1, highest=5).n is None
    shown = release_mean(3.14, 30, lowest=1, highest=5).mean
    assert shown is not None
    assert (shown.value, shown.band) == (3.1, None)


# --- changes ----------------------------------------------------------------------------------------------------------
@given(st.integers(0, 6), st.integers(0, 6), st.integers(0, 300))
def test_a_change_is_shown_rounded_or_withheld_by_who_moved(joined: int, left: int, n: int) -> None:
    found = release_change(joined=joined, left=left, n_before=n, n_after=n, span=4, k=5)
    moved = joined + left
    if n < 5:
        assert found.decision is Decision.WITHHOLD
    elif moved == 0 or moved >= 5:
        assert found.decision is Decision.SHOW
    else:
        assert found.decision in (Decision.ROUND, Decision.WITHHOLD)


@given(st.integers(8, 100), st.integers(1, 5), st.integers(1, 5), st.floats(1, 5))
def test_a_newcomer_does_not_show_where_opinions_stay(n: int, one: int, other: int, others: float) -> None:
    """The attacker assumes that nobody else changed; whatever the newcomer says, the rounded change is nothing."""
    found = release_change(joined=1, left=0, n_before=n, n_after=n + 1, span=4)
    for said in (one, other):
        change = (others * n + said) / (n + 1) - others
        if found.decision is Decision.ROUND:
            assert found.step is not None
            assert round(change / found.step) == 0


# --- the edges --------------------------------------------------------------------------------------------------------
def test_what_has_no_definition_is_refused() -> None:
    for refused in (
        lambda: release_shares([9]),
        lambda: release_shares([9, -1]),
        lambda: release_shares([9, 0.5]),  # type: ignore[list-item]
        lambda: release_shares([9, 9], k=2),
        lambda: release_mean(6.0, 10, lowest=1, highest=5),
        lambda: release_mean(float("nan"), 10, lowest=1, highest=5),
        lambda: release_mean(3.0, 10, lowest=5, highest=1),
        lambda: release_change(joined=-1, left=0, n_before=9, n_after=9, span=4),
        lambda: release_change(joined=1, left=0, n_before=9, n_after=9, span=0),
    ):
        with pytest.raises(UnusableInput):
            refused()
