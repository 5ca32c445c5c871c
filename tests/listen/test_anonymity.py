"""Thirty people answer one after the other, at known times. Whoever then takes the whole disk learns from it who was
asked, who has answered, and what was said, and cannot tell better than by chance which of it was whose.
"""

from __future__ import annotations

import datetime as dt
import itertools
import random
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from django.conf import settings
from django.db import connection
from scipy import stats

from collegium.base import time
from collegium.listen.answers import keys, packing, trays
from collegium.listen.models import Comment, Invitation, Pulse, Sheet, Tray
from collegium.listen.queries import versions
from collegium.listen.services import upkeep
from tests.listen import worlds
from tests.listen.disk import Disk
from tests.listen.worlds import School

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

PEOPLE = 30
ITEMS = 40
KEPT = 30  # days


def instrument_text() -> str:
    """Return an instrument so long that no two sheets are alike."""
    head = worlds.SMALL.partition("[[items]]")[0]
    item = '[[items]]\nkey = "i{0}"\nkind = "likert"\nfacet = "openness"\nscale = "agreement"\ntext = "Item {0}."\n\n'
    wish = worlds.SMALL[worlds.SMALL.rindex("[[items]]") :]
    return head + "".join(item.format(number) for number in range(ITEMS)) + wish


@pytest.fixture
def school() -> School:
    return worlds.build_school(teams=(PEOPLE,))


def open_pulse(school: School, at: dt.datetime = worlds.START, **choices: object) -> Pulse:
    version = worlds.InstrumentVersion.objects.filter(community=school.community).first()
    version = version or worlds.keep_instrument(school.community, instrument_text())
    return worlds.open_at_start(worlds.prepare(school.unit, school.steward, version, at=at, **choices), school.steward)


def answer_one_after_the_other(pulse: Pulse, school: School, dice: random.Random, wish: str = "wish") -> list[bytes]:
    """Let everybody answer in an order of their own; return their sheets as they are packed, in that order."""
    instrument = versions.read(pulse.instrument)
    people = dice.sample(school.staff, len(school.staff))
    sheets = []
    for minute, person in enumerate(people):
        answers = worlds.random_answers(instrument, dice)
        at = pulse.opens_at + dt.timedelta(minutes=1 + minute)
        # Short and long answers, for the length of what is stored must tell nothing either.
        words = {"wish": f"{wish}-{minute:02}-" + "x" * dice.randint(0, 120)} if minute % 2 else {}
        worlds.answer(worlds.invitation_of(pulse, person), answers, at=at, remarks=words)
        values = [answers[column.key] for column in instrument.columns]
        sheets.append(b"".join(value.to_bytes(2, "big") for value in values))
    return sheets


# --- while the pulse is open ------------------------------------------------------------------------------------------
def test_the_disk_holds_one_key_and_it_opens_nothing_of_before(school: School) -> None:
    pulse = open_pulse(school)
    tray = Tray.objects.get(pulse=pulse)
    states: list[tuple[int, bytes]] = []
    old_keys: list[bytes] = []
    dice = random.Random(7)
    instrument = versions.read(pulse.instrument)
    for person in school.staff:
        states.append((tray.number, bytes(tray.sealed)))  # what any log of the database may have kept
        old_keys.append(keys.get(tray, tray.number))
        worlds.answer(worlds.invitation_of(pulse, person), worlds.random_answers(instrument, dice))
        tray.refresh_from_db()
    disk = Disk()
    assert disk.which(old_keys) == []
    present = keys.get(tray, tray.number)
    assert present in disk, "the present key is there: without it nobody could close the pulse"
    assert len(trays.look_into(tray).sheets) == PEOPLE
    for number, sealed in states:
        earlier = Tray(id=tray.id, pulse=pulse, position=tray.position, number=number, sealed=sealed)
        with pytest.raises(keys.KeyMissing):
            trays.look_into(earlier)
        with pytest.raises(InvalidTag):
            trays.AESGCM(present).decrypt(bytes(12), sealed, trays._context(earlier))
    assert {len(sealed) for _number, sealed in states} == {len(tray.sealed)}, "its size tells who wrote much"


def test_the_tray_holds_the_sheets_in_no_order_of_time(school: School) -> None:
    dice = random.Random(11)
    found = []
    for week in range(3):
        pulse = open_pulse(school, at=worlds.START + dt.timedelta(weeks=2 * week))
        sheets = answer_one_after_the_other(pulse, school, dice)
        held = [packing.sheet_of(sheet)[1] for sheet in trays.look_into(Tray.objects.get(pulse=pulse)).sheets]
        found.append([held.index(sheet) for sheet in sheets])
    assert_by_chance(found)


def test_nothing_of_an_open_pulse_lies_on_the_disk_in_the_open(school: School) -> None:
    pulse = open_pulse(school)
    # Words of their own: the comments of closed pulses, of other tests, do lie in the open.
    wish = f"only in a tray {pulse.id.hex}"
    sheets = answer_one_after_the_other(pulse, school, random.Random(3), wish)
    disk = Disk()
    assert disk.which(sheets) == []
    assert wish.encode() not in disk
    assert Invitation.objects.filter(pulse=pulse, answered=True).count() == PEOPLE
    assert str(pulse.id).encode() in disk or pulse.id.hex.encode() in disk or pulse.id.bytes in disk


# --- afterwards -------------------------------------------------------------------------------------------------------
def test_kept_sheets_lie_on_the_disk_in_no_order_of_time(school: School) -> None:
    dice = random.Random(5)
    found = []
    for week in range(3):
        pulse = open_pulse(school, at=worlds.START + dt.timedelta(weeks=2 * week), sheets_kept_days=KEPT)
        sheets = answer_one_after_the_other(pulse, school, dice)
        worlds.close(pulse)
        assert Sheet.objects.filter(pulse=pulse).count() == PEOPLE
        found.append(order_on_disk(sheets))
    assert_by_chance(found)


def test_the_same_attack_finds_the_order_of_a_plain_table(school: School, tmp_path: Path) -> None:
    """Without this, the attack above might simply be blind."""
    dice = random.Random(5)
    sheets = [bytes(dice.randrange(256) for _ in range(2 * ITEMS)) for _person in range(PEOPLE)]
    if connection.vendor == "sqlite":
        plain = sqlite3.connect(Path(settings.DATA_DIR) / "plain.sqlite3")
        plain.execute("CREATE TABLE sheet (answers BLOB)")
        for sheet in sheets:
            with plain:
                plain.execute("INSERT INTO sheet VALUES (?)", [sheet])
        plain.close()
    else:
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE plain_sheet (answers bytea)")
            for sheet in sheets:
                cursor.execute("INSERT INTO plain_sheet VALUES (%s)", [sheet])
    try:
        order = order_on_disk(sheets)
        # A page of SQLite fills from its end, the log of PostgreSQL from its beginning.
        assert order in (list(range(PEOPLE)), list(range(PEOPLE))[::-1])
    finally:
        (Path(settings.DATA_DIR) / "plain.sqlite3").unlink(missing_ok=True)
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("DROP TABLE plain_sheet")


def assert_gone_within_minutes(sheets: list[bytes], destroyed_at: dt.datetime) -> None:
    """The upkeep of the next minutes overwrites where they lay, though somebody was still reading at first."""
    left = sheets
    for minute in range(1, 5):
        with time.at(destroyed_at + dt.timedelta(minutes=minute)):
            upkeep.do_what_is_due()
        # PostgreSQL's log keeps them until it comes round (docs/explanation/anonymity.md); its tables do not.
        left = Disk(with_log=connection.vendor == "sqlite").which(sheets)
        if not left:
            break
    assert left == []


def test_destroyed_sheets_are_gone_from_the_database(school: School) -> None:
    pulse = open_pulse(school, sheets_kept_days=KEPT)
    sheets = answer_one_after_the_other(pulse, school, random.Random(2))
    worlds.close(pulse)
    assert pulse.id not in keys.list_pulses()
    with time.at(pulse.closed_at + dt.timedelta(days=KEPT - 1)):
        upkeep.do_what_is_due()
    assert Sheet.objects.filter(pulse=pulse).count() == PEOPLE
    assert len(Disk().which(sheets)) == PEOPLE
    destroyed_at = pulse.closed_at + dt.timedelta(days=KEPT + 1)
    with time.at(destroyed_at):
        upkeep.do_what_is_due()
    assert not Sheet.objects.filter(pulse=pulse).exists()
    assert Comment.objects.filter(pulse=pulse).exists()
    # Whoever connects to the server in that very moment, to any of its databases, may be shown what was there.
    assert_gone_within_minutes(sheets, destroyed_at)


def test_destroyed_sheets_that_somebody_was_reading_are_gone_soon_after(school: School) -> None:
    pulse = open_pulse(school, sheets_kept_days=KEPT)
    sheets = answer_one_after_the_other(pulse, school, random.Random(4))
    worlds.close(pulse)
    destroyed_at = pulse.closed_at + dt.timedelta(days=KEPT + 1)
    reader = connection.copy()
    with connection.cursor() as cursor, reader.cursor() as reading:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA busy_timeout=100")  # how long the upkeep waits for the reader
        # Somebody looks at the whole database in the state that it is in now, as a backup does.
        reading.execute("BEGIN" if connection.vendor == "sqlite" else "BEGIN ISOLATION LEVEL REPEATABLE READ")
        reading.execute("SELECT count(*) FROM listen_pulse")
        reading.fetchall()
        with time.at(destroyed_at):
            upkeep.do_what_is_due()
        assert len(Disk().which(sheets)) == PEOPLE
        reading.execute("ROLLBACK")
    reader.close()
    assert_gone_within_minutes(sheets, destroyed_at)


# --- the attack -------------------------------------------------------------------------------------------------------
def order_on_disk(sheets: Sequence[bytes]) -> list[int]:
    """Return the rank of each sheet by where it first lies, over all files in their order."""
    disk = Disk()
    places = []
    for sheet in sheets:
        half = len(sheet) // 2  # a page of the log may end in the middle of a sheet
        found = disk.find(sheet) or disk.find(sheet[:half]) or disk.find(sheet[half:])
        assert found, "the sheet is not on the disk, so this attack says nothing"
        places.append(min((each.file, each.offset) for each in found))
    ranked = sorted(places)
    return [ranked.index(place) for place in places]


def assert_by_chance(orders: Sequence[Sequence[int]]) -> None:
    """Assert that the order something lies in says nothing about the order it came in.

    Guessing by rank is right about once in every pulse; and neither whole orders nor neighbours go together.
    """
    hits = sum(place == rank for order in orders for rank, place in enumerate(order))
    assert stats.poisson.sf(hits - 1, len(orders)) > 1e-4, f"{hits} of {len(orders) * PEOPLE} linked"
    ranks = list(itertools.chain.from_iterable(range(len(order)) for order in orders))
    places = list(itertools.chain.from_iterable(orders))
    assert stats.spearmanr(ranks, places).pvalue > 1e-4
    steps = [abs(one - other) for order in orders for one, other in itertools.pairwise(order)]
    chance = (PEOPLE + 1) / 3
    error = stats.tstd(steps) / len(steps) ** 0.5
    assert abs(sum(steps) / len(steps) - chance) < 5 * error
