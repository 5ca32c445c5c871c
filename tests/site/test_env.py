from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from collegium.site import env


@pytest.fixture(autouse=True)
def _variables(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the list of real settings forget what is tried here."""
    monkeypatch.setattr(env, "VARIABLES", dict(env.VARIABLES))


def test_what_is_not_given_has_its_default(monkeypatch):
    monkeypatch.delenv("COLLEGIUM_TRY", raising=False)
    assert env.yes_no("COLLEGIUM_TRY", True, meaning="a try") is True
    monkeypatch.setenv("COLLEGIUM_TRY", "")
    assert env.whole_number("COLLEGIUM_TRY", 3, meaning="a try", example="3") == 3


@pytest.mark.parametrize(
    ("read", "given", "value"),
    [
        (lambda n: env.yes_no(n, False, meaning="m"), "yes", True),
        (lambda n: env.yes_no(n, True, meaning="m"), "off", False),
        (lambda n: env.whole_number(n, 1, meaning="m", example="2"), "42", 42),
        (lambda n: env.one_of(n, ("a", "b"), "a", meaning="m"), "b", "b"),
        (lambda n: env.items(n, [], meaning="m", example="a,b"), "a, b,", ["a", "b"]),
        (lambda n: env.folder(n, Path("/x"), meaning="m", example="/y"), "/y/z", Path("/y/z")),
        (lambda n: env.web_address(n, "", meaning="m", example="e"), "https://a.example/", "https://a.example"),
    ],
)
def test_each_reader_reads_its_kind(monkeypatch, read, given, value):
    monkeypatch.setenv("COLLEGIUM_TRY", given)
    assert read("COLLEGIUM_TRY") == value


def test_database_addresses(monkeypatch):
    monkeypatch.setenv("COLLEGIUM_TRY", "postgres://me:secret@db.example:5433/house")
    read = env.database("COLLEGIUM_TRY", "sqlite:////tmp/x", meaning="m", example="e")
    assert (read["HOST"], read["PORT"], read["NAME"]) == ("db.example", 5433, "house")


@pytest.mark.parametrize(
    ("read", "given", "words"),
    [
        (
            lambda n: env.yes_no(n, False, meaning="whether it rains"),
            "perhaps",
            ["'perhaps'", "yes or no", "whether it"],
        ),
        (lambda n: env.whole_number(n, 1, meaning="m", example="7"), "many", ["whole number", "COLLEGIUM_TRY=7"]),
        (lambda n: env.one_of(n, ("a", "b"), "a", meaning="m"), "c", ["one of a, b"]),
        (lambda n: env.web_address(n, "", meaning="m", example="e"), "school.example", ["http or https address"]),
        (lambda n: env.mail(n, "console:", meaning="m", example="e"), "mail.example", ["smtp://"]),
    ],
)
def test_a_wrong_value_stops_with_words_that_help(monkeypatch, read, given, words):
    monkeypatch.setenv("COLLEGIUM_TRY", given)
    with pytest.raises(ImproperlyConfigured) as stopped:
        read("COLLEGIUM_TRY")
    for word in ["COLLEGIUM_TRY", *words]:
        assert word in str(stopped.value)


def test_a_secret_is_not_repeated(monkeypatch):
    monkeypatch.setenv("COLLEGIUM_TRY", "mysql://me:hunter2@db/house")
    with pytest.raises(ImproperlyConfigured) as stopped:
        env.database("COLLEGIUM_TRY", "sqlite:////tmp/x", meaning="m", example="e")
    assert "hunter2" not in str(stopped.value)
