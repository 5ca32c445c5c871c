"""Run a command so that Ctrl-C reaches it and not ``make``: ``python tools/foreground.py COMMAND ...``.

In a terminal Ctrl-C interrupts a whole group of processes. ``make`` is in it, and reports an
interruption as a failure even when the server has ended well. So the command gets the terminal for a
group of its own, and gives it back at its end.
"""

import contextlib
import os
import signal
import subprocess
import sys
from types import FrameType


def main() -> int:
    command = sys.argv[1:]
    if not os.isatty(0):
        os.execvp(command[0], command)
    # Without this, a process that is not in the terminal's group is stopped when it takes the terminal back.
    signal.signal(signal.SIGTTOU, signal.SIG_IGN)
    running = subprocess.Popen(command, process_group=0)

    def pass_on(number: int, _frame: FrameType | None) -> None:
        running.send_signal(number)

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, pass_on)
    ours = os.getpgrp()
    # The command may have ended, or the terminal have been closed, by the time it is handed over.
    with contextlib.suppress(OSError):
        os.tcsetpgrp(0, running.pid)
    try:
        return running.wait()
    finally:
        with contextlib.suppress(OSError):
            os.tcsetpgrp(0, ours)


if __name__ == "__main__":
    sys.exit(main())
