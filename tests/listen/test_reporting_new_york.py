"""Real teachers' answers of 454 schools, counted: what each school may be shown of them."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import numpy as np
import pytest

from collegium.listen.reporting import Rules, Survey, compare_groups, make_survey, report_view
from collegium.science.disclosure.atoms import form_atoms
from collegium.science.disclosure.audit import audit_figures
from collegium.science.measurement.layout import Facet, Layout
from collegium.science.measurement.moments import moments_of_counts
from tests.science import test_new_york as city

DOMAIN = "saf_t_11"


@cache
def survey() -> Survey:
    """The city's own domain of safety and respect as a facet; small schools merge inside their district."""
    counted = city.survey()
    turned = dict(city.domains()[DOMAIN])
    # The city's best option is the first, save in the items that it calls reversed.
    facet = Facet(
        key=DOMAIN, items=tuple(turned), reversed_items=frozenset(i for i, is_turned in turned.items() if not is_turned)
    )
    layout = Layout(items=counted.layout.items, facets=(facet,))
    moments = moments_of_counts(layout, counted.atoms, counted.counts, counted.sheets)
    sheets = dict(zip(counted.atoms, (int(n) for n in counted.sheets), strict=True))
    small: dict[str, list[str]] = {}
    for school, n in sheets.items():
        if n < Rules().fewest:
            small.setdefault(school[:2], []).append(school)
    neighbours = [pair for schools in small.values() for pair in pairwise(schools)]
    views = {school: [school] for school in sheets} | {"all": list(sheets)}
    return make_survey(moments, form_atoms(sheets, [neighbours], views, k=Rules().fewest))


@pytest.fixture(scope="module")
def schools() -> list[str]:
    return [view for view in survey().views if view != "all"]


def test_nearly_every_school_is_shown_with_the_score_that_the_city_gave_it(schools: list[str]) -> None:
    assert len(schools) > 440
    compared = 0
    for school in schools[::3]:  # a third of them, for the time it takes
        facet = report_view(survey(), school).facet(DOMAIN)
        published = city.published()[school][DOMAIN]
        if facet.mean.mean is None or facet.mean.mean.band is not None or not published:
            continue
        assert facet.n is not None
        assert facet.n >= Rules().fewest
        assert facet.interval is not None
        # Points from 0 to 10 for options from 1 to 4; both are rounded.
        points = (facet.mean.mean.value - 1) / 3 * 10
        assert points == pytest.approx(float(published), abs=0.05 / 3 * 10 + city.DOMAIN_TOLERANCE)
        compared += 1
    assert compared > 130


def test_schools_are_compared_and_few_stand_out(schools: list[str]) -> None:
    found = compare_groups(survey(), schools, DOMAIN)
    assert found.groups == tuple(schools)
    assert 0 < found.pairs_apart < found.pairs
    assert np.mean([standing is not None for standing in found.standings]) > 0.95


def test_nothing_that_is_published_can_be_subtracted() -> None:
    names = [str(place) for place in range(len(survey().moments.atoms))]
    people = dict(zip(names, (int(n) for n in survey().moments.sheets), strict=True))
    figures = [[names[place] for place in places] for places in survey().views.values()]
    assert audit_figures(figures, people, k=Rules().fewest).is_safe
