"""Running the site: the app server, and beside it a process for background jobs.

The two end together. Ctrl-C lets both finish what they are at; a second one ends them at once. A process whose parent
was killed notices and stops, so that nothing is left behind.
"""

from __future__ import annotations

import gc
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import connections
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from collegium.cli.console import Exit, Stop, remark

TARGET = "collegium.site.wsgi:application"
THREADS = 8
# Requests that wait for a thread; more are told to come back.
WAITING = 128
GRACE_S = 10
RESTART_AFTER_S = 1.0
FORCED = 130
HEARD = {signal.SIGINT, signal.SIGTERM}


def serve(*, host: str, port: int, processes: int, with_jobs: bool, on_start: Callable[[], None]) -> None:
    """Serve until interrupted; call `on_start` once the address answers."""
    check_port(host, port)
    connections.close_all()  # What forks must not share an open database.
    gc.freeze()  # What is loaded stays, in memory that parent and children share.
    jobs = JobProcess() if with_jobs else None
    server = StoppableServer(
        target=TARGET,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=processes,
        blocking_threads=THREADS,
        backpressure=WAITING,
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=GRACE_S,
        log_level=LogLevels.error,
        log_dictconfig=_logging(),
    )
    server.jobs = jobs
    server.ignores_hangup = signal.getsignal(signal.SIGHUP) == signal.SIG_IGN
    if jobs:
        server.on_startup(jobs.start)
        server.on_shutdown(jobs.stop)
    threading.Thread(target=_call_when_open, args=(host, port, on_start), daemon=True).start()
    server.serve(target_loader=load_application)


def check_port(host: str, port: int) -> None:
    """Stop with words when the port is taken: app servers can share a port, and which one answers would be chance."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Stop(
                f"Port {port} of {host} cannot be used: {error.strerror}.\n"
                f"Is Collegium already running there? Another port: --port {port + 1}"
                f" (with make: make run PORT={port + 1}).",
                Exit.REFUSED,
            ) from error


def load_application(_target: str) -> Any:
    """Return the application, in the process that will serve it."""
    from multiprocessing import parent_process

    signal.pthread_sigmask(signal.SIG_BLOCK, HEARD)
    threading.Thread(target=_hear_one_signal, daemon=True).start()
    if parent := parent_process():
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()
    from collegium.site.wsgi import application

    return application


def _hear_one_signal() -> None:
    """Stop at the first SIGTERM, and once.

    A Ctrl-C reaches every process of a terminal, and a service manager may tell all of them too; but only the parent
    knows when to stop. Two signals at the same moment, in the app server's own way of hearing them, would leave its
    loop waiting for itself.
    """
    while signal.sigwait(HEARD) != signal.SIGTERM:
        pass
    stop = signal.getsignal(signal.SIGTERM)
    if callable(stop):
        stop(signal.SIGTERM, None)


def _end_with(sentinel: int) -> None:
    from multiprocessing.connection import wait

    wait([sentinel])
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE_S)
    os._exit(1)


def _call_when_open(host: str, port: int, on_start: Callable[[], None]) -> None:
    reachable = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 not bound here, only understood
    while True:
        try:
            with socket.create_connection((reachable, port), timeout=1):
                break
        except OSError:
            time.sleep(0.02)
    on_start()


def _logging() -> dict[str, Any]:
    ours: dict[str, Any] = settings.LOGGING
    loggers = {"_granian": {"handlers": ["stderr"], "level": "ERROR", "propagate": False}}
    return {**ours, "loggers": {**ours["loggers"], **loggers}}


class StoppableServer(Server):  # type: ignore[valid-type, misc] # chosen by the build of Python
    """The app server with a second Ctrl-C that does not wait, and an end when its terminal is closed."""

    jobs: JobProcess | None = None
    ignores_hangup = False

    def signal_handler_interrupt(self, *args: Any, **kwargs: Any) -> None:
        """Stop: first with patience, then without."""
        if self.jobs:
            self.jobs.is_stopping = True
        if not self.interrupt_signal:
            super().signal_handler_interrupt(*args, **kwargs)
            return
        for worker in self.wrks:
            worker.kill()
        if self.jobs:
            self.jobs.kill()
        os._exit(FORCED)

    def signal_handler_reload(self, *args: Any, **kwargs: Any) -> None:
        """Stop when the terminal is closed, unless started to outlive it (nohup)."""
        if not self.ignores_hangup:
            self.signal_handler_interrupt(*args, **kwargs)


class JobProcess:
    """`collegium jobs work` beside the server, started again should it die."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self.is_stopping = False

    def start(self) -> None:
        """Start it and keep it running."""
        self._launch()
        threading.Thread(target=self._keep, daemon=True).start()

    def _launch(self) -> None:
        # It begins deaf to Ctrl-C, which is ours to hear. It ends when its standard input does, and so when we end,
        # however that happens.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        self._process = subprocess.Popen(
            [sys.executable, "-m", "collegium", "jobs", "work", "--until-input-ends"], stdin=subprocess.PIPE
        )
        signal.pthread_sigmask(signal.SIG_SETMASK, before)

    def _keep(self) -> None:
        while self._process:
            code = self._process.wait()
            time.sleep(RESTART_AFTER_S)
            if self.is_stopping:
                return
            remark(f"The process for background jobs ended with {code}; starting it again.")
            self._launch()

    def stop(self) -> None:
        """Let the running job finish for a while, then end it: a job that was cut short starts again next time."""
        self.is_stopping = True
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(GRACE_S)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self) -> None:
        """End it now."""
        self.is_stopping = True
        if self._process:
            self._process.kill()
            self._process.wait()
