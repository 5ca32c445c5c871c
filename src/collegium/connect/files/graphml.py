"""GraphML, read as it streams by. A document that declares a type or entities is refused before any is used."""

from __future__ import annotations

# The parser is given handlers that end it at the first declaration, which is where its dangers begin.
import xml.parsers.expat as expat
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from collegium.connect.files import titles
from collegium.connect.files.gathering import Gathering
from collegium.connect.files.records import (
    DEFAULT,
    Columns,
    FileKind,
    Limits,
    NoteCode,
    PersonRow,
    RefusalCode,
    TieFile,
    UnreadableCode,
    UnreadableTies,
)
from collegium.people.rosters import RowRef
from collegium.people.rosters.cells import key, normal

LONGEST_TEXT = 10_000
_NAMESPACE = "http://graphml.graphdrawing.org/"


@dataclass(slots=True)
class _Element:
    """A node or an edge as it stands in the file."""

    row: int
    ends: tuple[str, str]  # of a node: its id and nothing
    data: dict[str, str] = field(default_factory=dict)
    both_ways: bool = False


class _Handlers:
    """Hears what the parser finds and keeps nodes and edges."""

    def __init__(self, parser: Any, file: str, limits: Limits) -> None:
        self._parser, self._file, self._limits = parser, file, limits
        self.nodes: list[_Element] = []
        self.edges: list[_Element] = []
        self.hyperedges: list[int] = []
        self.defaults: dict[tuple[str, str], str] = {}  # by kind of element and title
        self._titles: dict[str, tuple[str, str]] = {}  # of a key: the kind of element and the title
        self._open: list[_Element | None] = []
        self._undirected: list[bool] = []
        self._depth = 0
        self._wants: tuple[str, str] | None = None  # "data" or "default", and the id of the key
        self._key = ""
        self._text: list[str] = []
        self._size = 0
        parser.StartDoctypeDeclHandler = self._refuse_declaration
        parser.EntityDeclHandler = self._refuse_declaration
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.text

    def _refuse_declaration(self, *_: object) -> None:
        raise UnreadableTies(UnreadableCode.UNSAFE_XML, {"file": self._file})

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self._depth += 1
        if self._depth > self._limits.depth:
            raise UnreadableTies(UnreadableCode.TOO_DEEP, {"file": self._file})
        namespace, _, tag = name.rpartition(" ")
        if self._depth == 1 and (tag != "graphml" or not (namespace.startswith(_NAMESPACE) or not namespace)):
            raise UnreadableTies(UnreadableCode.NOT_GRAPHML, {"file": self._file, "root": tag[:40]})
        element: _Element | None = None
        row = self._parser.CurrentLineNumber
        if tag == "key":
            self._key = attributes.get("id", "")
            self._titles[self._key] = (attributes.get("for", "all"), attributes.get("attr.name", self._key))
        elif tag == "graph":
            self._undirected.append(attributes.get("edgedefault") == "undirected")
        elif tag == "node":
            element = self._keep(self.nodes, _Element(row, (normal(attributes.get("id", "")), "")))
        elif tag == "edge":
            both = {"true": False, "false": True}.get(attributes.get("directed", ""), self._is_undirected)
            ends = (normal(attributes.get("source", "")), normal(attributes.get("target", "")))
            element = self._keep(self.edges, _Element(row, ends, both_ways=both))
        elif tag == "hyperedge":
            self.hyperedges.append(row)
        elif tag in ("data", "default"):
            self._wants = (tag, attributes.get("key", self._key))
            self._text, self._size = [], 0
        self._open.append(element)

    @property
    def _is_undirected(self) -> bool:
        return bool(self._undirected) and self._undirected[-1]

    def _keep(self, elements: list[_Element], element: _Element) -> _Element:
        # Refused edges count too: nothing may make this list grow without end.
        most = self._limits.people if elements is self.nodes else self._limits.ties
        if len(elements) >= most + self._limits.refusals:
            code = UnreadableCode.TOO_MANY_PEOPLE if elements is self.nodes else UnreadableCode.TOO_MANY_TIES
            raise UnreadableTies(code, {"file": self._file, "limit": str(most)})
        elements.append(element)
        return element

    def text(self, text: str) -> None:
        """Some text of an element."""
        self._size += len(text)
        if self._wants and self._size <= LONGEST_TEXT:
            self._text.append(text)

    def end(self, name: str) -> None:
        """An element ends."""
        self._depth -= 1
        self._open.pop()
        tag = name.rpartition(" ")[2]
        if tag == "graph":
            self._undirected.pop()
        if self._wants is None or tag not in ("data", "default"):
            return
        kind, at = self._wants
        self._wants = None
        of, title = self._titles.get(at, ("all", at))
        value = normal("".join(self._text))
        if kind == "default":
            self.defaults[of, title] = value
            return
        owner = next((element for element in reversed(self._open) if element is not None), None)
        if owner is not None:
            owner.data[title] = value

    @property
    def titles(self) -> list[tuple[str, str]]:
        """The titles that the file declares, each with the kind of element it is of."""
        return list(self._titles.values())

    def defaults_of(self, kind: str) -> dict[str, str]:
        """The values that hold where an element does not give its own."""
        return {title: value for (of, title), value in self.defaults.items() if of in (kind, "all")}


def read_graphml(path: Path, told: Columns, limits: Limits = DEFAULT) -> TieFile:
    """Read a GraphML file, whose attributes are its columns. Raises UnreadableTies."""
    found = _parse(path, limits)
    words = _find_words(found, told)
    gathering = Gathering(FileKind.GRAPHML, limits)
    gathering.is_listed = True
    id_of = _add_people(found, words, path.name, gathering)
    for row in found.hyperedges:
        gathering.refuse(RowRef(path.name, row), RefusalCode.HYPEREDGE)
    usual = found.defaults_of("edge")
    for edge in found.edges:
        ref = RowRef(path.name, edge.row)
        said = {**usual, **edge.data}
        ends = (id_of.get(edge.ends[0], edge.ends[0]), id_of.get(edge.ends[1], edge.ends[1]))
        weight, layer = _value(said, words["weight"]), _value(said, words["layer"]) or ""
        gathering.add_tie(ends, weight, layer, ref)
        if edge.both_ways:
            gathering.note(NoteCode.UNDIRECTED)
            if ends[0] != ends[1]:
                gathering.add_tie((ends[1], ends[0]), weight, layer, ref)
    known = [title for _of, title in found.titles]
    read = {name: next((title for title in known if key(title) in each), "") for name, each in words.items()}
    if any(read.values()):
        gathering.note(NoteCode.COLUMNS, file=path.name, **{name: title for name, title in read.items() if title})
    return gathering.close(path.name)


def _parse(path: Path, limits: Limits) -> _Handlers:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    handlers = _Handlers(parser, path.name, limits)
    try:
        with path.open("rb") as stream:
            parser.ParseFile(stream)
    except expat.ExpatError as error:
        said = {"file": path.name, "row": str(error.lineno)}
        raise UnreadableTies(UnreadableCode.BAD_XML, said) from error
    except (LookupError, ValueError) as error:  # an encoding that there is not
        raise UnreadableTies(UnreadableCode.BAD_XML, {"file": path.name, "row": "1"}) from error
    return handlers


def _find_words(found: _Handlers, told: Columns) -> dict[str, frozenset[str]]:
    """The titles by which each thing is known, or the one that somebody said."""
    said = {name: key(title) for name in Columns.__dataclass_fields__ if (title := getattr(told, name))}
    known = {title for _of, title in found.titles}
    for name, title in said.items():
        if name not in ("source", "target") and title not in {key(each) for each in known}:
            data = {"column": getattr(told, name), "known": ", ".join(sorted(known))}
            raise UnreadableTies(UnreadableCode.UNKNOWN_COLUMN, data)
    usual = {**titles.PERSON, "id": titles.ID, "weight": titles.WEIGHT, "layer": titles.LAYER}
    taken = frozenset(said.values())
    return {name: frozenset({said[name]}) if name in said else words - taken for name, words in usual.items()}


def _add_people(found: _Handlers, words: dict[str, frozenset[str]], file: str, gathering: Gathering) -> dict[str, str]:
    """Add every node; return how each is known. A value such as "name" that every node has, each its own, is its id."""
    usual = found.defaults_of("node")
    said = [{**usual, **node.data} for node in found.nodes]
    own = _own_ids(said, words)
    id_of: dict[str, str] = {}
    for place, (node, data) in enumerate(zip(found.nodes, said, strict=True)):
        ref = RowRef(file, node.row)
        id_of.setdefault(node.ends[0], own[place] if own else node.ends[0])
        gathering.add_person(
            PersonRow(
                id=own[place] if own else node.ends[0],
                ref=ref,
                email=_value(data, words["email"]) or "",
                school=_value(data, words["school"]) or "",
                team=_value(data, words["team"]) or "",
                level=_value(data, words["level"]) or "",
                has_post=gathering.truth(_value(data, words["post"]) or "", ref),
                answered=gathering.truth(_value(data, words["answered"]) or "", ref),
            )
        )
    return id_of


def _own_ids(said: list[dict[str, str]], words: dict[str, frozenset[str]]) -> list[str]:
    for known in (words["id"], words["email"], titles.NAME):
        values = [_value(data, known) or "" for data in said]
        if all(values) and len(set(values)) == len(values) > 0:
            return values
    return []


def _value(data: dict[str, str], words: frozenset[str]) -> str | None:
    return next((value for title, value in data.items() if key(title) in words), None)
