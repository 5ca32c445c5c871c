"""Check the commands in the documents: ``python tools/check_docs.py [DOCUMENT ...]``.

Every ``make`` and ``collegium`` command of a shell block must exist, with the options it is given. A
block that begins with three backticks and ``sh run`` is run as well: the blocks of one document in
order, as one script, in an empty folder that is also the home of the person running it.
"""

import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click

ROOT = Path(__file__).resolve().parent.parent
FENCE = re.compile(r"^(?P<indent> *)```(?P<info>[^\n`]*)\n(?P<body>.*?)^(?P=indent)```", re.MULTILINE | re.DOTALL)
SHELLS = {"sh", "bash", "console"}
LONGEST_S = 300


@dataclass(frozen=True)
class Block:
    """A fenced block of shell commands."""

    document: str
    line: int
    body: str
    is_run: bool


def main() -> int:
    documents = [Path(argument).resolve() for argument in sys.argv[1:]] or list(all_documents())
    problems = []
    for document in documents:
        blocks = list(blocks_of(document.read_text(encoding="utf-8"), str(document.relative_to(ROOT))))
        wrong = [problem for block in blocks for problem in unknown_commands(block)]
        # A document with a command that does not exist would only fail again when it is run.
        problems += wrong or failures_when_run(blocks)
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


def all_documents() -> Iterator[Path]:
    yield from sorted(ROOT.glob("*.md"))
    yield from sorted((ROOT / "docs").rglob("*.md"))


def blocks_of(text: str, document: str) -> Iterator[Block]:
    for found in FENCE.finditer(text):
        words = found["info"].split()
        if words and words[0] in SHELLS:
            line = text.count("\n", 0, found.start()) + 2
            body = re.sub(f"^{found['indent']}", "", found["body"], flags=re.MULTILINE)
            yield Block(document, line, body, is_run=words[1:] == ["run"])


# --- do the commands exist --------------------------------------------------------------------------------------------
def unknown_commands(block: Block) -> list[str]:
    problems = []
    for words in commands_of(block.body):
        problem = None
        if words[0] == "make":
            problem = unknown_target(words[1:])
        elif words[0] == "collegium":
            problem = unknown_option(words[1:])
        if problem:
            problems.append(f"{block.document}, block at line {block.line}: {shlex.join(words)}: {problem}")
    return problems


def commands_of(body: str) -> Iterator[list[str]]:
    """Yield each simple command as words, without prompt, comment, variable before it or pipe after it."""
    for line in body.replace("\\\n", " ").splitlines():
        try:
            lexer = shlex.shlex(line.removeprefix("$ "), posix=True, punctuation_chars=True)
            lexer.whitespace_split = True
            words = list(lexer)
        except ValueError:
            continue  # Output of a command, or a quotation over several lines.
        command: list[str] = []
        for word in [*words, ";"]:
            if set(word) <= set("();<>|&"):
                if command:
                    yield command
                command = []
            elif command or not re.match(r"\w+=|sudo$|env$|exec$", word):
                command.append(word)


def unknown_target(words: list[str]) -> str | None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    return next((f"no such target: {word}" for word in words if "=" not in word and word not in targets), None)


def unknown_option(words: list[str]) -> str | None:
    """Walk down the command line's own tree of commands, as far as the words go."""
    from collegium.cli.commands import collegium

    command: click.Command = collegium
    for word in words:
        if word.startswith("-"):
            known = {option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)}
            if word.split("=")[0] not in known | {"--help"}:
                return f"no such option: {word}"
        elif isinstance(command, click.Group):
            below = command.get_command(click.Context(command), word)
            if below is None:
                return f"no such command: {word}"
            command = below
    return None


# --- do they work -----------------------------------------------------------------------------------------------------
def failures_when_run(blocks: list[Block]) -> list[str]:
    to_run = [block for block in blocks if block.is_run]
    if not to_run:
        return []
    document = to_run[0].document
    script = "set -euo pipefail\n" + "".join(f"echo '--- line {block.line}'\n{block.body}" for block in to_run)
    with tempfile.TemporaryDirectory(prefix="collegium-docs-") as folder:
        outside = {name: value for name, value in os.environ.items() if not name.startswith("COLLEGIUM_")}
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        try:
            ran = subprocess.run(
                ["bash", "-c", script],
                cwd=folder,
                env={**outside, "HOME": folder, "PATH": path},
                check=False,
                timeout=LONGEST_S,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
            )
        except subprocess.TimeoutExpired:
            return [f"{document}: its commands took longer than {LONGEST_S} s"]
    return [f"{document}: a command failed. All it said:\n{ran.stdout}"] if ran.returncode else []


if __name__ == "__main__":
    sys.exit(main())
