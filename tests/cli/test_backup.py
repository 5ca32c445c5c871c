"""Backups and restoring them, in the database of the run: whole, verified, from one database to the other."""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
import zipfile
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from click.testing import CliRunner, Result
from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from collegium.base import tenancy, time
from collegium.cli.backups import manifest, reading, snapshot
from collegium.cli.commands import collegium
from collegium.cli.console import Stop
from collegium.listen.answers import keys
from collegium.listen.models import Invitation, Publication, Tray
from collegium.people.models import Account, Community, Person, Unit
from tests.cli.running import copy_demo, run
from tests.factories import contain, make_community, make_group, make_person, make_post, make_role, make_unit
from tests.listen import worlds

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
PASSPHRASE = "correct horse battery staple"


def invoke(*args: str | Path, typed: str | None = None) -> Result:
    return CliRunner().invoke(collegium, [str(arg) for arg in args], input=typed)


@pytest.fixture
def school() -> Unit:
    """A small community with something in most tables."""
    community = make_community("Übungsschule „Nord“")
    district, unit = make_unit(community, kind="district"), make_unit(community, name="Élan School")
    contain(district, unit)
    for _ in range(20):
        make_post(make_person(community), unit)
    person = make_person(community, account=True)
    make_role(person, unit, "steward")
    make_group(unit)
    return unit


@pytest.fixture
def uploads() -> Path:
    folder = Path(settings.MEDIA_ROOT)
    (folder / "rosters").mkdir(parents=True, exist_ok=True)
    (folder / "rosters" / "one.csv").write_bytes(bytes(range(256)) * 100)
    return folder


def dump(path: Path) -> dict[str, list[object]]:
    """Everything in the tables of a backup, as values: databases differ in the order of the keys of JSON."""
    with reading.opened(path, lambda: PASSPHRASE) as archive:
        about = reading.verify(archive)
        return {
            name: [json.loads(line) for line in archive.read(manifest.Table.member(name)).splitlines()]
            for name in about.tables
        }


# --- there and back ---------------------------------------------------------------------------------------------------
def test_what_was_backed_up_is_restored_and_lives_on(tmp_path: Path, school: Unit, uploads: Path) -> None:
    first = tmp_path / "first.backup"
    EmailAddress.objects.create(id=1, user=Account.objects.get(), email="one@school.example")
    recorder = MigrationRecorder(connection)
    recorder.record_applied("people", "0011_since_folded")  # that this version has it no more keeps nothing from it
    try:
        done = invoke("backup", first)
    finally:
        recorder.record_unapplied("people", "0011_since_folded")
    assert done.exit_code == 0, done.output
    assert "verified" in done.stdout
    Person.objects.all().delete()
    Community.objects.create(name="Made since")
    (uploads / "rosters" / "one.csv").unlink()
    done = invoke("restore", "--overwrite", first)
    assert done.exit_code == 0, done.output
    with tenancy.across_communities():
        assert Unit.objects.get(id=school.id).name == "Élan School"
        assert Person.objects.count() == 21
        assert not Community.objects.filter(name="Made since").exists()
    assert (uploads / "rosters" / "one.csv").read_bytes() == bytes(range(256)) * 100
    second = tmp_path / "second.backup"
    assert invoke("backup", second).exit_code == 0
    assert dump(second) == dump(first)
    with tenancy.across_communities():  # New rows get keys of their own, also where the database counts them.
        make_person(Community.objects.get(), account=True)
        EmailAddress.objects.create(user=Account.objects.earliest("id"), email="another@school.example")
        MigrationRecorder.Migration.objects.create(app="test", name="test").delete()


def test_a_backup_holds_no_answers_to_an_open_pulse(tmp_path: Path) -> None:
    school = worlds.build_school(teams=(8,))
    now = time.now()
    pulse = worlds.open_at_start(worlds.prepare(school.unit, school.steward, at=now), school.steward)
    worlds.answer(worlds.invitation_of(pulse, school.staff[0]), {"speak": 4}, remarks={"wish": "canary in the backup"})
    backup = tmp_path / "open.backup"
    assert invoke("backup", backup).exit_code == 0
    with zipfile.ZipFile(backup) as archive:
        held = b"".join(archive.read(name) for name in archive.namelist())
    assert b"canary in the backup" not in held
    assert not any(keys.get(tray, tray.number) in held for tray in Tray.objects.all())
    worlds.answer(worlds.invitation_of(pulse, school.staff[1]), {"speak": 2})
    done = invoke("restore", "--overwrite", backup)
    assert "may answer anew" in done.stderr
    with tenancy.across_communities():
        assert not Invitation.objects.filter(answered=True).exists()
        worlds.answer_all(pulse, school.staff)
        worlds.close(pulse)
        assert Publication.objects.get(pulse=pulse).sheets == 8


def test_a_database_that_holds_something_is_left_alone(tmp_path: Path, school: Unit) -> None:
    path = tmp_path / "it.backup"
    invoke("backup", path)
    Unit.objects.filter(id=school.id).update(name="Changed since")
    done = invoke("restore", path)
    assert done.exit_code == 2
    assert "--overwrite" in done.stderr
    with tenancy.across_communities():
        assert Unit.objects.get(id=school.id).name == "Changed since"


def test_sessions_are_left_out(tmp_path: Path, client: object, school: Unit) -> None:
    from django.contrib.sessions.backends.db import SessionStore

    session = SessionStore()
    session["who"] = "somebody"
    session.create()
    path = tmp_path / "it.backup"
    invoke("backup", path)
    assert "django_session" not in dump(path)
    with zipfile.ZipFile(path) as archive:
        assert not any(str(session.session_key).encode() in archive.read(name) for name in archive.namelist())


# --- from one database to the other -----------------------------------------------------------------------------------
def test_a_backup_of_sqlite_restores_into_the_empty_database_of_the_run_unasked(tmp_path: Path) -> None:
    demo = copy_demo(tmp_path)
    url = f"sqlite:///{demo}/demo.sqlite3"
    path = tmp_path / "demo.backup"
    made = run("backup", str(path), data_dir=demo, COLLEGIUM_DATABASE_URL=url)
    assert made.returncode == 0, made.stderr
    done = invoke("restore", path)
    assert done.exit_code == 0, done.output
    again = tmp_path / "again.backup"
    invoke("backup", again)
    then, now = dump(path), dump(again)
    # The demo has an open pulse, whose answers no backup holds: its people are asked again.
    for table in ("listen_tray", "listen_invitation"):
        assert len(now.pop(table)) == len(then.pop(table)) > 0
    assert now == then


def test_a_backup_of_the_run_restores_into_sqlite(tmp_path: Path, school: Unit) -> None:
    path, again = tmp_path / "it.backup", tmp_path / "again.backup"
    invoke("backup", path)
    other = tmp_path / "other"
    other.mkdir()
    done = run("restore", str(path), data_dir=other)
    assert done.returncode == 0, done.stderr
    assert run("backup", str(again), data_dir=other).returncode == 0
    assert dump(again) == dump(path)


# --- names, folders, passphrases --------------------------------------------------------------------------------------
def test_a_folder_gets_a_file_named_by_the_time(tmp_path: Path, school: Unit) -> None:
    answer = json.loads(invoke("backup", tmp_path, "--json").stdout)
    (path,) = tmp_path.iterdir()
    assert answer["path"] == str(path)
    assert path.name.startswith("collegium-20")
    assert answer["tables"]["people_unit"] == 2
    assert path.stat().st_mode & 0o077 == 0, "nobody else reads it"


def test_a_file_that_is_there_is_never_replaced(tmp_path: Path, school: Unit) -> None:
    path = tmp_path / "it.backup"
    path.write_text("mine")
    assert invoke("backup", path).exit_code == 2
    assert path.read_text() == "mine"


def test_an_encrypted_backup_shows_nothing_and_opens_with_its_passphrase(tmp_path: Path, school: Unit) -> None:
    path, key = tmp_path / "it.backup", tmp_path / "passphrase"
    key.write_text(PASSPHRASE + "\n")
    assert invoke("backup", "--encrypt", "--passphrase-file", key, path).exit_code == 0
    content = path.read_bytes()
    opening = re.match(rb"age-encryption\.org/v1\n-> scrypt \S+ (\d+)\n", content)
    assert opening
    assert int(opening[1]) >= 16, "a power of two: guessing a passphrase takes long"
    assert b"people_person" not in content
    assert invoke("restore", "--check", path, typed=f"{PASSPHRASE}\n").exit_code == 0
    wrong = invoke("restore", "--overwrite", path, typed="something else entirely\n")
    assert wrong.exit_code == 3
    assert "passphrase" in wrong.stderr


def test_a_backup_is_for_its_owner_alone_whatever_lies_in_its_way(tmp_path: Path, school: Unit) -> None:
    """A killed backup, or somebody else in a shared folder, may have left a file where ours begins."""
    in_the_way = tmp_path / ".kept.backup.partial"
    in_the_way.write_text("left")
    in_the_way.chmod(0o644)
    elsewhere = in_the_way.open()
    assert invoke("backup", tmp_path / "kept.backup").exit_code == 0
    assert (tmp_path / "kept.backup").stat().st_mode & 0o777 == 0o600
    assert elsewhere.read() == "left"
    elsewhere.close()


def test_a_short_passphrase_is_refused(tmp_path: Path, school: Unit) -> None:
    done = invoke("backup", "--encrypt", tmp_path / "it.backup", typed="short\nshort\n")
    assert done.exit_code == 2
    assert list(tmp_path.iterdir()) == []


# --- what is not believed ---------------------------------------------------------------------------------------------
def remake(path: Path, change: object) -> Path:
    """Write an archive with another manifest."""
    changed = path.with_name("changed.backup")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(changed, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, change(content) if name == manifest.NAME else content)  # type: ignore[operator]
    return changed


def test_a_backup_of_a_newer_version_is_refused(tmp_path: Path, school: Unit) -> None:
    path = tmp_path / "it.backup"
    invoke("backup", path)

    def add_migration(content: bytes) -> str:
        data = json.loads(content)
        data["version"] = "99.0"
        data["migrations"].append(["people", "9999_from_the_future"])
        return json.dumps(data)

    done = invoke("restore", "--overwrite", remake(path, add_migration))
    assert done.exit_code == 2
    assert "99.0" in done.stderr
    with tenancy.across_communities():
        assert Unit.objects.filter(id=school.id).exists()


@pytest.mark.parametrize("name", ["../outside.csv", "/etc/outside.csv", "a/../../outside.csv", "..\\outside.csv"])
def test_an_upload_cannot_leave_its_folder(tmp_path: Path, school: Unit, uploads: Path, name: str) -> None:
    path = tmp_path / "it.backup"
    invoke("backup", path)
    changed = remake(path, lambda content: content.replace(b"rosters/one.csv", json.dumps(name)[1:-1].encode()))
    done = invoke("restore", "--overwrite", changed)
    assert done.exit_code == 3
    assert "outside its folder" in done.stderr


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"\x89PNG\r\n", b"age-encryption.org/v1\n-> scrypt x 20\n"])
def test_other_files_are_refused_in_words(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "it.backup"
    path.write_bytes(content)
    done = invoke("restore", "--overwrite", path, typed=f"{PASSPHRASE}\n")
    assert done.exit_code == 3
    assert "Error: " in done.stderr


@pytest.fixture
def whole(tmp_path: Path, school: Unit, uploads: Path) -> bytes:
    invoke("backup", tmp_path / "whole.backup")
    return (tmp_path / "whole.backup").read_bytes()


def test_any_damage_is_noticed_or_changes_nothing(tmp_path: Path, whole: bytes) -> None:
    expected = dump(tmp_path / "whole.backup")
    damaged = tmp_path / "damaged.backup"

    @given(st.data())
    @hypothesis_settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
    def damage(data: st.DataObject) -> None:
        content = bytearray(whole)
        if data.draw(st.booleans()):
            content = content[: data.draw(st.integers(0, len(content) - 1))]
        else:
            content[data.draw(st.integers(0, len(content) - 1))] ^= 1 << data.draw(st.integers(0, 7))
        damaged.write_bytes(content)
        with contextlib.suppress(Stop):  # Only damage that touches nothing that is read goes unnoticed.
            assert dump(damaged) == expected

    damage()


def test_a_row_that_breaks_a_rule_restores_nothing(tmp_path: Path, school: Unit) -> None:
    path = tmp_path / "it.backup"
    invoke("backup", path)
    changed = tmp_path / "changed.backup"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(changed, "w") as target:
        about = json.loads(source.read(manifest.NAME))
        for name in about["tables"]:
            content = source.read(manifest.Table.member(name))
            if name == "people_community":
                content, about["tables"][name]["rows"] = b"", 0
            about["tables"][name]["sha256"] = hashlib.sha256(content).hexdigest()
            target.writestr(manifest.Table.member(name), content)
        for name in about["uploads"]:
            target.writestr(manifest.UPLOADS + name, source.read(manifest.UPLOADS + name))
        target.writestr(manifest.NAME, json.dumps(about))
    done = invoke("restore", "--overwrite", changed)
    assert done.exit_code == 3, done.output
    assert "does not fit" in done.stderr
    with tenancy.across_communities():
        assert Unit.objects.filter(id=school.id).exists()


def test_every_table_of_ours_is_in_a_backup(tmp_path: Path, school: Unit) -> None:
    invoke("backup", tmp_path / "it.backup")
    kept = set(dump(tmp_path / "it.backup")) | snapshot.LEFT_OUT | {"django_migrations", "collegium_cache"}
    assert set(connection.introspection.table_names()) <= kept
