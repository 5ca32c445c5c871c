"""From the values of a file to an instrument, noting every problem on the way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from collegium.listen.instruments import limits
from collegium.listen.instruments.keyed import Keyed, Words
from collegium.listen.instruments.model import Facet, Instrument, Item, ItemKind, Option, Scale
from collegium.listen.instruments.positions import Positions
from collegium.listen.instruments.problems import InstrumentProblems, Problem, ProblemCode
from collegium.listen.instruments.tables import LANGUAGE, Notebook, Table, shortened, suggestion

SCALED = {ItemKind.LIKERT, ItemKind.PAIRED}
OF_SOME_KINDS = (
    "scale", "reversed", "left", "right", "options", "lowest", "highest", "title", "most", "partners",
)  # fmt: skip


def build(document: Mapping[str, Any], positions: Positions | None = None) -> Instrument:
    """Make an instrument of a document. Raises InstrumentProblems with all that is wrong with it."""
    builder = _Builder(Notebook(positions or Positions({})))
    instrument = builder.instrument(document)
    if problems := builder.notebook.problems:
        raise InstrumentProblems(in_order(problems))
    return instrument


def in_order(problems: list[Problem]) -> tuple[Problem, ...]:
    """The problems by line, and no more of them than anybody reads."""
    ordered = sorted(problems, key=lambda problem: problem.line)
    if len(ordered) > limits.MOST_PROBLEMS:
        line = ordered[limits.MOST_PROBLEMS].line
        ordered = [*ordered[: limits.MOST_PROBLEMS], Problem(line, "", ProblemCode.MORE)]
    return tuple(ordered)


class _Builder:
    def __init__(self, notebook: Notebook) -> None:
        self.notebook = notebook
        self.scales: dict[str, Scale] = {}
        self.facets: dict[str, Facet] = {}
        self.facet_tables: dict[str, Table] = {}
        self.readers: Mapping[ItemKind, Callable[[Table], dict[str, Any]]] = {
            ItemKind.LIKERT: self._likert,
            ItemKind.PAIRED: self._paired,
            ItemKind.SINGLE: self._choice,
            ItemKind.MULTIPLE: self._choice,
            ItemKind.NUMBER: self._number,
            ItemKind.TEXT: lambda _table: {},
            ItemKind.TIES: self._ties,
        }

    def instrument(self, document: Mapping[str, Any]) -> Instrument:
        top = Table(self.notebook, (), "", document)
        self._languages(top)
        referents = self._referents(top)
        self.scales = {
            key: self._scale(key, table)
            for key, table in top.tables_by_key("scales", most=limits.MOST_SCALES, called="scale").items()
        }
        head: dict[str, Any] = {
            "key": top.key(),
            "version": top.integer("version", lowest=1, highest=limits.HIGHEST_VERSION),
            "title": top.words("title", longest=limits.LONGEST_LABEL),
            "purpose": top.passage("purpose", required=True),
            "sources": self._sources(top),
        }
        self._facets(top)
        items = self._items(top)
        top.close()
        self._check_facets(items)
        return Instrument(
            **head,
            languages=self.notebook.languages,
            default_language=self.notebook.default_language,
            referents=referents,
            scales=Keyed(self.scales),
            facets=tuple(self.facets.values()),
            items=tuple(items),
        )

    # --- the head -----------------------------------------------------------------------------------------------------
    def _languages(self, top: Table) -> None:
        if not top.has("languages"):
            top.note("languages", ProblemCode.MISSING)
        tags = []
        for tag in top.values("languages", most=limits.MOST_LANGUAGES):
            if not isinstance(tag, str) or not LANGUAGE.fullmatch(tag):
                top.note("languages", ProblemCode.BAD_LANGUAGE, value=shortened(str(tag)))
            elif tag in tags:
                top.note("languages", ProblemCode.TWICE, value=tag, first=self.notebook.positions.line(("languages",)))
            else:
                tags.append(tag)
        default = top.text("default_language", longest=limits.LONGEST_LABEL, required=False)
        if default and default not in tags:
            top.note("default_language", ProblemCode.DEFAULT_LANGUAGE, value=shortened(default))
            default = ""
        self.notebook.languages = tuple(tags) or ("en",)
        self.notebook.default_language = default or self.notebook.languages[0]

    def _referents(self, top: Table) -> Keyed[Words]:
        value = top.get("referents")
        if value is None:
            return Keyed()
        if not isinstance(value, dict):
            top.note("referents", ProblemCode.NOT_A_TABLE)
            return Keyed()
        if len(value) > limits.MOST_REFERENTS:
            top.note("referents", ProblemCode.TOO_MANY, limit=limits.MOST_REFERENTS)
        self.notebook.has_referents = bool(value)
        table = Table(self.notebook, ("referents",), "the referents", value)
        found = {}
        for key in value:
            if not table.checked_key(key, key):
                continue
            phrase = table.words(key, longest=limits.LONGEST_LABEL)
            if any("{" in text or "}" in text for text in phrase.values()):
                table.note(key, ProblemCode.REFERENT_IN_REFERENT)
            found[key] = phrase
        return Keyed(found)

    def _sources(self, top: Table) -> tuple[str, ...]:
        if not top.has("sources"):
            return ()
        return top.text_list("sources", top.get("sources"), longest=limits.LONGEST_SOURCE, most=limits.MOST_SOURCES)

    def _scale(self, key: str, table: Table) -> Scale:
        lowest = table.integer("lowest", lowest=0, highest=limits.HIGHEST_LOWEST, otherwise=1)
        labels = {
            language: table.text_list(
                f"labels.{language}",
                value,
                longest=limits.LONGEST_LABEL,
                most=limits.MOST_OPTIONS_OF_SCALE,
                name="labels",
            )
            for language, value in table.by_language("labels").items()
        }
        counts = {len(texts) for texts in labels.values()}
        if len(counts) > 1:
            table.note("labels", ProblemCode.DIFFERENT_LENGTHS)
        elif counts == {1}:
            table.note("labels", ProblemCode.TOO_FEW, least=2)
        options = max(counts, default=2)
        favourable = self._favourable(table, lowest, lowest + max(options, 2) - 1)
        table.close()
        return Scale(
            key=key,
            lowest=lowest,
            labels=Keyed(labels),
            favourable=Scale.usually_favourable(lowest, max(options, 2)) if favourable is None else favourable,
        )

    @staticmethod
    def _favourable(table: Table, lowest: int, highest: int) -> frozenset[int] | None:
        if not table.has("favourable"):
            return None
        codes = table.values("favourable", most=limits.MOST_OPTIONS_OF_SCALE)
        for code in codes:
            if isinstance(code, bool) or not isinstance(code, int) or not lowest <= code <= highest:
                table.note(
                    "favourable", ProblemCode.NOT_A_CODE, value=shortened(str(code)), lowest=lowest, highest=highest
                )
                return None
        return frozenset(codes)

    # --- facets -------------------------------------------------------------------------------------------------------
    def _facets(self, top: Table) -> None:
        for table in top.tables("facets", most=limits.MOST_FACETS, called="facet"):
            key = table.key()
            facet = Facet(
                key=key,
                construct=table.text("construct", longest=limits.LONGEST_LABEL, required=False),
                title=table.words("title", longest=limits.LONGEST_LABEL),
                explanation=table.passage("explanation"),
                source=table.text("source", longest=limits.LONGEST_SOURCE, required=False),
                rationale=table.passage("rationale"),
                how_to_read=table.passage("how_to_read"),
                how_not_to_read=table.passage("how_not_to_read"),
            )
            table.close()
            if self._is_new(key, table, self.facet_tables):
                self.facets[key] = facet

    def _is_new(self, key: str, table: Table, seen: dict[str, Table]) -> bool:
        if key in seen:
            first = self.notebook.positions.line((*seen[key].path, "key"))
            table.note("key", ProblemCode.TWICE, value=key, first=first)
            return False
        if key:
            seen[key] = table
        return bool(key)

    def _check_facets(self, items: list[Item]) -> None:
        for key, table in self.facet_tables.items():
            scaled = [item for item in items if item.facet == key and item.kind in SCALED]
            if not scaled:
                table.note("", ProblemCode.FACET_WITHOUT_ITEMS)
                continue
            scales = [self.scales[item.scale] for item in scaled if item.scale in self.scales]
            codes = {(scale.lowest, scale.highest) for scale in scales if scale.labels}
            if len(codes) > 1 or len({item.kind for item in scaled}) > 1:
                table.note("", ProblemCode.FACET_MIXED)

    # --- items --------------------------------------------------------------------------------------------------------
    def _items(self, top: Table) -> list[Item]:
        if not top.has("items"):
            top.note("items", ProblemCode.MISSING)
            return []
        seen: dict[str, Table] = {}
        items: list[Item] = []
        for table in top.tables("items", most=limits.MOST_ITEMS, called="item"):
            item = self._item(table)
            if self._is_new(table.key(required=False), table, seen) and item:
                if items and (item.kind == ItemKind.TIES) != (items[0].kind == ItemKind.TIES):
                    table.note("kind", ProblemCode.TIES_MIXED)
                items.append(item)
        if not self.notebook.problems and all(item.kind == ItemKind.TEXT for item in items):
            top.note("items", ProblemCode.NOTHING_TO_CHOOSE)
        return items

    def _item(self, table: Table) -> Item | None:
        key = table.key()
        said = table.text("kind", longest=limits.LONGEST_LABEL)
        if said not in set(ItemKind):
            if said:
                table.note(
                    "kind", ProblemCode.UNKNOWN_KIND, value=shortened(said), kinds=", ".join(kind for kind in ItemKind)
                )
            return None
        kind = ItemKind(said)
        common: dict[str, Any] = {
            "key": key,
            "kind": kind,
            "text": table.words("text", longest=limits.LONGEST_TEXT, required=kind != ItemKind.PAIRED, referent=True),
            "facet": self._reference(table, "facet", self.facet_tables, ProblemCode.UNKNOWN_FACET, required=False),
            "same_as": table.key("same_as", required=False),
        }
        own = self.readers[kind](table)
        for other in OF_SOME_KINDS:
            if table.has(other) and other not in own:
                table.note(other, ProblemCode.NOT_FOR_KIND, kind=kind)
        table.close()
        return Item(**common, **own)

    @staticmethod
    def _reference(
        table: Table, key: str, known: Mapping[str, object], code: ProblemCode, *, required: bool = True
    ) -> str:
        value = table.key(key, required=required)
        if value and value not in known:
            table.note(key, code, value=value, hint=suggestion(value, known))
        return value

    def _likert(self, table: Table) -> dict[str, Any]:
        scale = self._reference(table, "scale", self.scales, ProblemCode.UNKNOWN_SCALE)
        return {"scale": scale, "reversed": table.yes("reversed")}

    def _paired(self, table: Table) -> dict[str, Any]:
        poles = {side: table.words(side, longest=limits.LONGEST_TEXT, referent=True) for side in ("left", "right")}
        return {"scale": self._reference(table, "scale", self.scales, ProblemCode.UNKNOWN_SCALE), **poles}

    def _choice(self, table: Table) -> dict[str, Any]:
        seen: dict[str, Table] = {}
        options = []
        for inner in table.tables("options", most=limits.MOST_OPTIONS, called="option"):
            option = Option(key=inner.key(), label=inner.words("label", longest=limits.LONGEST_LABEL))
            inner.close()
            if self._is_new(option.key, inner, seen):
                options.append(option)
        if len(seen) < 2:
            table.note("options", ProblemCode.TOO_FEW, least=2)
        return {"options": tuple(options)}

    def _ties(self, table: Table) -> dict[str, Any]:
        scale = self._reference(table, "scale", self.scales, ProblemCode.UNKNOWN_SCALE, required=False)
        if scale in self.scales and self.scales[scale].lowest < 1:
            table.note("scale", ProblemCode.TIES_FROM_ONE)
        most = table.integer("most", lowest=1, highest=limits.MOST_NAMED, otherwise=0)
        title = table.words("title", longest=limits.LONGEST_LABEL)
        return {"scale": scale, "title": title, "most": most, "partners": table.yes("partners")}

    @staticmethod
    def _number(table: Table) -> dict[str, Any]:
        lowest = table.integer("lowest", lowest=0, highest=limits.HIGHEST_NUMBER, otherwise=0)
        highest = table.integer("highest", lowest=0, highest=limits.HIGHEST_NUMBER)
        if table.has("highest") and lowest >= highest:
            table.note("lowest", ProblemCode.LOWEST_NOT_BELOW)
        if highest - lowest > limits.WIDEST_NUMBER:
            table.note("highest", ProblemCode.TOO_WIDE, limit=limits.WIDEST_NUMBER)
        return {"lowest": lowest, "highest": highest}
