import datetime as dt
import uuid

import pytest

from collegium.base import indicators, navigation, own_part, panels
from collegium.base.registries import Registry

MEANING = indicators.Meaning(definition="d", formula="f", how_to_read="r", how_not_to_read="n")


@pytest.fixture
def own_registries(monkeypatch):
    monkeypatch.setattr(indicators, "_indicators", Registry("the thing"))
    monkeypatch.setattr(panels, "_panels", Registry("the thing"))
    monkeypatch.setattr(navigation, "_entries", Registry("the thing"))
    monkeypatch.setattr(own_part, "_sections", Registry("the thing"))


def panel(key, order):
    return panels.Panel(key=key, title=key, order=order, build=lambda *_: None)


def entry(key, order):
    return navigation.Entry(key=key, title=key, url_name=key, icon="home", order=order, of_unit=True)


def section(key, order):
    return own_part.Section(key=key, title=key, order=order, build=lambda _actor: None)


@pytest.mark.usefixtures("own_registries")
def test_panels_and_entries_come_in_the_order_of_the_page():
    for key, order in (("c", 2), ("b", 1), ("a", 2)):
        panels.register(panel(key, order))
        navigation.register(entry(key, order))
        own_part.register(section(key, order))
    assert [p.key for p in panels.list_panels()] == ["b", "a", "c"]
    assert [e.key for e in navigation.list_entries()] == ["b", "a", "c"]
    assert [s.key for s in own_part.list_sections()] == ["b", "a", "c"]


@pytest.mark.usefixtures("own_registries")
def test_an_indicator_is_read_for_a_unit_on_a_day():
    def staff(unit_id, as_of):
        return indicators.Reading(value=float(as_of.year), n=12, source=str(unit_id))

    indicators.register(indicators.Indicator("people.staff", "Staff", "people", staff, meaning=MEANING))
    unit = uuid.uuid4()
    assert indicators.read("people.staff", unit, dt.date(2025, 1, 1)) == indicators.Reading(
        2025.0, 12, source=str(unit)
    )
    with pytest.raises(KeyError):
        indicators.read("people.nothing", unit, dt.date(2025, 1, 1))


@pytest.mark.usefixtures("own_registries")
def test_a_key_is_taken_once():
    indicator = indicators.Indicator("x", "X", "", lambda *_: indicators.Reading(None), meaning=MEANING)
    for register, thing in (
        (indicators.register, indicator),
        (panels.register, panel("x", 1)),
        (navigation.register, entry("x", 1)),
        (own_part.register, section("x", 1)),
    ):
        register(thing)
        with pytest.raises(ValueError, match="registered twice"):
            register(thing)


def test_an_indicator_cannot_be_without_its_meaning():
    with pytest.raises(TypeError, match="meaning"):
        indicators.Indicator("x", "X", "", lambda *_: indicators.Reading(None))


def test_what_is_looked_up_is_shared_inside_a_block_and_nowhere_else():
    found = iter(range(9))
    with indicators.sharing():
        assert [indicators.look_up("a", lambda: next(found)) for _ in range(3)] == [0, 0, 0]
        assert indicators.look_up("b", lambda: next(found)) == 1
    assert [indicators.look_up("a", lambda: next(found)) for _ in range(2)] == [2, 3]
    with indicators.sharing():
        assert indicators.look_up("a", lambda: next(found)) == 4


def test_a_share_of_nothing_is_not_said():
    assert indicators.Reading.share(1, 4) == indicators.Reading(value=0.25, n=4)
    assert indicators.Reading.share(0, 0) == indicators.Reading(value=None)
