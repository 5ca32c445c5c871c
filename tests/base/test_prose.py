"""What people write as Markdown comes out clean, whatever they write."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegium.base import prose
from collegium.base.errors import Invalid

TAG = re.compile(r"<(/?)(\w+)([^>]*)>")
ALLOWED = set(prose._TAGS)


def test_what_people_write_is_drawn() -> None:
    drawn = prose.to_html("We **listen**.\n\n- first\n- second\n\n[Plan](https://school.example/plan)")
    assert "<strong>listen</strong>" in drawn
    assert "<li>second</li>" in drawn
    assert 'href="https://school.example/plan"' in drawn
    assert 'rel="nofollow noopener noreferrer"' in drawn


def test_headings_begin_under_those_of_the_page() -> None:
    assert "<h3>Why</h3>" in prose.to_html("# Why")
    assert "<h6>Why</h6>" in prose.to_html("###### Why")


@pytest.mark.parametrize(
    "written",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "![x](https://elsewhere.example/spy.png)",
        '<a href="x" onclick="alert(1)">x</a>',
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "<svg><script>alert(1)</script></svg>",
        "<p style='position:fixed'>x</p>",
    ],
)
def test_nothing_that_runs_or_fetches_comes_through(written: str) -> None:
    drawn = str(prose.to_html(written))
    for _closing, name, attributes in TAG.findall(drawn):
        assert name in ALLOWED
        assert not re.search(r"javascript:|data:|\son\w+=|style=|src=", attributes)


@given(st.text(max_size=200))
def test_any_text_at_all_comes_out_clean(written: str) -> None:
    drawn = str(prose.to_html(written))
    assert {name for _closing, name, _rest in TAG.findall(drawn)} <= ALLOWED
    assert "\0" not in drawn
    assert prose.to_plain(written) == prose.to_plain(written).strip()


def test_the_words_alone_are_for_mail_and_sheets() -> None:
    assert prose.to_plain("# Why\n\nWe **care** & share.\n\n- one\n- two") == "Why\nWe care & share.\none\ntwo"
    assert prose.to_plain("5 < 6 > 4") == "5 < 6 > 4"


def test_one_line_is_cut_between_words() -> None:
    assert prose.to_line("Every pupil reads\nfor pleasure", limit=40) == "Every pupil reads for pleasure"
    assert prose.to_line("Every pupil reads for pleasure", limit=15) == "Every pupil …"
    assert prose.to_plain("") == prose.to_line("") == ""


def test_a_text_is_kept_tidy_and_never_cut() -> None:
    assert prose.tidy(" e\u0301\r\nb\rc\0  d \n") == "\u00e9\nb\nc  d"
    assert prose.tidy("x" * 20, limit=20) == "x" * 20
    with pytest.raises(Invalid, match="text_too_long"):
        prose.tidy("x" * 21, limit=20)
