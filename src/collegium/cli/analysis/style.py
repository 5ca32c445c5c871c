"""The style sheets of the web, in one piece, with their fonts inside: the report asks nothing of anybody."""

from __future__ import annotations

import base64
import re
from functools import cache
from pathlib import Path

from collegium import site

STATIC = Path(site.__file__).parent / "static"
SHEETS = ("layers", "tokens", "contrast", "base", "layout", "components", "lists", "figures", "control")
_URL = re.compile(r'url\("(?P<path>[^"]+)"\)')


@cache
def sheet() -> str:
    """Return everything between ``<style>`` and ``</style>``."""
    folder = STATIC / "site" / "css"
    parts = [_with_fonts(folder, (folder / f"{name}.css").read_text(encoding="utf-8")) for name in SHEETS]
    printed = (folder / "print.css").read_text(encoding="utf-8")
    own = (Path(__file__).parent / "templates" / "analysis" / "report.css").read_text(encoding="utf-8")
    # The page's own margins cannot stand inside a layer.
    return "\n".join((*parts, f"@media print {{\n{printed}\n}}", own))


def _with_fonts(folder: Path, text: str) -> str:
    def inside(found: re.Match[str]) -> str:
        content = base64.b64encode((folder / found["path"]).read_bytes()).decode("ascii")
        return f'url("data:font/woff2;base64,{content}")'

    return _URL.sub(inside, text)
