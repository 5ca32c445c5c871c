"""Measures what is worked out of ties, and prints a table: `python -m bench.networks.run`.

Synthetic staffs (see `generate`): schools of 40, five ties a person, most of them inside. Each figure is the median of
several processes and counts processor seconds, because the machine may have other work. The same run measures plain
calls of igraph and networkx (installed here into an environment of its own) on the same ties, in turns with ours, and
says how they compare with the targets.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import venv
from pathlib import Path
from typing import Any

from bench.networks.generate import write

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
SMALL, LARGE = (433, 1540), (10_000, 50_000)
MOST_SECONDS = {SMALL: 0.3, LARGE: 20.0}
MOST_MIB, LEAST_FASTER, MOST_SLOWER = 400, 30, 1.3


def main() -> None:
    """Measure and tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument(
        "--networkx-at", type=int, default=2000, help="people; 0 leaves networkx out; 10,000 take minutes"
    )
    parser.add_argument("--peers-env", type=Path, default=Path(tempfile.gettempdir()) / "collegium-bench-networkx")
    parser.add_argument("--largest", type=int, default=0, help="people of one more page, such as 100000")
    given = parser.parse_args()
    for size in (SMALL, LARGE):
        _page(size, given.repeat)
    for size in (SMALL, LARGE):
        _beside_igraph(size, given.repeat)
    if given.networkx_at:
        _beside_networkx(given.networkx_at, given)
    _tell("chance", SMALL, given.repeat)
    _tell("layout", SMALL, given.repeat)
    _tell("layout", (5_000, 25_000), given.repeat)
    if given.largest:
        _tell("page", (given.largest, 5 * given.largest), 1)


def _page(size: tuple[int, int], repeat: int) -> None:
    found = _tell("page", size, repeat)
    kept = found["cpu_s"] <= MOST_SECONDS[size] and found["peak_mib"] <= MOST_MIB
    print(f"    at most {MOST_SECONDS[size]} s and {MOST_MIB} MiB: {'kept' if kept else 'MISSED'}", flush=True)


def _beside_igraph(size: tuple[int, int], repeat: int) -> None:
    runs = [(_one("shared", size), _one("igraph", size)) for _ in range(repeat)]
    ours, plain = (_median([run[which] for run in runs]) for which in (0, 1))
    ratio = ours["cpu_s"] / plain["cpu_s"]
    print(
        f"{_named(size)}  beside plain igraph: ours {ours['cpu_s']:.3f} s, igraph {plain['cpu_s']:.3f} s, "
        f"{ratio:.2f} times; at most {MOST_SLOWER}: {'kept' if ratio <= MOST_SLOWER else 'MISSED'}"
    )
    _table(ours["parts"], plain["parts"])


def _beside_networkx(people: int, given: argparse.Namespace) -> None:
    size = (people, 5 * people)
    python = _environment(given.peers_env)
    with tempfile.TemporaryDirectory(prefix="collegium-bench-") as folder:
        file = write(Path(folder) / "ties.csv", *size)
        ours = _median([_one("shared", size) for _ in range(given.repeat)])
        done = subprocess.run(
            [str(python), str(HERE / "peer.py"), str(file)], capture_output=True, text=True, check=False
        )
        if done.returncode:
            print(f"networkx: not measured: {done.stderr.strip()[-300:]}")
            return
    peer = json.loads(done.stdout.splitlines()[-1])
    ratio = peer["cpu_s"] / ours["cpu_s"]
    print(
        f"{_named(size)}  beside {peer['version']}: ours {ours['cpu_s']:.3f} s, theirs {peer['cpu_s']:.1f} s, "
        f"{ratio:.0f} times; at least {LEAST_FASTER}: {'kept' if ratio >= LEAST_FASTER else 'MISSED'}"
    )
    _table(ours["parts"], peer["parts"])


def _table(ours: dict[str, float], theirs: dict[str, float]) -> None:
    for name, own in ours.items():
        print(f"    {name:<16} {own:9.4f} s {theirs[name]:9.4f} s")
    sys.stdout.flush()


def _tell(what: str, size: tuple[int, int], repeat: int) -> dict[str, Any]:
    found = _median([_one(what, size) for _ in range(repeat)])
    slowest = sorted(found["parts"].items(), key=lambda part: -part[1])[:6]
    parts = ", ".join(f"{name} {seconds:.3f}" for name, seconds in slowest)
    print(f"{_named(size)}  {what}: {found['cpu_s']:.3f} s, {found['peak_mib']:.0f} MiB ({parts})", flush=True)
    return found


def _named(size: tuple[int, int]) -> str:
    return f"{size[0]:>7,} people {size[1]:>8,} ties"


def _one(what: str, size: tuple[int, int]) -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.networks.one", what, *map(str, size)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _median(runs: list[dict[str, Any]]) -> dict[str, Any]:
    parts = {name: statistics.median(run["parts"][name] for run in runs) for name in runs[0]["parts"]}
    peak = statistics.median(run["peak_mib"] for run in runs)
    return {"cpu_s": statistics.median(run["cpu_s"] for run in runs), "peak_mib": peak, "parts": parts}


def _environment(folder: Path) -> Path:
    """Install networkx, once, and return its Python."""
    python = folder / "bin" / "python"
    if not python.exists() or subprocess.run([str(python), "-c", "import networkx, scipy"], check=False).returncode:
        venv.create(folder, with_pip=True, symlinks=True, clear=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", "networkx", "scipy"], check=True)
    return python


if __name__ == "__main__":
    main()
