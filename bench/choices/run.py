"""Measures tallies of 100,000 ballots, and prints a table: `python -m bench.choices.run`.

Made-up rankings of 30 options, and ticks for 30 projects under a budget. Processor seconds, because the machine may
have other work. pref_voting, installed into an environment of its own (1 GB; `--without-peer` leaves it out), counts
the same rankings; `--write` lets it and pabutools write anew what the tests compare with.
"""

from __future__ import annotations

import argparse
import csv
import json
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable
from pathlib import Path

import numpy as np

from collegium.decide.files import read
from collegium.science.choices.ballots import Ballots
from collegium.science.choices.budget import equal_shares
from collegium.science.choices.runoff import instant_runoff
from collegium.science.choices.schulze import schulze
from collegium.science.choices.transferable import transferable_vote

HERE = Path(__file__).parent
EXPECTED = HERE.parent.parent / "tests" / "science" / "choices_expected.json"
MOST_SECONDS = 5.0
PEERS = ("pref_voting==1.18.2", "pabutools==1.2.3")


def main() -> None:
    """Measure and tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ballots", type=int, default=100_000)
    parser.add_argument("--options", type=int, default=30)
    parser.add_argument("--without-peer", action="store_true")
    parser.add_argument("--peers-env", type=Path, default=Path(tempfile.gettempdir()) / "collegium-bench-choices")
    parser.add_argument("--write", type=Path, metavar="SHARED", help="the shared data: write choices_expected.json")
    given = parser.parse_args()
    if given.write:
        done = _peer(given.peers_env, "expected", given.write)
        EXPECTED.write_text(_laid_out(json.loads(done)))
        return
    chance = np.random.default_rng(7)
    marks = np.argsort(chance.random((given.ballots, given.options)), axis=1) + 1
    names = [f"option {place}" for place in range(given.options)]
    print(f"{given.ballots:,} ballots, {given.options} options")
    with tempfile.TemporaryDirectory(prefix="collegium-bench-") as folder:
        file = Path(folder) / "ballots.csv"
        with file.open("w", newline="") as stream:
            csv.writer(stream).writerows([names, *marks.tolist()])
        ours = {"read": _measure("read the table", lambda: read(file))}
        ballots = read(file).ballots
        ours["schulze"] = _measure("schulze", lambda: schulze(ballots))
        kept = ours["read"] + ours["schulze"] <= MOST_SECONDS
        print(f"    read and counted in at most {MOST_SECONDS} s: {'kept' if kept else 'MISSED'}")
        ours["instant runoff"] = _measure("instant runoff", lambda: instant_runoff(ballots))
        _measure("transferable vote, 5 places", lambda: transferable_vote(ballots, places=5))
        wants = Ballots.of(names, (chance.random(marks.shape) < 0.3).astype(np.int64))
        costs = chance.integers(1_000, 50_000, given.options).tolist()
        _measure("equal shares", lambda: equal_shares(wants, costs, 200_000))
        if not given.without_peer:
            peer = json.loads(_peer(given.peers_env, "time", file).splitlines()[-1])
            print(f"beside {peer['version']} ({peer['peak_mib']:.0f} MiB)")
            for name, seconds in peer["parts"].items():
                times = seconds / ours[name]
                print(f"    {name:<16} ours {ours[name]:7.2f} s, theirs {seconds:7.2f} s: {times:.1f} times")


def _measure(name: str, work: Callable[[], object]) -> float:
    before = time.process_time()
    work()
    taken = time.process_time() - before
    print(f"    {name:<28} {taken:7.2f} s", flush=True)
    return taken


def _peer(folder: Path, *arguments: str | Path) -> str:
    python = folder / "bin" / "python"
    if not python.exists():
        venv.create(folder, with_pip=True, symlinks=True, clear=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", *PEERS], check=True)
    command = [str(python), str(HERE / "peer.py"), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr[-1000:])
    return done.stdout


def _laid_out(made: dict[str, object]) -> str:
    """One line for each file and each budget, so that a change is seen in a diff."""
    files, budgets = made["preflib"], made["budgets"]
    assert isinstance(files, dict)
    assert isinstance(budgets, list)

    def short(value: object) -> str:
        return json.dumps(value, separators=(",", ":"))

    lines = ",\n".join(f"{json.dumps(name)}: {short(found)}" for name, found in files.items())
    cases = ",\n".join(map(short, budgets))
    return f'{{\n"made by": {json.dumps(made["made by"])},\n"preflib": {{\n{lines}\n}},\n"budgets": [\n{cases}\n]\n}}\n'


if __name__ == "__main__":
    main()
