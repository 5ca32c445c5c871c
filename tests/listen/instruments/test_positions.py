"""The lines of headings and keys, against what the standard reader finds in the same file."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from collegium.listen.instruments.positions import Path, find_positions
from tests.listen.instruments.samples import FULL

AWKWARD = '''
"quoted key" = 1
'single.dotted' . inner = "a # no comment"
text = """a "quote" and ""two""
[not.a.heading]
not = "a key" \\""" """
after = \'\'\'it's ''here\'\'\'\'\'
list = [
  "]", # ]
  { a = "}" },
]
inline = { deep = { er = 1 } }
[a.b]
c = 1
[[a.list]]
x = 1
[a.list.sub]
y = 2
[[a.list]] # second
x = 3
[[a.list.more]]
z = 4
  [ spaced . "out" ]
  last = 1979-05-27T07:32:00Z'''


def paths_of(values: Any, path: Path = ()) -> list[Path]:
    """Every path through a document."""
    inner = values.items() if isinstance(values, dict) else enumerate(values) if isinstance(values, list) else []
    return [path, *(found for key, value in inner for found in paths_of(value, (*path, key)))]


@pytest.mark.parametrize("text", [FULL, AWKWARD, AWKWARD.replace("\n", "\r\n")])
def test_every_key_is_found_in_a_line_that_names_it(text: str) -> None:
    positions = find_positions(text)
    lines = text.splitlines()
    for path in paths_of(tomllib.loads(text)):
        line = lines[positions.line(path) - 1]
        names = [part for part in path if isinstance(part, str)]
        assert not names or any(name in line for name in names), (path, line)


@pytest.mark.parametrize(
    ("path", "beginning"),
    [
        (("quoted key",), '"quoted key"'),
        (("single.dotted", "inner"), "'single.dotted'"),
        (("text",), "text ="),
        (("after",), "after"),
        (("list",), "list"),
        (("list", 1, "a"), "list"),
        (("inline", "deep", "er"), "inline"),
        (("a", "b", "c"), "c = 1"),
        (("a", "list", 0, "x"), "x = 1"),
        (("a", "list", 0, "sub", "y"), "y = 2"),
        (("a", "list", 1, "x"), "x = 3"),
        (("a", "list", 1, "more", 0, "z"), "z = 4"),
        (("a", "list", 1), "[[a.list]] # second"),
        (("spaced", "out", "last"), "  last"),
        (("nowhere",), ""),
    ],
)
def test_each_has_its_own_line(path: Path, beginning: str) -> None:
    assert AWKWARD.splitlines()[find_positions(AWKWARD).line(path) - 1].startswith(beginning)
