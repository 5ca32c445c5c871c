"""Measures the import of a large roster on SQLite: `python -m bench.roster.run`.

Each step runs in a process of its own, with the start of Python and Django: wall time, processor time and the most
memory it ever held. The last line says whether preview and apply stay within 60 s and 500 MiB.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bench.roster.generate import Size, write

MOST_SECONDS = 60
MOST_MIB = 500
STEPS = ("migrate", "preview", "apply", "preview again", "undo")


def main() -> None:
    """Make the file, take the steps and tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=Size.people)
    parser.add_argument("--schools", type=int, default=Size.schools)
    parser.add_argument("--version", choices=("1.1", "1.2"), default="1.2")
    parser.add_argument("--step", choices=STEPS, help=argparse.SUPPRESS)
    parser.add_argument("--json", action="store_true", help="print the measurements as JSON")
    given = parser.parse_args()
    if given.step:
        _take(given.step)
        return
    with tempfile.TemporaryDirectory(prefix="collegium-bench-") as folder:
        file = Path(folder) / "roster.zip"
        write(file, Size(people=given.people, schools=given.schools, version=given.version))
        measured = {step: _measure(step, folder) for step in STEPS}
    _tell(measured, given)
    both = [measured["preview"], measured["apply"]]
    if sum(step["wall_s"] for step in both) > MOST_SECONDS or max(step["peak_mib"] for step in both) > MOST_MIB:
        sys.exit(1)


def _measure(step: str, folder: str) -> dict[str, Any]:
    environment = {
        **os.environ,
        "COLLEGIUM_DATA_DIR": folder,
        "COLLEGIUM_DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3",
        "DJANGO_SETTINGS_MODULE": "collegium.site.settings",
    }
    started = time.perf_counter()
    command = [sys.executable, "-m", "bench.roster.run", "--step", step]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr)
    return {"wall_s": round(time.perf_counter() - started, 1), **json.loads(done.stdout.splitlines()[-1])}


def _take(step: str) -> None:
    """Take one step, in this process, and print what it took."""
    import django

    django.setup()
    from collegium.base import tenancy

    with tenancy.across_communities():
        said = _DO[step]()
    used = resource.getrusage(resource.RUSAGE_SELF)
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(json.dumps({
        "cpu_s": round(used.ru_utime + used.ru_stime + children.ru_utime + children.ru_stime, 1),
        "peak_mib": round(used.ru_maxrss / 1024),
        "counts": said,
    }))  # fmt: skip


def _migrate() -> dict[str, Any]:
    from django.core.management import call_command

    from collegium.people.models import Community, Unit

    call_command("migrate", verbosity=0)
    community = Community.objects.create(name="Bench")
    Unit.objects.create(community=community, kind="state", name="The State", slug="the-state")
    return {}


def _preview() -> dict[str, Any]:
    from django.conf import settings

    from collegium.people.actors import operator_of
    from collegium.people.models import Unit
    from collegium.people.services import rosters

    unit = Unit.objects.get(slug="the-state")
    actor, path = operator_of(unit.community_id), Path(settings.DATA_DIR) / "roster.zip"
    started = rosters.start_local_import(actor=actor, unit=unit, source="bench", path=path)
    made = rosters.preview(actor=actor, roster_import=started, report=lambda *_: None, path=path)
    return dict(made.counts["actions"])


def _last() -> Any:
    from collegium.people.actors import operator_of
    from collegium.people.models import RosterImport

    last = RosterImport.objects.latest("created_at")
    return operator_of(last.community_id), last


def _apply() -> dict[str, Any]:
    from collegium.people.services import rosters

    actor, last = _last()
    rosters.apply(actor=actor, roster_import=last, take_roster=False, end_missing=False, report=lambda *_: None)
    return _rows()


def _undo() -> dict[str, Any]:
    from collegium.people.models import RosterImport
    from collegium.people.services import rosters

    actor, _ = _last()
    applied = RosterImport.objects.get(state="applied")
    rosters.undo(actor=actor, roster_import=applied, report=lambda *_: None)
    return _rows()


def _rows() -> dict[str, Any]:
    from collegium.people.models import Person, Post, Unit

    return {model.__name__: model.objects.count() for model in (Unit, Person, Post)}


_DO = {"migrate": _migrate, "preview": _preview, "apply": _apply, "preview again": _preview, "undo": _undo}


def _tell(measured: dict[str, dict[str, Any]], given: argparse.Namespace) -> None:
    if given.json:
        print(json.dumps(measured, indent=2))
        return
    print(f"OneRoster {given.version}, {given.people:,} people in {given.schools:,} schools, SQLite")
    for step, took in measured.items():
        print(
            f"{step:14} {took['wall_s']:6.1f} s {took['cpu_s']:6.1f} s cpu {took['peak_mib']:5} MiB  {took['counts']}"
        )
    total = measured["preview"]["wall_s"] + measured["apply"]["wall_s"]
    peak = max(measured[step]["peak_mib"] for step in ("preview", "apply"))
    print(f"preview and apply: {total:.1f} s (at most {MOST_SECONDS}), {peak} MiB (at most {MOST_MIB})")


if __name__ == "__main__":
    main()
