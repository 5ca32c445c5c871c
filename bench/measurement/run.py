"""Measures the complete analysis of a survey, and prints a table: `python -m bench.measurement.run`.

Synthetic answers (see `generate`): 60 items in 8 scales, 5 in 100 missing, schools of 50. The analysis is moments,
alpha, omega, ICC, rwg(j), the estimates of all schools and scales, and atoms. Each figure is the median of several
processes, each of which has loaded its libraries before the clock starts; processor seconds tell more than the clock
where the machine has other work. Peers (pandas, pingouin, statsmodels) are installed here into an environment of their
own, and R is measured where Rscript is found with psych, multilevel and lme4.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import venv
from pathlib import Path
from typing import Any

from bench.measurement.generate import write
from bench.measurement.plot import draw

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
MOST_SCANS, MOST_MIB, LEAST_FASTER, MOST_MS = 3, 1024, 30, 50
PEERS = ("pandas<3", "pyarrow", "pingouin", "statsmodels")
SAME = 1e-6


def main() -> None:
    """Measure and tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[300, 10_000, 100_000, 1_000_000, 10_000_000])
    parser.add_argument("--engines", nargs="+", default=["numpy", "duckdb"], help="numpy, duckdb, spark")
    parser.add_argument("--peers-at", type=int, default=100_000, help="sheets; 0 leaves the peers out")
    parser.add_argument("--peers-env", type=Path, default=Path(tempfile.gettempdir()) / "collegium-bench-peers")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--svg", type=Path, help="draw time against sheets into this file")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="collegium-bench-") as folder:
        measured = [row for sheets in given.sizes for row in _size(Path(folder), sheets, given)]
        if given.peers_at:
            _peers(Path(folder), given)
    if given.svg:
        given.svg.write_text(draw(measured), encoding="utf-8")


def _size(folder: Path, sheets: int, given: argparse.Namespace) -> list[dict[str, Any]]:
    """Measure one size with every engine; scan and analysis in turns, so that both meet the same machine."""
    file = write(folder / f"{sheets}.parquet", sheets)
    rows = []
    for engine in given.engines:
        runs: dict[str, list[dict[str, Any]]] = {"scan": [], "analyse": []}
        for _ in range(given.repeat):
            for what, taken in runs.items():
                taken.append(_one(what, engine, file))
        row = {what: _median(taken) for what, taken in runs.items()}
        rows.append({"sheets": sheets, "engine": engine, **row})
        scan, whole = row["scan"], row["analyse"]
        print(
            f"{sheets:>10,} sheets  {engine:<7} scan {scan['wall_s']:8.3f} s ({scan['cpu_s']:7.3f} cpu)  "
            f"analysis {whole['wall_s']:8.3f} s ({whole['cpu_s']:7.3f} cpu), {whole['peak_mib']:5.0f} MiB  "
            f"{whole['wall_s'] / scan['wall_s']:5.2f} scans ({whole['cpu_s'] / scan['cpu_s']:5.2f} by cpu)",
            flush=True,
        )
    file.unlink()
    return rows


def _one(what: str, engine: str, file: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.measurement.one", what, engine, str(file)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _median(runs: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        **{name: statistics.median(run[name] for run in runs) for name in ("wall_s", "cpu_s", "peak_mib")},
        "found": runs[0]["found"],
    }


def _peers(folder: Path, given: argparse.Namespace) -> None:
    """Measure the peers on the same file, and compare what they find."""
    from pyarrow import csv, parquet

    file = write(folder / "peers.parquet", given.peers_at)
    ours = _median([_one("analyse", "numpy", file) for _ in range(given.repeat)])
    commands = {"pandas": [str(_environment(given.peers_env)), str(HERE / "peer.py"), str(file)]}
    if shutil.which("Rscript"):
        csv.write_csv(parquet.read_table(file), folder / "peers.csv")
        commands["R"] = ["Rscript", str(HERE / "peer.R"), str(folder / "peers.csv")]
    else:
        print("R is not here: apt-get install r-base-core r-cran-psych r-cran-multilevel r-cran-lme4")
    own = (ours["wall_s"], ours["cpu_s"])
    print(f"{given.peers_at:,} sheets: ours {own[0]:.3f} s ({own[1]:.3f} cpu), {ours['peak_mib']:.0f} MiB", flush=True)
    for name, command in commands.items():
        out = folder / f"{name}.json"
        done = subprocess.run([*command, str(out)], capture_output=True, text=True, check=False)
        if done.returncode:
            print(f"{name}: not measured: {done.stderr.strip()[-300:]}")
            continue
        peer = json.loads(out.read_text(encoding="utf-8"))
        print(
            f"  {peer['versions']}: {peer['wall_s']:.1f} s ({peer['cpu_s']:.1f} cpu), "
            f"{peer['wall_s'] / own[0]:.0f} times ours ({peer['cpu_s'] / own[1]:.0f} by cpu); "
            f"reading, not counted, {peer['reading_s']:.1f} s"
        )
        _compare(ours["found"]["scales"], peer["scales"])


def _compare(ours: dict[str, Any], theirs: list[dict[str, float]]) -> None:
    """Say how far apart the results are, in the scale where they are furthest."""
    for number in theirs[0]:
        pairs = [
            (mine["first_schools"][0] if number == "first_school" else mine[number], other[number])
            for mine, other in zip(ours.values(), theirs, strict=True)
        ]
        apart = max(abs(mine - other) / abs(other) for mine, other in pairs)
        print(f"    {number:<13} {'same' if apart < SAME else 'differs'}, at most {apart:.1e} apart")


def _environment(folder: Path) -> Path:
    """Install the peers, once, and return their Python."""
    python = folder / "bin" / "python"
    if subprocess.run([str(python), "-c", "import pingouin, statsmodels"], check=False, capture_output=True).returncode:
        venv.create(folder, with_pip=True, symlinks=True, clear=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", *PEERS], check=True)
    return python


if __name__ == "__main__":
    main()
