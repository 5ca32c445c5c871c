"""Compare app servers on the same pages: ``python bench/server/run.py``.

Prints for each server how soon it answers, how many pages a second it serves to eight readers, how much memory its
processes use, and how it stops. Granian is in the lock; the others are measured when they are installed
(``pip install gunicorn waitress`` in an environment of your own).
"""

from __future__ import annotations

import http.client
import importlib.util
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import psutil

APPLICATION = "collegium.site.wsgi:application"
THREADS, READERS, REQUESTS, ROUNDS = 8, 8, 2000, 3
PAGES = ("/healthz", "/account/login/")


def commands(port: int) -> dict[str, list[str]]:
    """Return how each server is started."""
    address = f"127.0.0.1:{port}"
    granian = ["granian", "--interface", "wsgi", "--port", str(port), "--blocking-threads", str(THREADS), "--no-ws"]
    return {
        "granian": [*granian, "--log-level", "error", APPLICATION],
        "gunicorn": ["gunicorn", "-k", "gthread", "--threads", str(THREADS), "-b", address, "--preload", APPLICATION],
        "waitress": ["waitress", "--listen", address, "--threads", str(THREADS), APPLICATION],
    }


def measure(name: str, command: list[str], port: int, folder: Path) -> str:
    """Start one server, read pages from it, stop it, and say how that went."""
    environment = {**os.environ, "COLLEGIUM_DATA_DIR": str(folder), "COLLEGIUM_LOG_LEVEL": "ERROR"}
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", *command], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    while not answers(port):
        time.sleep(0.01)
    start = time.perf_counter() - began
    rates = [f"{page} {read(port, page):.0f}/s" for page in PAGES]
    family = [psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)]
    memory = sum(one.memory_full_info().pss for one in family) / 1e6
    began = time.perf_counter()
    process.send_signal(signal.SIGINT)
    code = process.wait(30)
    stop = time.perf_counter() - began
    left = len(psutil.wait_procs(family, timeout=5)[1])
    return (
        f"{name:<9} start {start:.2f} s  {'  '.join(rates)}  memory {memory:.0f} MB"
        f"  stop {stop:.2f} s (exit {code}, left behind {left})"
    )


def answers(port: int) -> bool:
    """Say whether the server answers yet."""
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        connection.request("GET", "/healthz")
        return connection.getresponse().status == http.HTTPStatus.OK
    except OSError:
        return False


def read(port: int, page: str) -> float:
    """Return how many pages a second eight readers get."""

    def one() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port)
        for _ in range(REQUESTS // READERS):
            connection.request("GET", page)
            connection.getresponse().read()

    readers = [threading.Thread(target=one) for _ in range(READERS)]
    began = time.perf_counter()
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    return REQUESTS / (time.perf_counter() - began)


def main() -> None:
    """Measure every server that is installed."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "collegium.site.settings"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        subprocess.run(
            [sys.executable, "-m", "collegium", "demo"],
            env={**os.environ, "COLLEGIUM_DATA_DIR": name},
            stdout=subprocess.DEVNULL,
            check=True,
        )
        os.environ["COLLEGIUM_DATABASE_URL"] = f"sqlite:///{folder}/demo.sqlite3"
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        for server, command in commands(port).items():
            if importlib.util.find_spec(server) is None:
                print(f"{server:<9} not installed")
                continue
            for _ in range(ROUNDS):
                print(measure(server, command, port, folder), flush=True)


if __name__ == "__main__":
    main()
