"""Centre lines, limits and runs against R: the golden cases, qicharts2 and qcc."""

from __future__ import annotations

import csv
from typing import Any

import numpy as np
import pytest

from collegium.science.errors import UnusableInput
from collegium.science.improvement.charts import (
    Chart,
    c_chart,
    p_chart,
    run_chart,
    t_chart,
    u_chart,
    xmr_chart,
)
from collegium.science.improvement.runs import judge_runs, run_limits
from collegium.science.results import FloatArray
from tests.science import golden
from tests.shared import SHARED

QIC, QCC = SHARED / "data" / "spc_qicharts2", SHARED / "data" / "spc_qcc"
SERIES = ("attitude_rating", "nile", "discoveries_ties", "lh24", "constant12")
# No chart of ours needs the single observations inside a period: measures are aggregates.
OF_SUBGROUPS = {"chick_xbar_s"}
OTHER_CASES = {"ldeaths_p", "ships_u", "anhoej_limits_table"}
COLUMN = {"cabg_readmission_monthly": ("readmission", "n")}


def near(found: Any, wanted: Any) -> None:
    np.testing.assert_allclose(
        np.asarray(found, dtype=float), np.asarray(wanted, dtype=float), rtol=1e-9, atol=1e-12, equal_nan=True
    )


def table(path: Any) -> list[dict[str, str]]:
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def column(rows: list[dict[str, str]], name: str) -> FloatArray:
    return golden.numbers(rows, name)


# --- golden cases -----------------------------------------------------------------------------------------------------
def check_runs(chart: Chart, wanted: dict[str, Any]) -> None:
    found = judge_runs(chart)
    for ours, theirs in (
        (found.longest_run, "longest_run"),
        (found.longest_allowed, "longest_run_max"),
        (found.crossings, "n_crossings"),
        (found.fewest_expected, "n_crossings_min"),
    ):
        assert ours[0] == (-1 if wanted[theirs] is None else wanted[theirs]), theirs
    assert (found.n_points[0], found.n_useful[0]) == (wanted["n_obs"], wanted["n_useful"])
    assert found.is_signal[0] == wanted["signal"]
    if wanted["n_useful"]:
        assert found.has_long_run[0] == wanted["signal_longest"]
        assert found.has_few_crossings[0] == wanted["signal_crossings"]
        longest = max(wanted["run_lengths"])
        assert found.in_long_run.any() == (longest > wanted["longest_run_max"])


@pytest.mark.parametrize("name", SERIES)
def test_run_charts_are_as_in_r(name: str) -> None:
    case = golden.case("spc", name)
    y = column(golden.rows(golden.FOLDER / case["input"]["csv"]), "y")
    frozen = case["input"]["freeze_after"]
    for chart, key in ((run_chart(y), "run"), (run_chart(y, baseline=frozen), "run_frozen_first_half_median")):
        near(chart.centre[0], np.full(len(y), case["outputs"][key]["median"]))
        check_runs(chart, case["outputs"][key])
    check_runs(xmr_chart(y), case["outputs"]["runs_about_mean"])


@pytest.mark.parametrize("name", SERIES)
def test_xmr_charts_are_as_in_r(name: str) -> None:
    case = golden.case("spc", name)
    y = column(golden.rows(golden.FOLDER / case["input"]["csv"]), "y")
    charts = {
        "i": xmr_chart(y),
        "i_screened": xmr_chart(y, screen_ranges=True),
        "i_frozen_first_half": xmr_chart(y, baseline=case["input"]["freeze_after"]),
    }
    for key, chart in charts.items():
        wanted = case["outputs"][key]
        if wanted["sigma"] is None:
            # The deviation that docs/methods/control-limits.md names: nothing is screened from a constant series.
            assert (name, key, chart.n_screened[0], chart.low[0, 0]) == ("constant12", "i_screened", 0, 3)
            continue
        for ours, theirs in (("centre", "cl"), ("low", "lcl"), ("high", "ucl")):
            near(getattr(chart, ours)[0], np.full(len(y), wanted[theirs]))
        near(chart.near_low[0, 0], wanted["lcl95"])
        near(chart.near_high[0, 0], wanted["ucl95"])
        assert chart.n_screened[0] == wanted["n_mr_dropped"]
        outside = np.flatnonzero((chart.value > chart.high) | (chart.value < chart.low)) + 1
        assert outside.tolist() == np.atleast_1d(wanted["outside_index"]).tolist()


@pytest.mark.parametrize("prime", [False, True])
def test_shares_and_rates_are_as_in_r(prime: bool) -> None:
    for name, key, counts, of in (("ldeaths_p", "p", "female", "total"), ("ships_u", "u", "incidents", "service")):
        case = golden.case("spc", name)
        rows = golden.rows(golden.FOLDER / case["input"]["csv"])
        count, under = column(rows, counts), column(rows, of)
        wanted = case["outputs"][f"{key}_prime" if prime else key]
        chart = p_chart(count, under, prime=prime) if key == "p" else u_chart(count, under, per=1000, prime=prime)
        near(chart.value[0], wanted.get("p", wanted.get("rate")))
        near(chart.centre[0], np.full(len(rows), wanted["cl"]))
        near(chart.low[0], wanted["lcl"])
        near(chart.high[0], wanted["ucl"])
        outside = np.flatnonzero((chart.value > chart.high) | (chart.value < chart.low)) + 1
        assert outside.tolist() == wanted["outside_index"]
        check_runs(chart, wanted["runs"])


def test_limits_of_runs_are_the_published_ones_for_any_length() -> None:
    case = golden.case("spc", "anhoej_limits_table")
    for row in golden.rows(golden.FOLDER / case["input"]["csv"]):
        found = run_limits(int(row["n_useful"]))
        assert (found.longest_run, found.fewest_crossings) == (
            int(row["longest_run_max"]),
            int(row["n_crossings_min"]),
        )
    from scipy.stats import binom

    for n in range(10, 401):
        found = run_limits(n)
        assert found.longest_run == round(np.log2(n)) + 3
        assert found.fewest_crossings == binom.ppf(0.05, n - 1, 0.5)
    with pytest.raises(UnusableInput):
        run_limits(0)


# --- qicharts2 --------------------------------------------------------------------------------------------------------
def check_points(chart: Chart, points: list[dict[str, str]], *, runs: bool = True) -> None:
    near(chart.value[0], column(points, "y"))
    near(chart.centre[0], column(points, "cl"))
    for ours, theirs in (("low", "lcl"), ("high", "ucl"), ("near_low", "lcl.95"), ("near_high", "ucl.95")):
        if theirs in points[0]:
            near(getattr(chart, ours)[0], column(points, theirs))
    if runs:
        found, wanted = judge_runs(chart), points[0]
        assert found.n_points[0] == int(wanted["n.obs"])
        assert found.n_useful[0] == int(wanted["n.useful"])
        assert found.longest_run[0] == int(wanted["longest.run"])
        assert found.longest_allowed[0] == int(wanted["longest.run.max"])
        assert found.crossings[0] == int(wanted["n.crossings"])
        assert found.fewest_expected[0] == int(wanted["n.crossings.min"])
        assert found.is_signal[0] == (wanted["runs.signal"] == "TRUE")


def test_what_was_computed_with_qicharts2_is_the_same() -> None:
    cdi, accidents = table(QIC / "cdi.csv"), table(QIC / "nhs_accidents.csv")
    cabg = table(QIC / "cabg_readmission_monthly.csv")
    n, days = column(cdi, "n"), column(cdi, "days")
    r, of = column(accidents, "r"), column(accidents, "n")
    found = {
        "cdi_run": run_chart(n),
        "cdi_c": c_chart(n),
        "cdi_c_freeze24": c_chart(n, baseline=24),
        "cdi_u": u_chart(n, days, per=10_000),
        "nhs_accidents_p": p_chart(r, of),
        "nhs_accidents_pprime": p_chart(r, of, prime=True),
        "cabg_readmission_p": p_chart(column(cabg, "readmission"), column(cabg, "n")),
        "complaints_i": xmr_chart(column(table(QIC / "complaints.csv"), "complaints")),
        "lots_i": xmr_chart(column(table(QIC / "lots.csv"), "value")),
    }
    for name, chart in found.items():
        check_points(chart, table(QIC / "expected" / f"computed_{name}_points.csv"))


def test_many_series_at_once_are_each_as_qicharts2_has_them() -> None:
    infections = table(QIC / "hospital_infections.csv")
    points = table(QIC / "expected" / "computed_hai_u_by_infection_points.csv")
    kinds = sorted({row["infection"] for row in infections})
    months = sorted({row["month"] for row in infections})
    n, days = np.zeros((2, len(kinds), len(months)))
    for row in infections:
        place = kinds.index(row["infection"]), months.index(row["month"])
        n[place] += float(row["n"])
        days[place] += float(row["days"])
    chart = u_chart(n, days)
    for place, kind in enumerate(kinds):
        own = [row for row in points if row["facet1"] == kind]
        alone = u_chart(n[place], days[place])
        check_points(alone, own)
        near(chart.high[place], alone.high[0])
        assert judge_runs(chart).crossings[place] == int(own[0]["n.crossings"])


def phases(rows: list[dict[str, str]]) -> Any:
    return np.array([row["phase"] for row in rows])


def test_what_qicharts2_ships_is_the_same() -> None:
    shipped = {name: table(QIC / "expected" / f"shipped_{name}.csv") for name in ("tbl_7.4_1", "ex_7.4_1", "ex_7.5_1")}
    tables = {name: table(QIC / f"montgomery_tbl_{name}.csv") for name in ("07_04", "07_10", "07_11", "07_14", "06_07")}
    rows = tables["07_04"]
    check_points(p_chart(column(rows, "count"), column(rows, "size")), shipped["tbl_7.4_1"])
    rows = tables["07_10"]
    check_points(u_chart(column(rows, "count"), column(rows, "size")), shipped["ex_7.4_1"])
    rows = tables["07_11"]
    check_points(u_chart(column(rows, "count"), column(rows, "meters"), per=50), shipped["ex_7.5_1"])
    times = table(QIC / "expected" / "shipped_ex_7.6_1.csv")
    check_points(t_chart(column(tables["07_14"], "hours")), times)
    costs = table(QIC / "expected" / "shipped_ex_6.5_3.csv")
    frozen = phases(tables["06_07"]) == "1"
    check_points(xmr_chart(column(tables["06_07"], "cost"), baseline=frozen), costs)


def test_points_left_out_are_left_out_as_in_qicharts2() -> None:
    rows, points = table(QIC / "montgomery_tbl_07_08.csv"), table(QIC / "expected" / "shipped_ex_7.3_3.csv")
    left_out = np.isin(np.arange(len(rows)), [5, 19])
    chart = c_chart(column(rows, "count"), baseline=26, exclude=left_out)
    assert (chart.n_baseline[0], chart.is_provisional[0]) == (24, False)
    check_points(chart, points)
    rows, points = table(QIC / "montgomery_tbl_07_03.csv"), table(QIC / "expected" / "shipped_ex_7.1_5.csv")
    first = [row for row, point in zip(rows, points, strict=True) if point["part"] == "1"]
    chart = p_chart(column(first, "count"), column(first, "size"), exclude=np.isin(np.arange(len(first)), [14, 22]))
    check_points(chart, [point for point in points if point["part"] == "1"])


# --- qcc --------------------------------------------------------------------------------------------------------------
def test_what_qcc_makes_is_the_same() -> None:
    def trial(name: str) -> list[dict[str, str]]:
        return [row for row in table(QCC / f"{name}.csv") if row.get("trial", "TRUE") == "TRUE"]

    juice, circuit = trial("orangejuice"), trial("circuit")
    cloth, computers = trial("dyedcloth"), trial("pcmanufact")
    found = {
        "orangejuice_trial_p_p": p_chart(column(juice, "D"), column(juice, "size")),
        "circuit_trial_c_c": c_chart(column(circuit, "x")),
        "circuit_trial_u_u": u_chart(column(circuit, "x"), column(circuit, "size")),
        "dyedcloth_u_u": u_chart(column(cloth, "x"), column(cloth, "size")),
        "pcmanufact_u_u": u_chart(column(computers, "x"), column(computers, "size")),
    }
    for name, chart in found.items():
        points = table(QCC / "expected" / f"{name}_points.csv")
        near(chart.value[0], column(points, "stat"))
        for ours, theirs in (("low", "lcl"), ("high", "ucl"), ("centre", "center")):
            near(getattr(chart, ours)[0], column(points, theirs))
    rings = column([row for row in table(QCC / "pistonrings.csv") if row["trial"] == "TRUE"], "diameter")
    points = table(QCC / "expected" / "pistonrings_all_xbarone_xbar.one_points.csv")
    near(xmr_chart(rings).high[0], column(points, "ucl"))
    near(xmr_chart(rings).low[0], column(points, "lcl"))
