"""Every rule finds what it is there to find, and lets good work pass."""

from __future__ import annotations

import pytest

from tests.architecture import rules

VIEW = "src/collegium/people/views/units.py"
SERVICE = "src/collegium/people/services/units.py"
MODEL = "src/collegium/people/models/units.py"


def function_of(lines: int) -> str:
    return 'def f():\n    """Say."""\n' + "    pass\n" * lines


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("src/collegium/listen/queries/pulses.py", 1),
        ("src/collegium/guide/services/all.py", 1),
        ("src/collegium/listen/answers/reading.py", 0),
    ],
)
def test_a_look_at_single_answers_is_found(path: str, found: int) -> None:
    assert len(rules.answers_read_elsewhere(path, "from collegium.listen.models import Pulse, Sheet\n")) == found
    assert rules.answers_read_elsewhere(path, "from collegium.listen.models import Pulse\n") == []


def test_a_look_at_secret_ballots_is_found() -> None:
    line = "from collegium.decide.models import Poll, SecretBallot\n"
    assert len(rules.ballots_read_elsewhere("src/collegium/decide/services/voting.py", line)) == 1
    assert rules.ballots_read_elsewhere("src/collegium/decide/ballots/boxes.py", line) == []
    line = "from collegium.guide.models.reviews import JudgementBox, Seat\n"
    assert len(rules.ballots_read_elsewhere("src/collegium/guide/services/judging.py", line)) == 1
    assert rules.ballots_read_elsewhere("src/collegium/guide/judgements/__init__.py", line) == []


def test_a_long_file_is_found() -> None:
    assert rules.file_too_long("a.py", "\n" * 501) == ["a.py: 501 lines, at most 500"]
    assert rules.file_too_long("a.py", "\n" * 500) == []


@pytest.mark.parametrize(("path", "limit"), [("a.py", 60), (VIEW, 30), ("src/collegium/site/views.py", 30)])
def test_a_long_function_is_found(path: str, limit: int) -> None:
    assert rules.function_too_long(path, function_of(limit + 1)) == [
        f"{path}:1: f has {limit + 1} lines, at most {limit}"
    ]
    assert rules.function_too_long(path, function_of(limit)) == []


@pytest.mark.parametrize(
    "text",
    [
        "# TO" + "DO: later\n",
        "x = 1  # FIX" + "ME\n",
        "import pytest\npytest.skip('x')\n",
        "import pytest\n@pytest.mark.xfail\ndef test(): ...\n",
        "from pytest import importorskip\n",
        "import unittest\n@unittest.skipIf(1, '')\ndef test(): ...\n",
    ],
)
def test_what_is_left_undone_is_found(text: str) -> None:
    assert len(rules.left_undone("a.py", text)) == 1


def test_words_that_only_look_unfinished_pass() -> None:
    assert rules.left_undone("a.py", "stepper.skip()\n# skip the header\n") == []


@pytest.mark.parametrize(
    "text",
    [
        '<img src="https://example.org/a.png">',
        '<script src="//cdn.example.org/a.js"></script>',
        "@import url(//fonts.example.org/a.css);",
        'import x from "https://example.org/x.js";',
    ],
)
def test_an_outside_address_is_found(text: str) -> None:
    assert len(rules.outside_address("a.html", f"\n{text}\n")) == 1


def test_a_vocabulary_and_our_own_address_pass() -> None:
    assert (
        rules.outside_address("a.svg", '<svg xmlns="http://www.w3.org/2000/svg">\n<a href="/x//y">\n// comment') == []
    )


@pytest.mark.parametrize(
    "text",
    [
        "<script>go()</script>",
        "<style>a { color: red }</style>",
        '<p class="a" style="color: red">',
        '<a href="#" onclick="go()">',
        '<a href="javascript:go()">',
        '<div hx-on:click="go()">',
    ],
)
def test_inline_code_is_found(text: str) -> None:
    assert len(rules.inline_code("a.html", text)) == 1


def test_a_linked_script_passes() -> None:
    good = '<script type="module" src="/a.js"></script>\n{# <style> #}\n<p data-style="a">{% button style="x" %}'
    assert rules.inline_code("a.html", good) == []


@pytest.mark.parametrize(
    "text",
    [
        "from collegium.people.models import Unit\n",
        "from collegium.people import models\n",
        "import collegium.people.models.units\n",
        "def f():\n    from collegium.people.models import Unit\n",
    ],
)
def test_a_view_that_knows_tables_is_found(text: str) -> None:
    assert len(rules.view_knows_tables(VIEW, text)) == 1
    assert rules.view_knows_tables(SERVICE, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "def add_unit(actor, name): ...",
        "def add_unit(*, name, actor): ...",
        "def add_unit(): ...",
        "def add_unit(*names, actor): ...",
    ],
)
def test_a_service_with_another_signature_is_found(text: str) -> None:
    assert len(rules.service_signature(SERVICE, f"@transaction.atomic\n{text}")) == 1


def test_a_service_with_the_right_signature_passes() -> None:
    assert (
        rules.service_signature(SERVICE, "@transaction.atomic\ndef add_unit(*, actor, name): ...\ndef helper(x): ...")
        == []
    )


@pytest.mark.parametrize(
    "text",
    [
        "class Unit:\n    def save(self): ...\n",
        "class Unit:\n    def delete(self): ...\n",
        "from django.db.models.signals import post_save\n",
    ],
)
def test_a_hidden_write_is_found(text: str) -> None:
    assert len(rules.hidden_write(MODEL, text)) == 1


def test_a_key_that_points_up_is_found() -> None:
    assert rules.foreign_key_points_left("collegium.people.models", "collegium.listen.models")
    assert rules.foreign_key_points_left("collegium.base.models", "collegium.people.models")
    assert rules.foreign_key_points_left("collegium.listen.models", "collegium.people.models") is None
    assert rules.foreign_key_points_left("collegium.people.models", "collegium.people.models") is None
    assert rules.foreign_key_points_left("collegium.people.models", "django.contrib.auth.models") is None


def test_an_unprotected_table_is_found() -> None:
    tables = {"people.Unit": "people_unit", "people.Account": "people_account"}
    assert rules.outside_the_walls(tables, {"people_unit"}, {"people.Account"}) == []
    assert rules.outside_the_walls(tables, set(), {"people.Account"}) == ["people.Unit has no row-level security"]
    assert len(rules.outside_the_walls(tables, {"people_unit", "people_account"}, {"people.Account"})) == 1
    assert len(rules.outside_the_walls(tables, {"people_unit", "people_account"}, {"people.Gone"})) == 1


def test_an_undocumented_setting_is_found() -> None:
    assert rules.undocumented({"COLLEGIUM_A"}, "COLLEGIUM_A says") == []
    assert rules.undocumented({"COLLEGIUM_A"}, "") == ["COLLEGIUM_A is not documented"]
    assert len(rules.undocumented(set(), "COLLEGIUM_A")) == 1


def test_an_unexplained_dependency_is_found() -> None:
    page = "| package | why | licence |\n| --- | --- | --- |\n| click | the command line | BSD |\n"
    assert rules.unexplained(["click[x]>=8.1"], page) == []
    assert rules.unexplained(["click>=8.1", "numpy"], page) == ["numpy is not explained"]
    assert rules.unexplained([], page) == ["click is explained, but not asked for"]


GOOD_STATISTIC = '''
def alpha(x):
    """Say.

    Parameters
    ----------
    Returns
    -------
    Raises
    ------
    References
    ----------
    Examples
    --------
    """
'''


def test_a_statistic_without_its_papers_is_found() -> None:
    assert rules.science_undocumented("a.py", GOOD_STATISTIC, "`alpha`", "def test_alpha(): alpha(1)") == []
    assert len(rules.science_undocumented("a.py", "def alpha(x): ...", "", "")) == 3
