"""Whatever is uploaded, the reader gives ties or raises UnreadableTies, and nothing else."""

from __future__ import annotations

import contextlib
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from collegium.connect import files
from collegium.connect.files import UnreadableTies

SEEDS = [
    b"from,to,weight\nann,ben,1\nben,ann,2\n",
    b",ann,ben\nann,0,1\nben,1,0\n",
    b"0,1\n1,0\n",
    (
        b'<graphml><key id="w" for="edge" attr.name="weight"/><graph><node id="a"/><node id="b"/>'
        b'<edge source="a" target="b"><data key="w">1</data></edge></graph></graphml>'
    ),
]
NASTY = [b'"', b",", b"\n", b"\0", b"\xff\xfe", b"<", b">", b"&", b"=", b"\x80", b"<!DOCTYPE x>", b"1e999", b"'"]


@settings(max_examples=100)
@given(st.sampled_from(SEEDS), st.lists(st.tuples(st.integers(0, 200), st.sampled_from(NASTY)), max_size=6))
def test_broken_files_are_read_or_refused(seed: bytes, cuts: list[tuple[int, bytes]]) -> None:
    content = seed
    for at, piece in cuts:
        content = content[: at % (len(content) + 1)] + piece + content[(at % (len(content) + 1)) + at % 2 :]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ties.csv"
        path.write_bytes(content)
        with contextlib.suppress(UnreadableTies):
            found = files.read(path)
            places = range(len(found.people))
            assert all(t.source in places and t.target in places and t.source != t.target for t in found.ties)
            assert all(t.weight is None or 0 < t.weight < float("inf") for t in found.ties)
