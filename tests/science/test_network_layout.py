"""The map: the same picture for the same web, everybody on it, the next picture near the last."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given

from collegium.science.errors import UnusableInput
from collegium.science.networks.layout import lay_out
from collegium.science.networks.network import Network
from tests.science import webs


@given(webs.networks())
def test_everybody_is_on_the_map_and_nobody_on_another(web: Network) -> None:
    places = lay_out(web).places
    assert places.shape == (web.n, 2)
    assert ((places >= 0) & (places <= 1)).all()
    for one in range(web.n):
        for other in range(one):
            assert np.linalg.norm(places[one] - places[other]) > 1e-6


def test_the_same_web_gives_the_same_picture() -> None:
    web, school = webs.schools()
    first = lay_out(web, groups=school)
    assert (lay_out(web, groups=school).places == first.places).all()
    assert (lay_out(Network.of(web.n, web.edges[::-1]), groups=school).places == first.places).all()
    assert (lay_out(web, groups=school, seed=2).places != first.places).any()


def test_other_draws_of_chance_are_left_as_they_were() -> None:
    import random

    random.seed(5)
    wanted = random.random()
    random.seed(5)
    lay_out(webs.schools()[0])
    assert random.random() == wanted


def test_people_who_are_tied_stand_nearer_than_others() -> None:
    web, school = webs.schools()
    one = web.subset(school == 6)
    places = lay_out(one).places
    tied = np.linalg.norm(places[one.sources] - places[one.targets], axis=1).mean()
    everybody = np.linalg.norm(places[:, None] - places, axis=2).mean()
    assert tied < 0.75 * everybody


def test_parts_lie_beside_each_other() -> None:
    web, school = webs.schools()
    places = lay_out(web, groups=school).places
    centres = np.array([places[school == number].mean(axis=0) for number in range(15)])
    nearest = np.argmin(np.linalg.norm(places[:, None] - centres, axis=2), axis=1)
    assert (nearest == school).mean() > 0.9


def test_the_next_picture_starts_from_the_last() -> None:
    web, school = webs.schools()
    first = lay_out(web, groups=school).places
    again = lay_out(web, groups=school, start=first)
    assert again.method == "layout: from an earlier picture"
    assert np.abs(again.places - first).mean() < 0.01
    # Some ties are gone, and ten are new here.
    random = np.random.default_rng(3)
    other = Network.of(web.n, web.edges[random.random(len(web)) < 0.8])
    start = first.copy()
    newcomers = random.choice(web.n, 10, replace=False)
    start[newcomers] = np.nan
    then = lay_out(other, groups=school, start=start).places
    stayed = np.setdiff1d(np.arange(web.n), newcomers)
    assert np.linalg.norm(then[stayed] - first[stayed], axis=1).mean() < 0.03
    tied = [person for person in newcomers if other.in_degree[person] + other.out_degree[person] > 0]
    for person in tied:
        near = np.concatenate((other.targets[other.sources == person], other.sources[other.targets == person]))
        assert np.linalg.norm(then[person] - then[near], axis=1).min() < 0.2


def test_whoever_knows_nobody_there_stands_at_the_edge() -> None:
    web = Network.of(4, [(0, 1), (2, 3)])
    start = [[0.4, 0.5], [0.6, 0.5], [np.nan, np.nan], [np.nan, np.nan]]
    places = lay_out(web, start=start).places
    assert np.abs(places[:2] - start[:2]).max() < 0.1
    assert (np.linalg.norm(places[2:] - 0.5, axis=1) > 0.4).all()


def test_a_picture_without_anybody_known_is_drawn_afresh() -> None:
    web = Network.of(3, [(0, 1)])
    nobody = np.full((3, 2), np.nan)
    assert lay_out(web, start=nobody).method == "layout: afresh"
    assert (lay_out(web, start=nobody).places == lay_out(web).places).all()


def test_few_people_have_a_place() -> None:
    assert lay_out(webs.EMPTY).places.shape == (0, 2)
    assert lay_out(webs.ALONE).places.tolist() == [[0.5, 0.5]]
    assert lay_out(webs.ALONE, start=[[0.2, 0.3]]).places.tolist() == [[0.2, 0.3]]
    assert len(np.unique(lay_out(webs.ISOLATED).places, axis=0)) == 5
    on_one_spot: Any = [[0.5, 0.5], [0.5, 0.5]]
    assert lay_out(Network.of(2, [(0, 1)]), start=on_one_spot).places.tolist() == on_one_spot


def test_what_does_not_fit_is_refused() -> None:
    web = Network.of(2, [(0, 1)])
    for more in ({"start": [[0.5, 0.5]]}, {"start": [[np.inf, 0], [0, 0]]}, {"groups": [0]}, {"seed": -1}):
        with pytest.raises(UnusableInput):
            lay_out(web, **more)  # type: ignore[arg-type]
