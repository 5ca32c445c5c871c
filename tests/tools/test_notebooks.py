"""The notebooks in the documentation run from the first cell to the last, and say what stands under their cells."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import nbformat
import pytest

DOCS = Path(__file__).resolve().parents[2] / "docs"
NOTEBOOKS = sorted(DOCS.rglob("*.ipynb"))

# In a process of its own: what runs notebooks leaves sockets to the collector. They lie in the file system, where
# nothing listens at a port.
RUN = """
import sys
import nbformat
from jupyter_client import AsyncKernelManager
from nbclient import NotebookClient
path, out, sockets = sys.argv[1:]
notebook = nbformat.read(path, as_version=4)
manager = AsyncKernelManager(kernel_name="python3", transport="ipc", ip=sockets + "/k")
NotebookClient(notebook, km=manager, timeout=120).execute()
nbformat.write(notebook, out)
"""


def outputs(path: Path) -> list[str]:
    """Return what each cell of code says, in words, however many pieces it came in; on stderr as such."""
    cells: list[Any] = nbformat.read(path, as_version=4).cells
    return ["".join(_words(out) for out in cell.outputs) for cell in cells if cell.cell_type == "code"]


def _words(out: Any) -> str:
    text = out.get("text") or out.get("data", {}).get("text/plain") or out.output_type
    return f"stderr: {text}" if out.get("name") == "stderr" else str(text)


def test_there_are_notebooks() -> None:
    assert NOTEBOOKS


@pytest.mark.slow
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_says_what_it_shows(path: Path, tmp_path: Path) -> None:
    ran = tmp_path / "ran.ipynb"
    environment = {**os.environ, "JUPYTER_PLATFORM_DIRS": "1", "IPYTHONDIR": str(tmp_path), "PYTHONWARNINGS": "default"}
    with tempfile.TemporaryDirectory() as sockets:
        done = subprocess.run(
            [sys.executable, "-W", "ignore", "-c", RUN, str(path), str(ran), sockets],
            env=environment, cwd=tmp_path, capture_output=True, text=True, timeout=150, check=False,
        )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert outputs(ran) == outputs(path)
    assert not [said for said in outputs(ran) if "stderr: " in said]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_uses_the_library_alone(path: Path) -> None:
    code = "\n".join(cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code")
    imported = {line.split()[1] for line in code.splitlines() if line.startswith(("import ", "from "))}
    assert all(name == "numpy" or name.startswith("collegium.science") for name in imported)
