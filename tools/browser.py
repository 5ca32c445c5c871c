"""Find a Chromium for the browser tests, or get one: ``python tools/browser.py``.

Tried in turn: the one named by COLLEGIUM_TEST_BROWSER, one that is installed, Debian's package where
we may install packages, and Playwright's own download.
"""

import functools
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

# The first is the same Chromium without the windows that nobody looks at: it takes half the processor time.
WITHOUT_WINDOWS = "chromium-headless-shell"
NAMES = (WITHOUT_WINDOWS, "chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
MAC_APPLICATIONS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
HOW_TO_GET_ONE = """The browser tests need Chromium, and it could not be found or fetched. One of these helps:
    sudo apt-get install chromium-headless-shell        (Debian)
    .venv/bin/python -m playwright install chromium     (anywhere with a network)
    export COLLEGIUM_TEST_BROWSER=/path/to/chrome       (one that you have)
Then run the same command again."""


def main() -> int:
    if browser := find() or install_package() or download():
        print(f"Browser for the tests: {browser}")
        return 0
    print(HOW_TO_GET_ONE, file=sys.stderr)
    return 1


@functools.cache
def find() -> str | None:
    """Return the path of a Chromium that starts, or None."""
    return next((path for path in candidates() if starts(path)), None)


def candidates() -> Iterator[str]:
    if named := os.environ.get("COLLEGIUM_TEST_BROWSER"):
        yield named
        return  # Who names a browser wants that one, not another.
    for name in NAMES:
        if path := shutil.which(name):
            yield path
    yield from MAC_APPLICATIONS
    yield from downloaded()


def downloaded() -> Iterator[str]:
    """Yield Playwright's own browser, if it was fetched before."""
    command = "from playwright.sync_api import sync_playwright as p\nwith p() as it: print(it.chromium.executable_path)"
    asked = subprocess.run([sys.executable, "-c", command], check=False, capture_output=True, text=True)
    yield from asked.stdout.split("\n")[:1]


def starts(path: str) -> bool:
    """Some systems put a command in place that only says what else to install: ask for the version."""
    if not Path(path).is_file():
        return False
    asked = subprocess.run([path, "--version"], check=False, capture_output=True, text=True, timeout=60)
    return asked.returncode == 0 and any(char.isdigit() for char in asked.stdout)


def install_package() -> str | None:
    """Install Debian's package where that needs no password."""
    if not shutil.which("apt-get") or os.environ.get("COLLEGIUM_TEST_BROWSER"):
        return None
    may = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if may and (
        not shutil.which("sudo") or subprocess.run([*may, "true"], check=False, capture_output=True).returncode
    ):
        return None
    print("Installing Chromium with apt-get; this takes a minute.", flush=True)
    for step in (
        ["update", "-qq"],
        ["install", "-y", "-qq", "--no-install-recommends", WITHOUT_WINDOWS, "fonts-liberation"],
    ):
        command = [*may, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", *step]
        if subprocess.run(command, check=False, stdout=subprocess.DEVNULL).returncode:
            return None
    find.cache_clear()
    return find()


def download() -> str | None:
    if os.environ.get("COLLEGIUM_TEST_BROWSER"):
        return None
    print("Fetching Playwright's Chromium; this takes a minute.", flush=True)
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    find.cache_clear()
    return find()


if __name__ == "__main__":
    sys.exit(main())
