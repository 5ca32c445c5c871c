"""Typed readers of the environment. A value that cannot be read stops the start with a sentence that says what to do.

Every reader registers its variable, so that `collegium doctor` and the documentation can list them all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from environs import Env, EnvError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Variable:
    """One setting that the environment may give."""

    name: str
    meaning: str
    expects: str
    example: str
    is_secret: bool = False


VARIABLES: dict[str, Variable] = {}
_env = Env()


def _read(variable: Variable, reader: Callable[[str], T], default: T) -> T:
    VARIABLES[variable.name] = variable
    if not _env.str(variable.name, default=""):
        return default
    try:
        return reader(variable.name)
    except (EnvError, ValueError) as error:
        given = "a value (not shown)" if variable.is_secret else repr(_env.str(variable.name))
        raise ImproperlyConfigured(
            f"{variable.name} is {given}, but must be {variable.expects}. "
            f"It says {variable.meaning}. For example: {variable.name}={variable.example}"
        ) from error


def text(name: str, default: str, *, meaning: str, example: str, secret: bool = False) -> str:
    """Read a text."""
    return _read(Variable(name, meaning, "a text", example, secret), _env.str, default)


def yes_no(name: str, default: bool, *, meaning: str) -> bool:
    """Read a yes or no (also true/false, 1/0, on/off)."""
    return _read(Variable(name, meaning, "yes or no", "yes"), _env.bool, default)


def whole_number(name: str, default: int, *, meaning: str, example: str) -> int:
    """Read a whole number."""
    return _read(Variable(name, meaning, "a whole number", example), _env.int, default)


def one_of(name: str, choices: tuple[str, ...], default: str, *, meaning: str) -> str:
    """Read one of a few words."""

    def reader(key: str) -> str:
        value: str = _env.str(key).strip()
        if value not in choices:
            raise ValueError(value)
        return value

    return _read(Variable(name, meaning, "one of " + ", ".join(choices), choices[0]), reader, default)


def items(name: str, default: list[str], *, meaning: str, example: str) -> list[str]:
    """Read a list, separated by commas."""

    def reader(key: str) -> list[str]:
        given: list[str] = _env.list(key)
        return [item.strip() for item in given if item.strip()]

    return _read(Variable(name, meaning, "a list separated by commas", example), reader, default)


def folder(name: str, default: Path, *, meaning: str, example: str) -> Path:
    """Read a folder's path."""
    return _read(
        Variable(name, meaning, "a path", example), lambda key: _env.path(key).expanduser().absolute(), default
    )


def web_address(name: str, default: str, *, meaning: str, example: str) -> str:
    """Read an http(s) address without a path."""

    def reader(key: str) -> str:
        value: str = _env.str(key).strip().rstrip("/")
        parts = urlsplit(value)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path or parts.query:
            raise ValueError(value)
        return value

    return _read(Variable(name, meaning, "an http or https address without a path", example), reader, default)


def issuer(name: str, default: str, *, meaning: str, example: str) -> str:
    """Read the address of an OpenID Connect issuer: https, because the tokens it sends are trusted for that."""

    def reader(key: str) -> str:
        value: str = _env.str(key).strip().rstrip("/")
        parts = urlsplit(value)
        is_own_machine = parts.hostname in {"127.0.0.1", "localhost"}
        if (
            not parts.hostname
            or parts.query
            or not (parts.scheme == "https" or (parts.scheme == "http" and is_own_machine))
        ):
            raise ValueError(value)
        return value

    return _read(Variable(name, meaning, "an https address", example), reader, default)


def database(name: str, default: str, *, meaning: str, example: str) -> dict[str, Any]:
    """Read a database's address into Django's form."""

    def reader(key: str) -> dict[str, Any]:
        if not _env.str(key).startswith(("sqlite:///", "postgres://", "postgresql://")):
            raise ValueError(key)
        return dict(_env.dj_db_url(key))

    variable = Variable(name, meaning, "a sqlite:/// or postgres:// address", example, is_secret=True)
    return _read(variable, reader, dict(_env.dj_db_url("COLLEGIUM_NO_SUCH_VARIABLE", default)))


def mail(name: str, default: str, *, meaning: str, example: str) -> dict[str, Any]:
    """Read a mail server's address into Django's form."""

    def reader(key: str) -> dict[str, Any]:
        if not _env.str(key).startswith(("smtp://", "smtp+tls://", "smtps://", "smtp+ssl://", "console:", "file:")):
            raise ValueError(key)
        return dict(_env.dj_email_url(key))

    variable = Variable(
        name, meaning, "an smtp://, smtp+tls://, smtp+ssl:// or console: address", example, is_secret=True
    )
    return _read(variable, reader, dict(_env.dj_email_url("COLLEGIUM_NO_SUCH_VARIABLE", default)))
