"""Running the command line as a person does: as a process of its own, with a folder of its own."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psutil

from tests import schema

ROOT = Path(__file__).resolve().parents[2]
DEMOS = ROOT / ".pytest_cache" / "demo"
START_S = 30
STOP_S = 30
MADE_FROM = ("src/collegium/**/*", "requirements-dev.lock", "tests/cli/running.py")
SEED = 11  # of the demo that is kept; without being asked for one, the command takes another
REPLACED = "CREATE TABLE people_community (name, is_demo); INSERT INTO people_community VALUES ('Told before', 1)"


def environment(data_dir: Path, **more: str) -> dict[str, str]:
    """Return an environment with none of the settings of this run but what is given."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("COLLEGIUM_", "DJANGO_"))}
    return {**kept, "COLLEGIUM_DATA_DIR": str(data_dir), "COLLEGIUM_BASE_URL": "http://127.0.0.1:8000", **more}


def run(*args: str, data_dir: Path, typed: str | None = None, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    return subprocess.run(
        [sys.executable, "-m", "collegium", *args],
        env=environment(data_dir, **more),
        input=typed,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def lay_tables(folder: Path, name: str = "collegium.sqlite3") -> Path:
    """Put the tables of a new site into a folder: those that a run has kept or, where none has yet, new ones."""
    if not schema.copy_to(folder / name):
        made = run("people", "communities", data_dir=folder, COLLEGIUM_DATABASE_URL=f"sqlite:///{folder / name}")
        assert made.returncode == 0, made.stderr
    return folder


def copy_demo(folder: Path) -> Path:
    """Put a demo into a folder. Whoever first needs one this day builds it, for both databases' runs and later ones.

    It is built from another seed, in place of a demo that was there: what `--reset --seed` promises.
    """
    DEMOS.mkdir(parents=True, exist_ok=True)
    kept = DEMOS / f"{time.strftime('%Y-%m-%d')}-{schema.digest_of(*MADE_FROM)}"
    with (DEMOS / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            for older in DEMOS.glob("*-*"):
                shutil.rmtree(older)
            with tempfile.TemporaryDirectory(dir=DEMOS) as begun:
                (place := Path(begun) / "demo").mkdir()
                with closing(sqlite3.connect(place / "demo.sqlite3")) as replaced:
                    replaced.executescript(REPLACED)
                done = run("demo", "--reset", "--seed", str(SEED), data_dir=place)
                assert done.returncode == 0, done.stderr
                place.rename(kept)
        for path in kept.glob("*.sqlite3"):
            shutil.copy(path, folder)
    return folder


def free_port() -> int:
    """Return a port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Running:
    """A command that keeps running."""

    def __init__(self, *args: str, data_dir: Path, port: int, **more: str) -> None:
        self.port = port
        self.out, self.err = data_dir / "out.txt", data_dir / "err.txt"
        with self.out.open("w") as out, self.err.open("w") as err:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "collegium", *args, "--port", str(port)],
                env=environment(data_dir, **more),
                stdout=out,
                stderr=err,
                stdin=subprocess.DEVNULL,
                start_new_session=True,  # A group of its own, as in a terminal: Ctrl-C goes to all of it.
            )

    def wait_for(self, text: str) -> str:
        """Return what was printed once it holds the text."""
        until = time.monotonic() + START_S
        while text not in (printed := self.out.read_text()):
            assert self.process.poll() is None, self.err.read_text()
            assert time.monotonic() < until, f"waited for {text!r}, got {printed!r} and {self.err.read_text()!r}"
            time.sleep(0.05)
        return printed

    def get(self, path: str) -> str:
        """Return what the address answers."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as answer:
            content: bytes = answer.read()
            return content.decode()

    def family(self) -> list[psutil.Process]:
        """Return the process and all that it started."""
        parent = psutil.Process(self.process.pid)
        return [parent, *parent.children(recursive=True)]

    def interrupt(self) -> int:
        """Press Ctrl-C and return the exit code."""
        os.killpg(self.process.pid, signal.SIGINT)
        return self.process.wait(STOP_S)


@contextlib.contextmanager
def running(*args: str, data_dir: Path, port: int | None = None, **more: str) -> Iterator[Running]:
    """Run a command for the time of a block, and leave nothing of it behind."""
    command = Running(*args, data_dir=data_dir, port=port or free_port(), **more)
    family: list[psutil.Process] = []
    try:
        yield command
        with contextlib.suppress(psutil.NoSuchProcess):
            family = command.family()
    finally:
        for process in family or [psutil.Process(command.process.pid)] if command.process.poll() is None else []:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        command.process.wait()


def wait_until_gone(processes: list[psutil.Process]) -> list[psutil.Process]:
    """Return those of the processes that still run after a while."""
    alive: list[psutil.Process] = psutil.wait_procs(processes, timeout=STOP_S)[1]
    return alive
