"""The tool that keeps vendored assets: what is committed is what was published."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import tarfile
from pathlib import Path
from typing import Any

import pytest

from tools import vendor


@pytest.fixture
def manifest(tmp_path: Path) -> Path:
    """A copy of the fonts' and scripts' folder."""
    folder = tmp_path / "vendor"
    shutil.copytree(vendor.MANIFESTS[0].parent, folder)
    return folder / "manifest.json"


@pytest.mark.parametrize("path", vendor.MANIFESTS, ids=lambda path: path.parents[1].name)
def test_every_committed_file_is_the_one_published_and_has_its_licence(path: Path) -> None:
    assert vendor.check_manifest(path) == []
    for package in json.loads(path.read_text(encoding="utf-8"))["packages"]:
        assert package["licence"]
        assert package["integrity"].startswith("sha512-")
        folders = {Path(entry["to"]).parent for entry in package["files"]}
        assert all((path.parent / folder / "LICENSE").is_file() for folder in folders)


def test_an_altered_a_missing_and_an_unknown_file_are_found(manifest: Path) -> None:
    folder = manifest.parent
    (folder / "htmx" / "htmx.min.js").write_text("altered")
    (folder / "newsreader" / "LICENSE").unlink()
    (folder / "stray.js").write_text("from somewhere")
    problems = vendor.check_manifest(manifest)
    assert len(problems) == 3
    assert any("htmx.min.js is not the file" in problem for problem in problems)
    assert any("LICENSE is missing" in problem for problem in problems)
    assert any("stray.js is not in manifest.json" in problem for problem in problems)


def publish(monkeypatch: pytest.MonkeyPatch, files: dict[str, bytes]) -> None:
    """Stand in for the npm client: write the archive it would have fetched."""

    def pack(command: list[str], *, cwd: str, **_: Any) -> None:
        assert command == ["npm", "pack", "--silent", "paper@1.0.0"]
        with tarfile.open(Path(cwd) / "paper-1.0.0.tgz", "w:gz") as archive:
            for name, content in files.items():
                entry = tarfile.TarInfo(f"package/{name}")
                entry.size = len(content)
                archive.addfile(entry, io.BytesIO(content))

    monkeypatch.setattr(subprocess, "run", pack)


def make_package(integrity: str = "", sha512: str = "") -> dict[str, Any]:
    """Return a manifest's entry of a package with one file."""
    return {
        "name": "paper",
        "version": "1.0.0",
        "integrity": integrity,
        "files": [{"from": "dist/paper.js", "to": "paper/paper.js", "sha512": sha512}],
    }


def test_a_new_package_is_pinned_when_it_is_first_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(monkeypatch, {"dist/paper.js": b"paper()", "dist/other.js": b"other()"})
    package = make_package()
    vendor.fetch_package(package, tmp_path)
    assert (tmp_path / "paper" / "paper.js").read_bytes() == b"paper()"
    assert [path.name for path in tmp_path.rglob("*.js")] == ["paper.js"]
    assert package["integrity"].startswith("sha512-")
    assert package["files"][0]["sha512"] == vendor.sha512_of(b"paper()")


@pytest.mark.parametrize(
    ("package", "words"),
    [
        (make_package(integrity="sha512-other"), "not the package the manifest names"),
        (make_package(sha512="sha512-other"), "differs from the checksum"),
    ],
)
def test_what_is_not_what_was_published_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, package: dict[str, Any], words: str
) -> None:
    publish(monkeypatch, {"dist/paper.js": b"paper()"})
    with pytest.raises(vendor.VendorError, match=words):
        vendor.fetch_package(package, tmp_path)
    assert not list(tmp_path.rglob("*.js"))
