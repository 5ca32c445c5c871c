"""What every command owes: help that teaches, quickly, and errors in words."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from collegium.cli.commands import COMMANDS, collegium
from tests.cli.running import environment, run


def walk(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            child = command.get_command(context, name)
            assert child is not None
            yield from walk(child, (*path, name))


ALL = dict(walk(collegium))


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_every_command_and_option_is_explained(path: tuple[str, ...]) -> None:
    command = ALL[path]
    assert command.help
    for parameter in command.params:
        if isinstance(parameter, click.Option) and not parameter.hidden:
            assert parameter.help, parameter.name
    shown = CliRunner().invoke(collegium, [*path, "--help"])
    assert shown.exit_code == 0
    assert "Usage: " in shown.stdout


@pytest.mark.parametrize("name", COMMANDS)
def test_the_top_commands_show_examples(name: str) -> None:
    assert "Examples:" in (ALL[(name,)].help or "")


def test_the_reference_names_every_command() -> None:
    reference = (Path(__file__).resolve().parents[2] / "docs/reference/cli.md").read_text(encoding="utf-8")
    missing = [" ".join(path) for path in ALL if path and f"collegium {' '.join(path)}" not in reference]
    assert missing == []


def test_help_answers_without_loading_django(tmp_path: Path) -> None:
    program = (
        "import sys\n"
        "from click.testing import CliRunner\n"
        "from collegium.cli.commands import collegium\n"
        "assert CliRunner().invoke(collegium, ['--help']).exit_code == 0\n"
        "assert CliRunner().invoke(collegium, ['serve', '--help']).exit_code == 0\n"
        "sys.exit('django' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], env=environment(tmp_path), check=False)
    assert done.returncode == 0


def test_a_setting_that_cannot_be_read_is_said_in_words(tmp_path: Path) -> None:
    done = run("people", "list", data_dir=tmp_path, COLLEGIUM_BASE_URL="collegium")
    assert done.returncode == 2
    assert "COLLEGIUM_BASE_URL" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_database_that_does_not_answer_is_said_in_words(tmp_path: Path) -> None:
    url = "postgres://nobody:hush@127.0.0.1:1/none"
    done = run("people", "list", data_dir=tmp_path, COLLEGIUM_DATABASE_URL=url)
    assert done.returncode == 1
    assert "The database did not answer" in done.stderr
    assert "Traceback" not in done.stderr
    assert "hush" not in done.stderr


def test_an_unknown_command_is_refused() -> None:
    done = CliRunner().invoke(collegium, ["sreve"])
    assert done.exit_code == 2
    assert "sreve" in done.stderr
