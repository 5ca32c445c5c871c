"""No place and no package host is named in what is committed."""

from __future__ import annotations

import pytest

from tools import check_text


@pytest.mark.parametrize("text", ["see registry.np" + "mjs.org", "https://pypi" + ".org/x", "cd /wo" + "rk/main"])
def test_a_host_or_a_folder_is_found(text: str) -> None:
    assert len(check_text.problems_of("a.md", f"\n{text}\n")) == 1


@pytest.mark.parametrize(
    "text", ["pip install x", "docs/work/plan.md", "~/work/collegium", "https://example.org/work/"]
)
def test_other_words_pass(text: str) -> None:
    assert check_text.problems_of("a.md", text) == []
