"""The rows of an XML file as LimeSurvey writes it, read so that a hostile file can do nothing.

A file that declares a document type, and with it perhaps entities, is refused before anything is expanded or fetched.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from xml.parsers import expat

from collegium.listen.instruments.problems import InstrumentProblems, Problem, ProblemCode

Row = dict[str, str]
DEEPEST = 12
# Far more than any text that is taken over; the reader of HTML is slow on long nonsense.
MOST_MARKUP = 8000
_WHITE = re.compile(r"[ \t\r\n\f\v\xa0]+")


@dataclass(slots=True)
class Rows:
    """The root's name, what stands directly in it, and the rows of each section."""

    root: str = ""
    values: dict[str, list[str]] = field(default_factory=dict)
    sections: dict[str, list[Row]] = field(default_factory=dict)

    def of(self, section: str) -> list[Row]:
        """The rows of a section; none where it is not there."""
        return self.sections.get(section, [])


def read_rows(content: bytes) -> Rows:
    """Every row. Raises InstrumentProblems with the line of what is wrong."""
    reader = _Reader()
    try:
        reader.parser.Parse(content, True)
    except expat.ExpatError as error:
        raise _problem(error.lineno, ProblemCode.NOT_XML) from None
    except (LookupError, ValueError):  # an encoding that nobody knows
        raise _problem(1, ProblemCode.NOT_XML) from None
    return reader.rows


def _problem(line: int, code: ProblemCode) -> InstrumentProblems:
    return InstrumentProblems((Problem(max(line, 1), "", code),))


class _Reader:
    def __init__(self) -> None:
        self.rows = Rows()
        self.path: list[str] = []
        self.text: list[str] = []
        self.row: Row = {}
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.EntityDeclHandler = self._refuse
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self.text.append

    def _refuse(self, *_details: object) -> None:
        raise _problem(self.parser.CurrentLineNumber, ProblemCode.XML_DOCTYPE)

    def _start(self, name: str, _attributes: dict[str, str]) -> None:
        if len(self.path) >= DEEPEST:
            raise _problem(self.parser.CurrentLineNumber, ProblemCode.XML_DEEP)
        self.path.append(name)
        self.text.clear()
        self.rows.root = self.rows.root or name

    def _end(self, _name: str) -> None:
        text = "".join(self.text).strip()
        self.text.clear()
        match self.path[1:]:
            case [section, "rows", "row"]:
                self.rows.sections.setdefault(section, []).append(self.row)
                self.row = {}
            case [_, "rows", "row", column]:
                self.row[column] = text
            case [single]:
                self.rows.values.setdefault(single, []).append(text)
            case ["languages", "language"]:
                self.rows.values.setdefault("language", []).append(text)
        self.path.pop()


class _Plain(HTMLParser):
    SILENT = frozenset({"script", "style"})
    BREAKING = frozenset({"p", "br", "div", "li", "td", "tr", "h1", "h2", "h3", "h4"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self.silent += tag in self.SILENT
        if tag in self.BREAKING:
            self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in self.SILENT and self.silent > 0
        if tag in self.BREAKING:
            self.parts.append(" ")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.parts.append(data)


def without_markup(text: str) -> str:
    """The words of a text that may hold HTML."""
    if "<" not in text and "&" not in text:
        return _WHITE.sub(" ", text).strip()
    plain = _Plain()
    plain.feed(text[:MOST_MARKUP])
    plain.close()
    return _WHITE.sub(" ", "".join(plain.parts)).strip()
