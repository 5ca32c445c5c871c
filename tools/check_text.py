"""Refuse committed text that names a package host or a folder of one machine: ``python tools/check_text.py``.

A name of a host would make the build depend on it, and say where the work was done; a path of one
machine helps nobody on another.
"""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Written in pieces, so that this file passes its own check.
PACKAGE_HOSTS = [
    *("pypi" + ".org", "python" + "hosted.org", "npmjs" + ".", "yarnpkg" + ".com", "unpkg" + ".com"),
    *("jsdelivr" + ".net", "cdnjs" + ".", "googleapis" + ".com", "gstatic" + ".com", "crates" + ".io"),
    *("rubygems" + ".org", "anaconda" + ".org", "conda-forge" + ".org", "esm" + ".sh", "skypack" + ".dev"),
]
MACHINE_PATHS = ["/" + folder + "/" for folder in ("work", "root", "Users")]
REFUSED = re.compile(
    "|".join(rf"(?<![\w-]){re.escape(host)}" if host[0].isalnum() else re.escape(host) for host in PACKAGE_HOSTS)
    + "|"
    + "|".join(rf"(?<![\w.}}~*-]){path}" for path in MACHINE_PATHS),
    re.IGNORECASE,
)
# Published files, kept as their authors wrote them.
AS_PUBLISHED = ("src/collegium/site/static/vendor/", "tests/vendor/", "LICENSE")


def main() -> int:
    problems = [problem for path in committed_files() for problem in problems_of(path, read(path))]
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


def committed_files() -> list[str]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True)
    return [path for path in listed.stdout.split("\0") if path and not path.startswith(AS_PUBLISHED)]


def read(path: str) -> str:
    """Return a file's text; a picture or a font has none, and a deleted file is not there."""
    try:
        return (ROOT / path).read_text(encoding="utf-8")
    except (UnicodeDecodeError, FileNotFoundError):
        return ""


def problems_of(path: str, text: str) -> list[str]:
    return [
        f"{path}:{number}: names a package host or a folder of one machine: {found.group()}"
        for number, line in enumerate(text.splitlines(), start=1)
        if (found := REFUSED.search(line))
    ]


if __name__ == "__main__":
    sys.exit(main())
