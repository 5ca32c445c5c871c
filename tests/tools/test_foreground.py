"""Ctrl-C ends the server and leaves `make` nothing to complain about; a request to end is passed on."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SERVER = """
import signal
requests = {signal.SIGINT, signal.SIGTERM}
signal.pthread_sigmask(signal.SIG_BLOCK, requests)
print("ready", flush=True)
signal.sigwait(requests)
print("ended well", flush=True)
"""
IN_TERMINAL = """
import os, sys
os.login_tty(int(sys.argv[1]))
os.execvp("make", ["make", "-C", sys.argv[2], "--no-print-directory", "run"])
"""
MAKEFILE = "run:\n\t@exec {python} {tool} {python} server.py\n"


def read_until(terminal: int, word: bytes) -> bytes:
    said = b""
    while word not in said:
        said += os.read(terminal, 4096)
    return said


@pytest.mark.parametrize("end", ["ctrl-c", "terminate"])
def test_the_server_ends_well(tmp_path: Path, end: str) -> None:
    (tmp_path / "server.py").write_text(SERVER, encoding="utf-8")
    makefile = MAKEFILE.format(python=sys.executable, tool=ROOT / "tools/foreground.py")
    (tmp_path / "Makefile").write_text(makefile, encoding="utf-8")
    terminal, its_end = pty.openpty()
    process = subprocess.Popen([sys.executable, "-c", IN_TERMINAL, str(its_end), str(tmp_path)], pass_fds=[its_end])
    os.close(its_end)
    read_until(terminal, b"ready")
    if end == "ctrl-c":
        os.write(terminal, b"\x03")
    else:
        process.terminate()
    said = read_until(terminal, b"ended well")
    status = process.wait()
    os.close(terminal)
    assert b"Error" not in said
    assert b"***" not in said
    if end == "ctrl-c":
        assert status == 0
