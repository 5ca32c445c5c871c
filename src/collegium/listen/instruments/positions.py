"""Where in a TOML file things stand. The standard reader does not say; a writer of a file needs to know.

This reads no values. It follows headings, keys and what opens and closes, in a file that is already known to be
TOML. What stands inside a list or an inline table has the line of the key that holds it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

Path = tuple[str | int, ...]

_KEY_PART = re.compile(r"""\s*(?:([A-Za-z0-9_-]+)|"((?:[^"\\]|\\.)*)"|'([^']*)')\s*""")
_STRING = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""(?:"{1,2}(?!"))?'
    r"|'''(?:[^']|'(?!''))*'''(?:'{1,2}(?!'))?"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'",
    re.DOTALL,
)


class Positions:
    """The line of every heading and key."""

    def __init__(self, lines: Mapping[Path, int]) -> None:
        self._lines = lines

    def line(self, path: Path) -> int:
        """The line of what `path` leads to, or of the nearest thing around it."""
        while path and path not in self._lines:
            path = path[:-1]
        return self._lines.get(path, 1)


def find_positions(text: str) -> Positions:
    """Look through a whole file."""
    return Positions(_Scanner(text).scan())


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text.replace("\r\n", "\n")
        self.place = 0
        self.number = 1
        self.found: dict[Path, int] = {}
        self.counts: dict[Path, int] = {}

    def scan(self) -> dict[Path, int]:
        heading: Path = ()
        while self.place < len(self.text):
            letter = self.text[self.place]
            if letter in " \t\n":
                self._advance(self.place + 1)
            elif letter == "#":
                self._skip_line()
            elif letter == "[":
                heading = self._heading()
            else:
                self._key(heading)
        return self.found

    def _advance(self, place: int) -> None:
        self.number += self.text.count("\n", self.place, place)
        self.place = place

    def _skip_line(self) -> None:
        end = self.text.find("\n", self.place)
        self._advance(len(self.text) if end < 0 else end)

    def _heading(self) -> Path:
        doubled = self.text.startswith("[[", self.place)
        self._advance(self.place + (2 if doubled else 1))
        parts = self._parts()
        path: Path = ()
        for part in parts[:-1]:
            self._note((*path, part))
            path = self._inside((*path, part))
        path = (*path, *parts[-1:])
        if doubled:
            self.counts[path] = self.counts.get(path, -1) + 1
            self.found.setdefault(path, self.number)
            path = (*path, self.counts[path])
        self._note(path)
        self._skip_line()
        return path

    def _inside(self, path: Path) -> Path:
        """A heading below a list of tables speaks of the last of them."""
        return (*path, self.counts[path]) if path in self.counts else path

    def _key(self, heading: Path) -> None:
        parts = self._parts()
        for length in range(1, len(parts) + 1):
            self._note((*heading, *parts[:length]))
        self._value()

    def _note(self, path: Path) -> None:
        self.found.setdefault(path, self.number)

    def _parts(self) -> list[str]:
        parts: list[str] = []
        while found := _KEY_PART.match(self.text, self.place):
            parts.append(next(part for part in found.groups() if part is not None))
            self._advance(found.end())
            if not self.text.startswith(".", self.place):
                break
            self._advance(self.place + 1)
        if not parts:
            self._skip_line()
        return parts

    def _value(self) -> None:
        """Go to the end of the line on which the value ends."""
        depth = 0
        while self.place < len(self.text):
            letter = self.text[self.place]
            if letter == "\n" and depth <= 0:
                return
            if letter == "#":
                self._skip_line()
            elif found := _STRING.match(self.text, self.place):
                self._advance(found.end())
            else:
                depth += (letter in "[{") - (letter in "]}")
                self._advance(self.place + 1)
