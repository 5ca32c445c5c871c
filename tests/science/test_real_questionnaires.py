"""Two questionnaires as they reached us: reversed items and gaps (bfi), missing codes and weights (TALIS 2018)."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from collegium.science.errors import UnusableInput
from collegium.science.measurement.engines import moments_of_table
from collegium.science.measurement.layout import Facet, Item, Layout
from collegium.science.measurement.moments import NO_ANSWER, Moments, moments_of_sheets
from collegium.science.measurement.reliability import alpha, guttman_lambda6, omega_total
from collegium.science.results import FloatArray
from tests.science import golden
from tests.shared import SHARED

BFI = SHARED / "data/survey_bfi"
TALIS = SHARED / "data/survey_talis2018_subset"


# --- bfi: 2,800 people, 25 items from 1 to 6 --------------------------------------------------------------------------
@cache
def bfi_layout() -> Layout:
    """The scales and the reversed items come from the keys that are published with the data."""
    scales: dict[str, list[str]] = {}
    for row in golden.rows(BFI / "bfi_keys.csv"):
        scales.setdefault(row["scale"], []).append(row["item"])
    return Layout(
        items=tuple(
            Item(key=item.removeprefix("-"), lowest=1, highest=6) for items in scales.values() for item in items
        ),
        facets=tuple(
            Facet(
                key=scale,
                items=tuple(item.removeprefix("-") for item in items),
                reversed_items=frozenset(item[1:] for item in items if item.startswith("-")),
            )
            for scale, items in scales.items()
        ),
    )


@cache
def people() -> Moments:
    return moments_of_table(BFI / "bfi.csv", bfi_layout(), atom="id")


SCALES = ["agree", "conscientious", "extraversion", "neuroticism", "openness"]


@pytest.mark.parametrize("scale", SCALES)
def test_the_published_reliabilities_come_out(scale: str) -> None:
    """Published: .70, .72, .76, .81, .60. The scorer fills gaps with medians, so that its last digits are others."""
    row = next(row for row in golden.rows(BFI / "expected/scoreItems_reliability.csv") if row["scale"] == scale)
    cross = people().cross(scale)
    assert alpha(cross).value == pytest.approx(float(row["alpha"]), abs=0.005)
    # Its lambda 6 explains an item by those of all scales, ours by those of its own.
    assert (guttman_lambda6(cross).value or 0) < float(row["g6"])
    one = next(row for row in golden.rows(BFI / "expected/omega_total_1factor.csv") if row["scale"] == scale)
    assert omega_total(cross, standardised=True).value == pytest.approx(float(one["omega_total_1f"]), abs=0.001)


def test_with_gaps_filled_as_the_scorer_fills_them_alpha_is_its_own() -> None:
    table = golden.whole(golden.rows(BFI / "bfi.csv"), [item.key for item in bfi_layout().items])
    filled = np.array(table)
    for place in range(table.shape[1]):
        known = table[table[:, place] != NO_ANSWER, place]
        filled[filled[:, place] == NO_ANSWER, place] = int(np.median(known))
    moments = moments_of_sheets(bfi_layout(), ["all"] * len(filled), filled)
    for row in golden.rows(BFI / "expected/scoreItems_reliability.csv"):
        assert alpha(moments.cross(row["scale"]), standardised=False).value == pytest.approx(
            float(row["alpha"]), abs=0.0005
        )


def test_scores_of_complete_sheets_are_those_of_the_scorer() -> None:
    scores = {row["id"]: row for row in golden.rows(BFI / "expected/scoreItems_scores.csv")}
    complete = {
        row["id"]
        for row in golden.rows(BFI / "bfi.csv")
        if all(row[item.key] not in golden.ABSENT for item in bfi_layout().items)
    }
    assert len(complete) == 2436
    for scale in SCALES:
        found = people().facet_scores(scale)
        compared = 0
        for label, mean in zip(found.labels, found.mean, strict=True):
            if label in complete:
                assert mean == pytest.approx(float(scores[label][scale]), abs=1e-9)
                compared += 1
        assert compared == 2436


def test_whoever_answers_less_than_half_of_a_scale_has_no_score() -> None:
    columns = [item.key for item in bfi_layout().items]
    table = golden.whole(golden.rows(BFI / "bfi.csv"), columns)
    for facet in bfi_layout().facets:
        answered = (table[:, bfi_layout().columns(facet.items)] != NO_ANSWER).sum(axis=1)
        assert int(people().facet_scores(facet.key).n.sum()) == int((answered >= 3).sum())


# --- TALIS 2018: 548 teachers, codes 6 to 9 for what was not asked or not answered ------------------------------------
YES_NO: dict[str | int, int] = {"1": 1, "2": 2} | dict.fromkeys(("6", "7", "8", "9"), NO_ANSWER)
CLIMATE = tuple(f"tt3g48{letter}" for letter in "abcdefgh")
AGREE: dict[str | int, int] = {str(code): code for code in range(1, 5)} | dict.fromkeys(("6", "7", "8", "9"), NO_ANSWER)


def weights() -> tuple[list[dict[str, str]], FloatArray, FloatArray]:
    table = golden.rows(TALIS / "talis18_noisy_v1.5.2.csv")
    full = golden.numbers(table, "tchwgt")
    replicates = np.array([golden.numbers(table, f"trwgt{place}") for place in range(1, 101)])
    return table, full, replicates


def test_weighted_shares_and_their_errors_are_those_published_with_the_data() -> None:
    """Each teacher an atom of their own, weighted afterwards; errors from 100 replicates by Fay's method, k = 0.5."""
    table, full, replicates = weights()
    layout = Layout(items=(Item(key="tt3g23o", lowest=1, highest=2),))
    source = {
        "teacher": np.array([f"{place:04}" for place in range(len(table))]),
        "tt3g23o": np.array([row["tt3g23o"] for row in table]),
    }
    counts = moments_of_table(source, layout, atom="teacher", recode={"tt3g23o": YES_NO}).counts[:, 0]
    for row in golden.rows(TALIS / "expected/shipped_talis18_tt3g23o_freq.csv"):
        inside = np.array([one["cntry"] == row["cntry"] for one in table])
        yes, known = counts[inside, 0], counts[inside].sum(axis=1)

        def share(weight: FloatArray, yes: FloatArray = yes, known: FloatArray = known) -> FloatArray:
            found: FloatArray = 100 * (weight @ yes) / (weight @ known)
            return found

        value = share(full[inside])
        error = np.sqrt(((share(replicates[:, inside]) - value) ** 2).sum() / (100 * (1 - 0.5) ** 2))
        assert value == pytest.approx(float(row["b.tt3g23o.Yes"]), rel=1e-9)
        assert error == pytest.approx(float(row["se.tt3g23o.Yes"]), rel=1e-9)
        covered = 100 * (full[inside] @ known) / full[inside].sum()
        assert covered == pytest.approx(float(row["cvge.tt3g23o.Yes"]), rel=1e-9)


def test_missing_codes_are_no_answers_and_without_being_told_they_are_refused() -> None:
    layout = Layout(
        items=tuple(Item(key=key, lowest=1, highest=4) for key in CLIMATE),
        facets=(Facet(key="climate", items=CLIMATE),),
    )
    path = TALIS / "talis18_noisy_v1.5.2.csv"
    moments = moments_of_table(path, layout, atom="cntry", recode=dict.fromkeys(CLIMATE, AGREE))
    rows = golden.rows(path)
    assert set(moments.atoms) == {"FRA", "ITA", "MEX"}
    for place, key in enumerate(CLIMATE):
        assert int(moments.counts[:, place].sum()) == sum(row[key] in {"1", "2", "3", "4"} for row in rows)
    # The items of one scale hold together; OECD's own report on the scales has coefficients of this size.
    assert 0.8 < (alpha(moments.cross("climate")).value or 0) < 0.95
    with pytest.raises(UnusableInput) as refused:
        moments_of_table(path, layout, atom="cntry")
    assert refused.value.data["column"] in CLIMATE
    assert str(refused.value.data["value"]) in {"6", "7", "8", "9"}
