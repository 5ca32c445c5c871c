"""Every reference value made with R that concerns these statistics is compared with ours; what is not is named here."""

from __future__ import annotations

from tests.science import (
    golden,
    test_agreement,
    test_estimates,
    test_icc,
    test_improvement_charts,
    test_reliability,
    webs,
)

# Other statistics, other issues.
ELSEWHERE = {"polychoric", "data"}
# Random intercepts beside a covariate: we estimate groups as they are, not what would be left of them.
WITH_COVARIATES = {"bh1996_wbeing_hrs_lead", "exam_lrt", "hsb82_ses", "sleepstudy"}


def test_every_family_of_cases_is_known() -> None:
    families = {path.name for path in golden.FOLDER.iterdir() if path.is_dir()}
    assert families == ELSEWHERE | {"reliability", "agreement", "icc", "lmer", "network", "spc"}


def test_every_case_is_tested() -> None:
    assert set(test_agreement.CASES) == set(golden.cases("agreement"))
    assert set(test_estimates.CASES) == set(golden.cases("lmer")) - WITH_COVARIATES
    assert {each.values[0] for each in test_icc.VARIABLES} == set(golden.cases("icc"))
    assert {each.values[0] for each in test_reliability.MODES} == set(golden.cases("reliability"))
    # Two layers are compared in test_network_comparisons.
    assert {*webs.DIRECTED, *webs.UNDIRECTED, "qap"} == set(golden.cases("network"))
    improvement = test_improvement_charts
    covered = {*improvement.SERIES, *improvement.OTHER_CASES, *improvement.OF_SUBGROUPS}
    assert covered == set(golden.cases("spc"))
