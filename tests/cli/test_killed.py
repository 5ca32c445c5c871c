"""What is left when the power goes: the server killed while it writes, a backup or a restore killed in the middle."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.cli.running import environment, lay_tables, run, running, wait_until_gone

pytestmark = pytest.mark.slow

WRITER = """
import itertools
import django
django.setup()
from collegium.base import tenancy
from collegium.people.actors import operator_of
from collegium.people.models import Community, Unit
from collegium.people.services import persons
with tenancy.across_communities():
    unit = Unit.objects.get(slug="oakhollow-school")
    for number in itertools.count():
        persons.add_person(
            actor=operator_of(unit.community_id), unit=unit, given_name=f"Writer {number}",
            title="Teacher", level="classroom",
        )
        print(number, flush=True)
"""
# The people of the demo alone: what is killed here needs rows enough, and not the pulses of two years.
BUILDER = """
import django
django.setup()
from collegium.base import tenancy, time
from collegium.cli import preparation
from collegium.people import demo
preparation.bring_database_up_to_date(migrate=True)
with tenancy.across_communities():
    demo.build(seed=demo.SEED, today=time.today())
"""
# When to kill, in seconds after the work has begun to show on the disk.
MOMENTS = (0.0, 0.1, 0.6)


@pytest.fixture(scope="module")
def demo_files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files of a demo, to begin each test from."""
    folder = lay_tables(tmp_path_factory.mktemp("demo"), "demo.sqlite3")
    build = [sys.executable, "-c", BUILDER]
    settings = environment(folder, DJANGO_SETTINGS_MODULE="collegium.site.settings", **on(folder))
    assert subprocess.run(build, env=settings, check=False).returncode == 0
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


@pytest.fixture(scope="module")
def demo_backup(tmp_path_factory: pytest.TempPathFactory, demo_files: dict[str, bytes]) -> Path:
    """A backup of the demo, which several tests restore."""
    folder, path = tmp_path_factory.mktemp("backed-up"), tmp_path_factory.mktemp("backup") / "it.backup"
    lay_out(folder, demo_files)
    assert run("backup", str(path), data_dir=folder, **on(folder)).returncode == 0
    return path


def lay_out(folder: Path, files: dict[str, bytes]) -> Path:
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder


@pytest.fixture
def site(tmp_path: Path, demo_files: dict[str, bytes]) -> Path:
    folder = tmp_path / "site"
    folder.mkdir()
    return lay_out(folder, demo_files)


def on(site: Path) -> dict[str, str]:
    """The setting that makes the demo's file an ordinary site's."""
    return {"COLLEGIUM_DATABASE_URL": f"sqlite:///{site}/demo.sqlite3"}


@contextmanager
def writing(site: Path) -> Iterator[subprocess.Popen[str]]:
    """Let another process add people without end, each with a post and two events, all or none of them."""
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER],
        env=environment(site, DJANGO_SETTINGS_MODULE="collegium.site.settings", **on(site)),
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    try:
        while process.stdout.readline().strip() != "5":
            assert process.poll() is None
        yield process
    finally:
        process.kill()
        process.communicate()


def count_halves(path: Path) -> tuple[int, int, int]:
    """Check the file and count people written by the writer, their posts, and the events that say so."""
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    statement = (
        "SELECT (SELECT count(*) FROM people_person WHERE given_name LIKE 'Writer %'),"
        " (SELECT count(*) FROM people_post p JOIN people_person q ON q.id = p.person_id"
        "   WHERE q.given_name LIKE 'Writer %'),"
        " (SELECT count(*) FROM base_event e JOIN people_person q ON q.id = e.object_id"
        "   WHERE e.verb = 'person.added' AND q.given_name LIKE 'Writer %')"
    )
    people, posts, events = connection.execute(statement).fetchone()
    connection.close()
    return people, posts, events


def kill_when(command: list[str], site: Path, begun: Path, after: float) -> None:
    """Run a command and kill it some time after a file that shows its progress has appeared."""
    process = subprocess.Popen(
        [sys.executable, "-m", "collegium", *command],
        env=environment(site, **on(site)),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    while not begun.exists() and process.poll() is None:
        time.sleep(0.002)
    time.sleep(after)
    process.kill()
    process.wait()


def test_a_server_killed_while_it_writes_loses_nothing_that_was_said_to_be_done(site: Path, tmp_path: Path) -> None:
    with running("demo", "--serve", data_dir=site) as command:
        command.wait_for("Ctrl-C stops it.")
        family = command.family()
        with writing(site) as writer:
            time.sleep(0.3)
            command.process.kill()
            writer.kill()
            said = [int(line) for line in (writer.stdout or ()) if line.strip()]
        command.process.wait()
        assert wait_until_gone(family) == [], "what it started ends with it"
    people, posts, events = count_halves(site / "demo.sqlite3")
    assert people == posts == events
    assert people >= max(said, default=0) + 1
    with running("serve", "--no-worker", data_dir=site, **on(site)) as command:
        command.wait_for("Collegium is at")
        assert json.loads(command.get("/readyz"))["ready"] is True
        assert command.interrupt() == 0


def test_a_backup_made_while_the_server_writes_is_of_one_moment(site: Path, tmp_path: Path) -> None:
    path = tmp_path / "it.backup"
    with writing(site):
        made = run("backup", str(path), data_dir=site, **on(site))
        assert made.returncode == 0, made.stderr
    with zipfile.ZipFile(path) as archive:
        about = json.loads(archive.read("manifest.json"))

        def rows(table: str) -> list[dict[str, object]]:
            lines = archive.read(f"tables/{table}.jsonl").splitlines()
            return [dict(zip(about["tables"][table]["columns"], json.loads(line), strict=True)) for line in lines]

        people = [row["id"] for row in rows("people_person") if str(row["given_name"]).startswith("Writer ")]
        written = set(people)
        posts = [row["person_id"] for row in rows("people_post") if row["person_id"] in written]
        added = [row for row in rows("base_event") if row["verb"] == "person.added"]
        everybody = {row["id"] for row in rows("people_person")}
        assert {row["person_id"] for row in rows("people_post")} <= everybody
    assert sorted(people) == sorted(posts) == sorted(row["object_id"] for row in added if row["object_id"] in written)
    assert {row["object_id"] for row in added} <= everybody
    assert people


def test_a_backup_killed_in_the_middle_leaves_no_half_file(site: Path, tmp_path: Path) -> None:
    path = tmp_path / "it.backup"
    for moment in MOMENTS:
        partial = tmp_path / ".it.backup.partial"
        partial.unlink(missing_ok=True)
        kill_when(["backup", str(path)], site, partial, moment)
        if path.exists():
            assert run("restore", "--check", str(path), data_dir=site, **on(site)).returncode == 0, moment
            path.unlink()
    assert run("backup", str(path), data_dir=site, **on(site)).returncode == 0
    assert [file.name for file in tmp_path.iterdir() if file.is_file()] == ["it.backup"]


def test_a_restore_killed_in_the_middle_leaves_the_old_or_the_new_whole(site: Path, demo_backup: Path) -> None:
    database, beside = site / "demo.sqlite3", site / "demo.sqlite3.restoring"
    for moment in MOMENTS:
        with closing(sqlite3.connect(database)) as connection:
            connection.execute("UPDATE people_community SET name = 'Changed since'")
            connection.commit()
        beside.unlink(missing_ok=True)
        kill_when(["restore", "--overwrite", str(demo_backup)], site, beside, moment)
        with closing(sqlite3.connect(database)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",), moment
            names = [name for (name,) in connection.execute("SELECT name FROM people_community")]
            people = connection.execute("SELECT count(*) FROM people_person").fetchone()[0]
        assert names in (["Changed since"], ["Wendrill"]), moment
        assert people > 250, moment
    done = run("restore", "--overwrite", str(demo_backup), data_dir=site, **on(site))
    assert done.returncode == 0, done.stderr
    assert not list(site.glob("*.restoring*"))
