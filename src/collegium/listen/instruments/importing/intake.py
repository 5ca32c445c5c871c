"""Any file a person may bring: what it is, and the instrument that it holds."""

from __future__ import annotations

from pathlib import PurePath

from collegium.listen.instruments import limits
from collegium.listen.instruments.importing.item_list import import_list
from collegium.listen.instruments.importing.limesurvey import import_limesurvey
from collegium.listen.instruments.importing.notes import Imported
from collegium.listen.instruments.problems import InstrumentProblems, Problem, ProblemCode
from collegium.listen.instruments.reading import read

MOST_BYTES = 2 * 1024 * 1024
_OTHER_TYPES = (
    (b"PK\x03\x04", "a spreadsheet, a text document or a packed file"),
    (b"\xd0\xcf\x11\xe0", "an older spreadsheet or text document"),
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"{\\rtf", "a text document"),
    (b"\x1f\x8b", "a packed file"),
    (b"{", "a file for a program (JSON)"),
)
_XML = (".lss", ".lsq", ".lsg", ".xml")
_LISTS = (".csv", ".tsv")


def import_file(name: str, content: bytes) -> Imported:
    """The instrument of a TOML file, a LimeSurvey export or a list of items, with what was left out.

    Raises InstrumentProblems where nothing can be made of the file.
    """
    if len(content) > MOST_BYTES:
        raise _problem(ProblemCode.TOO_LARGE, limit=str(MOST_BYTES // 1024))
    if not content.strip(b"\0 \t\r\n\xef\xbb\xbf\xfe\xff"):
        raise _problem(ProblemCode.EMPTY)
    for magic, looks_like in _OTHER_TYPES:
        if content.startswith(magic):
            raise _problem(ProblemCode.WRONG_TYPE, looks_like=looks_like)
    path = PurePath(name.replace("\\", "/"))
    ending, stem = path.suffix.lower(), path.stem[: limits.LONGEST_LABEL]
    if ending in _XML or _begins_with(content, "<"):
        return import_limesurvey(content, stem)
    if ending in _LISTS or (ending != ".toml" and not _looks_like_toml(content)):
        return import_list(content, stem)
    return Imported(read(content), ())


def _begins_with(content: bytes, mark: str) -> bool:
    head = content[:200]
    for encoding in ("utf-8-sig", "utf-16"):
        if head[: len(head) // 2 * 2].decode(encoding, "ignore").lstrip().startswith(mark):
            return True
    return False


def _looks_like_toml(content: bytes) -> bool:
    """Whether some line gives a key a value, as every instrument file does and few lists do."""
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    lines = content[:20_000].decode(encoding, "ignore").splitlines()
    return any(line.replace(" ", "").startswith(('key="', "key='", "[scales", "[[items", "[[facets")) for line in lines)


def _problem(code: ProblemCode, **data: str) -> InstrumentProblems:
    return InstrumentProblems((Problem(1, "", code, data),))
