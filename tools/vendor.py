"""Fetch published npm packages by name and version, check what came, and keep the named files in the repository.

`vendor.py` fetches everything that the manifests name; `vendor.py --check` verifies the committed files and needs no
network. To add or raise a package, edit its entry in a manifest, leave `integrity` and the `sha512` of its files empty,
run the tool, and look at what it wrote. The manifests name no host: npm's own configuration says where packages are.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
MANIFESTS = (
    ROOT / "src/collegium/site/static/vendor/manifest.json",
    ROOT / "tests/vendor/manifest.json",
)
PULLED_OUT_OF = "package/"  # every npm archive wraps its files in this folder


class VendorError(Exception):
    """Something a person has to look at, said in one sentence."""


def sha512_of(content: bytes) -> str:
    """Return the checksum as npm writes it."""
    return "sha512-" + base64.b64encode(hashlib.sha512(content).digest()).decode()


def check_manifest(manifest_path: Path) -> list[str]:
    """Return one sentence for every committed file that is missing, altered or not in the manifest."""
    manifest = json.loads(manifest_path.read_text(encoding="utf-8"))
    folder = manifest_path.parent
    problems, expected = [], {manifest_path}
    for package in manifest["packages"]:
        for entry in package["files"]:
            path = folder / entry["to"]
            expected.add(path)
            if not path.is_file():
                problems.append(f"{path} is missing: run tools/vendor.py")
            elif sha512_of(path.read_bytes()) != entry["sha512"]:
                problems.append(f"{path} is not the file that {package['name']} {package['version']} published")
    for path in folder.rglob("*"):
        if path.is_file() and path not in expected:
            problems.append(f"{path} is not in {manifest_path.name}: name the package it comes from, or remove it")
    return problems


def fetch_package(package: dict[str, Any], folder: Path) -> None:
    """Fetch one package with npm, check it against the manifest's entry and write its files; fills empty checksums."""
    with tempfile.TemporaryDirectory() as scratch:
        subprocess.run(
            ["npm", "pack", "--silent", f"{package['name']}@{package['version']}"],
            cwd=scratch,
            check=True,
            stdout=subprocess.DEVNULL,
        )
        archive_path = next(Path(scratch).glob("*.tgz"))
        integrity = sha512_of(archive_path.read_bytes())
        if package["integrity"] not in ("", integrity):
            raise VendorError(f"{package['name']} {package['version']} is not the package the manifest names")
        package["integrity"] = integrity
        with tarfile.open(archive_path) as archive:
            for entry in package["files"]:
                member = archive.extractfile(PULLED_OUT_OF + entry["from"])
                if member is None:
                    raise VendorError(f"{entry['from']} of {package['name']} is not a plain file")
                _write_file(entry, member.read(), folder)


def _write_file(entry: dict[str, str], content: bytes, folder: Path) -> None:
    checksum = sha512_of(content)
    if entry["sha512"] not in ("", checksum):
        raise VendorError(f"{entry['from']} differs from the checksum in the manifest")
    entry["sha512"] = checksum
    path = folder / entry["to"]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def fetch_manifest(manifest_path: Path) -> None:
    """Fetch every package of a manifest and write the manifest back with its checksums."""
    manifest = json.loads(manifest_path.read_text(encoding="utf-8"))
    for package in manifest["packages"]:
        fetch_package(package, manifest_path.parent)
        print(f"{package['name']} {package['version']}: {len(package['files'])} files")
    manifest_path.write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")


def main() -> int:
    """Run from the command line; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="verify the committed files, fetch nothing")
    arguments = parser.parse_args()
    if arguments.check:
        problems = [problem for manifest in MANIFESTS for problem in check_manifest(manifest)]
        print("\n".join(problems) or "Every vendored file is the one that was published.")
        return 1 if problems else 0
    try:
        for manifest in MANIFESTS:
            fetch_manifest(manifest)
    except VendorError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
