"""Reads an instrument from its file, or says in plain words and line by line why it cannot."""

from __future__ import annotations

import re
import tomllib
from typing import Any

from collegium.listen.instruments import limits
from collegium.listen.instruments.building import build
from collegium.listen.instruments.model import Instrument
from collegium.listen.instruments.positions import Positions, find_positions
from collegium.listen.instruments.problems import InstrumentProblems, Problem, ProblemCode

# What a key may consist of, dots and all; other signs end it.
_KEY_LIKE = re.compile(r"""[\w."' \t-]+""")
_AT = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)\s*$")


def read(content: bytes | str) -> Instrument:
    """The instrument that a file holds. Raises InstrumentProblems with everything that is wrong with it."""
    return build(*parse(content))


def parse(content: bytes | str) -> tuple[dict[str, Any], Positions]:
    """What a file written as TOML holds, and where in it each thing stands. Raises InstrumentProblems."""
    text = decode(content)
    return _parsed(text), find_positions(text)


def decode(content: bytes | str) -> str:
    """The text of a file, with line ends as we write them. Raises InstrumentProblems where it is no text."""
    if len(content) > limits.MOST_BYTES:
        raise _one(1, ProblemCode.TOO_LARGE, limit=limits.MOST_BYTES // 1024)
    if isinstance(content, bytes):
        encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
        try:
            content = content.decode(encoding)
        except UnicodeDecodeError:
            raise _one(1, ProblemCode.NOT_TEXT) from None
    content = content.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if not content.strip():
        raise _one(1, ProblemCode.EMPTY)
    for number, line in enumerate(content.split("\n"), 1):
        # Beside what it does to a reader: TOML lets one line hold thousands of nested tables.
        if len(line) > limits.LONGEST_LINE:
            raise _one(number, ProblemCode.LONG_LINE, limit=limits.LONGEST_LINE)
        if line.count(".") > limits.LONGEST_DOTTED_KEY and _has_long_key(line):
            raise _one(number, ProblemCode.SYNTAX, reason="a key has too many parts")
    return content


def _has_long_key(line: str) -> bool:
    """Whether a key has so many parts that the standard reader would take minutes over it."""
    for found in _KEY_LIKE.finditer(line):
        length = 0
        for part in found.group().split("."):
            name = part.strip()
            length = length + 1 if name and " " not in name else 0
            if length > limits.LONGEST_DOTTED_KEY:
                return True
    return False


def _parsed(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise _one(1, ProblemCode.SYNTAX, reason="lists or tables are nested too deeply") from None
    except ValueError as error:  # tomllib's own error is one, and so is a number of too many digits
        said = str(error)
        found = _AT.search(said)
        line = text.count("\n") + (not text.endswith("\n")) if found and not found[1] else int(found[1]) if found else 1
        raise _one(line, ProblemCode.SYNTAX, reason=_AT.sub("", said).rstrip(".")) from None


def _one(line: int, code: ProblemCode, **data: object) -> InstrumentProblems:
    return InstrumentProblems((Problem(line, "", code, {name: str(value) for name, value in data.items()}),))
