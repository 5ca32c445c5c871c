"""Pooling against metafor 3.8-1 and what was published."""

from __future__ import annotations

import csv

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegium.science.errors import UnusableInput
from collegium.science.improvement.pooling import Method, pool
from collegium.science.results import Caution
from tests.shared import SHARED

FOLDER = SHARED / "data" / "edu_meta_analyses"

# rma(yi, vi, method, test="knha", control=list(threshold=1e-14)), predict(): metafor 3.8-1 on R 4.2.2.
# mean, standard error, interval, prediction interval, tau2, I2 in percent, Q, its p
KNAPP = """
raudenbush1985,REML,0.0837012418826037,0.0615793194690363,-0.0456721076129388,0.213074591378146,-0.232208563878701,\
0.399611047643909,0.0188182881402291,41.8466702470204,35.8295362995928,0.00741931325487901
raudenbush1985,DL,0.0893220844315025,0.0635755550816228,-0.044245200460037,0.222889369323042,-0.274237745880259,\
0.452881914743264,0.0259036722998061,49.7621184670353,35.8295362995928,0.00741931325487901
bangertdrowns2004,REML,0.221928621684657,0.049526374130136,0.122294408348925,0.321562835020389,-0.238542637076317,\
0.682399880445631,0.0499386743451695,58.3728101522578,107.10607147419,1.37456727192368e-06
bangertdrowns2004,DL,0.220043558363063,0.0492117197699129,0.121042347951613,0.319044768774513,-0.220546169762023,\
0.660633286488149,0.0455432466871332,56.1182672904533,107.10607147419,1.37456727192368e-06
konstantopoulos2011,REML,0.127932058364942,0.0433407428195333,0.0410752688135798,0.214788847916304,-0.474338904617712,\
0.730203021347596,0.0884384765487791,94.7049284707284,578.864017958223,1.79683030193496e-88
konstantopoulos2011,DL,0.129639357116659,0.043081815546636,0.043301469415798,0.21597724481752,-0.313763797333359,\
0.573042511566677,0.0470973404638999,90.4986320977426,578.864017958223,1.79683030193496e-88
"""
METHOD = {"REML": Method.REML, "DL": Method.DERSIMONIAN_LAIRD, "FE": Method.COMMON}


def effects(name: str) -> tuple[np.ndarray, np.ndarray]:
    with (FOLDER / f"dat.{name}.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    if "yi" in rows[0]:
        return np.array([float(row["yi"]) for row in rows]), np.array([float(row["vi"]) for row in rows])
    # Correlations, by Fisher's z; of Credé's those with grades.
    rows = [row for row in rows if row.get("criterion", "grade") == "grade"]
    r, n = (np.array([float(row[column]) for row in rows]) for column in ("ri", "ni"))
    return np.arctanh(r), 1 / (n - 3)


@pytest.mark.parametrize("line", KNAPP.strip().splitlines(), ids=lambda line: ",".join(line.split(",")[:2]))
def test_pooled_effects_are_as_in_metafor(line: str) -> None:
    name, method, *numbers = line.split(",")
    mean, error, low, high, next_low, next_high, tau2, i2, q, q_p = map(float, numbers)
    found = pool(*effects(name), method=METHOD[method])
    assert found.mean.interval is not None
    assert found.prediction is not None
    assert (found.mean.value, found.standard_error, found.mean.interval.low, found.mean.interval.high) == pytest.approx(
        (mean, error, low, high), rel=1e-6
    )
    assert (found.prediction.low, found.prediction.high) == pytest.approx((next_low, next_high), rel=1e-6)
    assert (found.tau2, found.i2, found.q, found.q_p) == pytest.approx((tau2, i2 / 100, q, q_p), rel=1e-6)


def published() -> list[dict[str, str]]:
    with (FOLDER / "expected" / "metafor_results.csv").open(newline="") as file:
        return [row for row in csv.DictReader(file) if not row["model"].startswith("3level")]


@pytest.mark.parametrize("row", published(), ids=lambda row: f"{row['dataset']} {row['model'][:8]}")
def test_pooled_effects_are_the_published_ones(row: dict[str, str]) -> None:
    method = METHOD[row["model"].split("(")[0].split()[-1]]
    found = pool(*effects(row["dataset"]), method=method, hartung_knapp=False)
    # Where REML was stopped by metafor's default rule (a step below 1e-5), the published digits end there.
    rough = 5e-4 if method is Method.REML else 1e-9
    assert found.mean.interval is not None
    assert (found.mean.value, found.standard_error) == pytest.approx((float(row["est"]), float(row["se"])), rel=rough)
    assert (found.mean.interval.low, found.mean.interval.high) == pytest.approx(
        (float(row["ci.lb"]), float(row["ci.ub"])), rel=rough
    )
    assert found.tau2 == pytest.approx(float(row["tau2"]), rel=rough, abs=1e-9)
    assert found.q == pytest.approx(float(row["QE"]))
    assert found.i2 == pytest.approx(float(row["I2"]) / 100, rel=rough, abs=1e-9)


@given(st.lists(st.tuples(st.floats(-3, 3), st.floats(0.01, 2)), min_size=2, max_size=8), st.sampled_from(list(Method)))
def test_the_mean_lies_between_the_effects_and_follows_them(given: list[tuple[float, float]], method: Method) -> None:
    y, v = np.array(given).T
    found, moved = pool(y, v, method=method), pool(y + 1, v, method=method)
    assert found.mean.value is not None
    assert moved.mean.value is not None
    assert y.min() - 1e-9 <= found.mean.value <= y.max() + 1e-9
    assert moved.mean.value == pytest.approx(found.mean.value + 1, abs=1e-5)
    assert found.weights.sum() == pytest.approx(1)
    assert found.tau2 is not None
    assert found.tau2 >= 0
    assert found.i2 is not None
    assert 0 <= found.i2 <= 1


def test_schools_that_agree_have_nothing_between_them() -> None:
    found = pool([0.2, 0.2, 0.2], [0.1, 0.2, 0.3])
    assert (found.tau2, found.i2) == (0, 0)
    assert found.mean.value == pytest.approx(0.2)
    assert set(found.mean.cautions) == {Caution.SINGULAR, Caution.TOO_FEW}


def test_one_school_or_none_is_no_pool() -> None:
    alone = pool([0.4, float("nan")], [0.04, 0.1])
    assert alone.mean.value == 0.4
    assert alone.mean.interval is not None
    assert alone.mean.interval.high == pytest.approx(0.4 + 1.959963985 * 0.2)
    assert (alone.mean.n_used, alone.mean.n_missing, alone.mean.cautions) == (1, 1, (Caution.ONE_GROUP,))
    assert (alone.tau2, alone.i2, alone.prediction, alone.weights.tolist()) == (None, None, None, [1, 0])
    nothing = pool([], [])
    assert (nothing.mean.value, nothing.mean.interval, nothing.mean.cautions) == (None, None, (Caution.TOO_FEW,))
    assert pool([0.1, 0.3], [0.1, 0.1]).prediction is None


@pytest.mark.parametrize(
    ("y", "v", "level"),
    [
        ([1], [0], 0.95),
        ([1], [-1], 0.95),
        ([1, 2], [1], 0.95),
        ([float("inf")], [1], 0.95),
        ([1], [float("inf")], 0.95),
        ([[1]], [[1]], 0.95),
        ([1], [1], 95),
    ],
)
def test_what_cannot_be_pooled_is_refused(y: list[float], v: list[float], level: float) -> None:
    with pytest.raises(UnusableInput):
        pool(y, v, level=level)
