"""The commands in the documents are looked up and, where they say so, run."""

from __future__ import annotations

from tools import check_docs

DOCUMENT = """# Title

```sh run
greeting=hello   # kept from block to block
```

1. In a list, with a prompt and what it answers:
   ```console
   $ FOO=1 make test-quick | tail -1
   12 passed
   ```

```python
make_nothing()
```

```sh run
test "$greeting" = hello
test ! -e left-over && touch left-over
```
"""


def blocks_of(text: str) -> list[check_docs.Block]:
    return list(check_docs.blocks_of(text, "a.md"))


def test_shell_blocks_are_found_and_those_to_run_told_apart() -> None:
    assert [(block.line, block.is_run) for block in blocks_of(DOCUMENT)] == [(4, True), (9, False), (18, True)]


def test_blocks_run_in_order_in_an_empty_folder() -> None:
    for _time in range(2):
        assert check_docs.failures_when_run(blocks_of(DOCUMENT)) == []


def test_a_block_that_fails_is_reported_with_its_words() -> None:
    [failure] = check_docs.failures_when_run(blocks_of("```sh run\necho so far; false; echo never\n```\n"))
    assert "so far" in failure
    assert "never" not in failure


def test_commands_are_told_from_their_surroundings() -> None:
    body = "$ sudo PORT=1 make run && collegium doctor > out.txt  # look\nall is well, isn't it\n"
    assert list(check_docs.commands_of(body))[:2] == [["make", "run"], ["collegium", "doctor"]]


def test_a_command_that_does_not_exist_is_found() -> None:
    text = "```sh\nmake tset\ncollegium fly\ncollegium serve --no-such-thing\nmake run PORT=1\ncollegium serve\n```\n"
    problems = [problem for block in blocks_of(text) for problem in check_docs.unknown_commands(block)]
    assert [problem.rsplit(": ", 2)[1:] for problem in problems] == [
        ["no such target", "tset"],
        ["no such command", "fly"],
        ["no such option", "--no-such-thing"],
    ]
