"""Opens what a stranger uploads without being harmed by it: a folder, a zip, a text file or a spreadsheet.

Nothing is ever unpacked to disk and no link is followed. What looks hostile is refused as a whole, with words.
"""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from collegium.people.rosters.errors import UnreadableCode, UnreadableRoster
from collegium.people.rosters.limits import MEGABYTE, Limits

Progress = Callable[[int, int], None]

TEXT = {".csv", ".tsv", ".txt"}
SHEETS = {".xlsx", ".xls", ".ods"}
ARCHIVES = {".zip", ".7z", ".rar", ".gz", ".tar", ".tgz", *SHEETS, ".xlsm", ".xlsb"}
_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# What reading a damaged zip can raise, from the standard library's own code.
DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)


@dataclass(slots=True)
class Meter:
    """Tells whoever waits how many of the bytes to be read have been read."""

    callback: Progress | None
    total: int = 0
    done: int = 0
    _told: int = 0

    def expect(self, size: int) -> None:
        self.total += size

    def advance(self, size: int) -> None:
        self.done += size
        if self.callback and self.done - self._told >= MEGABYTE // 4:
            self._told = self.done
            self.callback(min(self.done, self.total), self.total)

    def finish(self) -> None:
        """The last word: everything is read."""
        if self.callback:
            self.callback(self.total, self.total)


@dataclass(frozen=True, slots=True)
class TextFile:
    """One file of delimited text. `open_binary` may be called as often as needed."""

    name: str
    size: int
    open_binary: Callable[[], BinaryIO]


@dataclass(frozen=True, slots=True)
class SheetFile:
    """One spreadsheet, checked and not yet opened."""

    name: str
    size: int
    path: Path


@dataclass(slots=True)
class Upload:
    """The readable files of an upload, and the names of those that were not opened."""

    name: str
    files: list[TextFile | SheetFile] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)


class _Counted(io.RawIOBase):
    """A stream that reports what is read from it, and turns damage into words."""

    def __init__(self, stream: BinaryIO, name: str, on_read: Callable[[int], None]) -> None:
        self._stream, self._name, self._on_read = stream, name, on_read

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        try:
            chunk = self._stream.read(len(buffer))
        except DAMAGE as error:
            raise UnreadableRoster(UnreadableCode.DAMAGED, {"file": self._name}) from error
        buffer[: len(chunk)] = chunk
        self._on_read(len(chunk))
        return len(chunk)

    def close(self) -> None:
        self._stream.close()
        super().close()


def open_counted(file: TextFile, meter: Meter) -> BinaryIO:
    """The bytes of `file`, counted on `meter` as they are read."""
    return io.BufferedReader(_Counted(file.open_binary(), file.name, meter.advance), 1 << 17)


@contextmanager
def open_upload(path: Path, limits: Limits) -> Iterator[Upload]:
    """The upload at `path`, for as long as the block lasts. Raises UnreadableRoster when it must not be opened."""
    with ExitStack() as stack:
        try:
            upload = _open_folder(path, limits) if path.is_dir() else _open_file(path, limits, stack)
        except OSError as error:
            raise UnreadableRoster(UnreadableCode.NOT_FOUND, {"file": path.name}) from error
        if not upload.files:
            raise UnreadableRoster(UnreadableCode.NO_TABLES, {"file": upload.name})
        yield upload


def _open_folder(path: Path, limits: Limits) -> Upload:
    files: list[Path] = []
    total = 0
    for found in sorted(path.rglob("*")):
        if found.is_symlink():
            raise UnreadableRoster(UnreadableCode.SYMLINK, {"member": found.name})
        if found.is_file():
            files.append(found)
            if len(files) > limits.files:
                raise UnreadableRoster(UnreadableCode.TOO_MANY_FILES, {"file": path.name, "limit": str(limits.files)})
    relative = {PurePosixPath(f.relative_to(path).as_posix()): f for f in files}
    tables = [r for r in relative if r.suffix.lower() in TEXT - {".txt"} | SHEETS]
    chosen = _one_folder(path.name, tables)
    upload = Upload(path.name or str(path))
    for member in chosen:
        found = relative[member]
        total += found.stat().st_size
        if total > limits.upload:
            raise UnreadableRoster(UnreadableCode.TOO_LARGE, _limit(path.name, limits.upload))
        if found.suffix.lower() in SHEETS:
            upload.files.append(_check_sheet(found, limits))
        else:
            upload.files.append(_text_file(found))
    upload.ignored = [r.name for r in relative if r not in chosen and r.parent in {c.parent for c in chosen}]
    return upload


def _open_file(path: Path, limits: Limits, stack: ExitStack) -> Upload:
    size = path.stat().st_size
    if size == 0:
        raise UnreadableRoster(UnreadableCode.EMPTY, {"file": path.name})
    if size > limits.upload:
        raise UnreadableRoster(UnreadableCode.TOO_LARGE, _limit(path.name, limits.upload))
    with path.open("rb") as stream:
        magic = stream.read(8)
    if magic == _OLE or (magic.startswith(_ZIP) and _is_spreadsheet(path)):
        return Upload(path.name, [_check_sheet(path, limits)])
    if magic.startswith((_ZIP, _EMPTY_ZIP)):
        return _open_zip(path, limits, stack)
    return Upload(path.name, [_text_file(path)])


def _text_file(path: Path) -> TextFile:
    return TextFile(path.name, path.stat().st_size, lambda: path.open("rb"))


def _limit(name: str, limit: int) -> dict[str, str]:
    return {"file": name, "limit": str(limit // MEGABYTE)}


def _is_spreadsheet(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist()[:5000])
    except DAMAGE:
        return path.suffix.lower() in ARCHIVES - {".zip"}
    return "[Content_Types].xml" in names or ("mimetype" in names and "content.xml" in names)


def _open_zip(path: Path, limits: Limits, stack: ExitStack) -> Upload:
    archive = _open_archive(path, stack)
    members = {PurePosixPath(info.filename): info for info in check_members(path.name, archive, limits)}
    members = {m: i for m, i in members.items() if m.parts[0] != "__MACOSX" and not m.name.startswith(".")}
    chosen = _one_folder(path.name, [m for m in members if m.suffix.lower() in TEXT])
    packed = [m for m in members if m.suffix.lower() in ARCHIVES]
    if packed and not chosen:
        raise UnreadableRoster(UnreadableCode.NESTED_ZIP, {"member": packed[0].name})
    upload = Upload(path.name, ignored=[m.name for m in members if m not in chosen])
    for member in chosen:
        info = members[member]
        upload.files.append(TextFile(member.name, info.file_size, _member_opener(archive, info, path.name)))
    return upload


def _open_archive(path: Path, stack: ExitStack) -> zipfile.ZipFile:
    try:
        return stack.enter_context(zipfile.ZipFile(path))
    except DAMAGE as error:
        raise UnreadableRoster(UnreadableCode.DAMAGED, {"file": path.name}) from error


def _member_opener(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> Callable[[], BinaryIO]:
    def open_member() -> BinaryIO:
        try:
            return archive.open(info)  # type: ignore[return-value]
        except DAMAGE as error:
            raise UnreadableRoster(UnreadableCode.DAMAGED, {"file": name}) from error

    return open_member


def check_members(name: str, archive: zipfile.ZipFile, limits: Limits) -> list[zipfile.ZipInfo]:
    """The files of `archive`, none of which is hostile by its own account. Raises UnreadableRoster otherwise."""
    infos = archive.infolist()
    if len(infos) > limits.files:
        raise UnreadableRoster(UnreadableCode.TOO_MANY_FILES, {"file": name, "limit": str(limits.files)})
    seen: set[str] = set()
    for info in infos:
        _check_member(name, info, limits)
        if info.filename.casefold() in seen:
            raise UnreadableRoster(UnreadableCode.DUPLICATE_MEMBER, {"member": info.filename})
        seen.add(info.filename.casefold())
    if sum(info.file_size for info in infos) > limits.unpacked:
        raise UnreadableRoster(UnreadableCode.ZIP_BOMB, {"file": name})
    # Entries that share the same packed bytes are how a small zip unpacks to petabytes.
    end = 0
    for info in sorted(infos, key=lambda i: i.header_offset):
        if info.header_offset < end:
            raise UnreadableRoster(UnreadableCode.ZIP_BOMB, {"file": name})
        end = info.header_offset + info.compress_size
    return [info for info in infos if not info.is_dir()]


def _check_member(name: str, info: zipfile.ZipInfo, limits: Limits) -> None:
    # `orig_filename` is what the zip says; the library has already cut `filename` at a NUL.
    raw = info.orig_filename
    parts = PurePosixPath(raw.replace("\\", "/")).parts
    if not parts or raw.startswith(("/", "\\")) or ".." in parts or ":" in parts[0] or "\0" in raw:
        raise UnreadableRoster(UnreadableCode.UNSAFE_NAME, {"member": raw[:100].replace("\0", "")})
    if stat.S_ISLNK(info.external_attr >> 16):
        raise UnreadableRoster(UnreadableCode.SYMLINK, {"member": info.filename})
    if info.flag_bits & 0x1:
        raise UnreadableRoster(UnreadableCode.ENCRYPTED, {"file": name})
    if info.file_size > MEGABYTE and info.file_size > limits.ratio * max(info.compress_size, 1):
        raise UnreadableRoster(UnreadableCode.ZIP_BOMB, {"file": name})
    if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise UnreadableRoster(UnreadableCode.DAMAGED, {"file": name})


def _one_folder(name: str, tables: list[PurePosixPath]) -> list[PurePosixPath]:
    """The tables that lie together nearest to the top. Two such folders would be two rosters: refused."""
    if not tables:
        return []
    depth = min(len(table.parts) for table in tables)
    folders = sorted({str(table.parent) for table in tables if len(table.parts) == depth})
    if len(folders) > 1:
        listed = ", ".join(folders[:5]) + (" …" if len(folders) > 5 else "")
        raise UnreadableRoster(UnreadableCode.SEVERAL_ROSTERS, {"file": name, "folders": listed})
    return [table for table in tables if str(table.parent) == folders[0]]


def _check_sheet(path: Path, limits: Limits) -> SheetFile:
    """The spreadsheet at `path`, if it has neither macros nor a password."""
    with path.open("rb") as stream:
        is_ole = stream.read(8) == _OLE
    if is_ole:
        _check_ole(path)
    else:
        with ExitStack() as stack:
            _check_packed_sheet(path, _open_archive(path, stack), limits)
    return SheetFile(path.name, path.stat().st_size, path)


def _check_ole(path: Path) -> None:
    content = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise UnreadableRoster(UnreadableCode.ENCRYPTED, {"file": path.name})
    if "_VBA_PROJECT".encode("utf-16-le") in content:
        raise UnreadableRoster(UnreadableCode.MACROS, {"file": path.name})


def _check_packed_sheet(path: Path, archive: zipfile.ZipFile, limits: Limits) -> None:
    names = {info.filename for info in check_members(path.name, archive, limits)}
    if any(
        "vbaproject" in n.lower() or "macrosheets/" in n.lower() or n.startswith(("Basic/", "Scripts/")) for n in names
    ):
        raise UnreadableRoster(UnreadableCode.MACROS, {"file": path.name})
    if "META-INF/manifest.xml" in names:
        with archive.open("META-INF/manifest.xml") as manifest:
            try:
                locked = b"encryption-data" in manifest.read(MEGABYTE)
            except DAMAGE as error:
                raise UnreadableRoster(UnreadableCode.DAMAGED, {"file": path.name}) from error
        if locked:
            raise UnreadableRoster(UnreadableCode.ENCRYPTED, {"file": path.name})
