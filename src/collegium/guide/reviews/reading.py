"""Reading the file of a review, with the same reader as the files of questionnaires."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from collegium.guide.moves.model import PHASES, STAGES
from collegium.guide.moves.reading import UNIT_KINDS
from collegium.guide.reviews.model import Claim, Definition, Descriptor, Outcome
from collegium.listen.instruments import limits
from collegium.listen.instruments.building import in_order
from collegium.listen.instruments.problems import InstrumentProblems, ProblemCode
from collegium.listen.instruments.reading import parse
from collegium.listen.instruments.tables import Notebook, Table, shortened, suggestion

MOST_CLAIMS, MOST_LEVELS, MOST_INDICATORS = 40, 8, 12
FEWEST_LEVELS = 2
OUTCOMES = {"phase": PHASES, "stage": STAGES}
Levels = tuple[tuple[str, str], ...]  # key and title


def read(content: bytes | str, known: Collection[str] | None = None) -> Definition:
    """Return the review that a file holds; `known` are the indicators that may be named, None for any.

    Raises InstrumentProblems with everything that is wrong with it.
    """
    document, positions = parse(content)
    notebook = Notebook(positions)
    definition = _read_top(Table(notebook, (), "", document), known)
    if notebook.problems:
        raise InstrumentProblems(in_order(notebook.problems))
    return definition


def _read_top(top: Table, known: Collection[str] | None) -> Definition:
    levels = _read_levels(top, "levels", required=True)
    positions = _read_levels(top, "positions", required=top.has("dials"))
    seen: dict[str, Table] = {}
    claims = _read_claims(top.tables("claims", most=MOST_CLAIMS, called="claim"), levels, known, seen)
    dials = _read_claims(top.tables("dials", most=MOST_CLAIMS, called="dial"), positions, known, seen)
    if not claims:
        top.note("claims", ProblemCode.MISSING)
    sets, outcomes = _read_result(top, levels)
    definition = Definition(
        key=top.key(),
        version=top.integer("version", lowest=1, highest=limits.HIGHEST_VERSION),
        title=top.text("title", longest=limits.LONGEST_LABEL),
        purpose=top.text("purpose", longest=limits.LONGEST_PASSAGE),
        kinds=_read_kinds(top),
        sources=_read_texts(top, "sources", limits.MOST_SOURCES),
        claims=(*claims, *dials),
        sets=sets,
        outcomes=outcomes,
    )
    top.close()
    return definition


def _read_texts(table: Table, key: str, most: int) -> tuple[str, ...]:
    if not table.has(key):
        return ()
    return table.text_list(key, table.get(key), longest=limits.LONGEST_SOURCE, most=most)


def _read_kinds(top: Table) -> tuple[str, ...]:
    kinds = _read_texts(top, "kinds", len(UNIT_KINDS))
    if not kinds:
        top.note("kinds", ProblemCode.MISSING)
    for kind in kinds:
        _check_known(top, "kinds", kind, UNIT_KINDS)
    return kinds


def _check_known(table: Table, key: str, value: str, known: Collection[str]) -> None:
    if value and value not in known:
        table.note(key, ProblemCode.NOT_KNOWN, value=shortened(value), hint=suggestion(value, known))


def _read_levels(top: Table, key: str, *, required: bool) -> Levels:
    found: dict[str, str] = {}
    for table in top.tables(key, most=MOST_LEVELS, called="level"):
        name = table.key()
        if name in found:
            table.note("key", ProblemCode.TWICE, value=name, first=top.notebook.positions.line((key,)))
        found[name] = table.text("title", longest=limits.LONGEST_LABEL)
        table.close()
    if required and len(found) < FEWEST_LEVELS:
        top.note(key, ProblemCode.TOO_FEW, least=FEWEST_LEVELS)
    return tuple(found.items())


def _read_claims(
    tables: Iterable[Table], levels: Levels, known: Collection[str] | None, seen: dict[str, Table]
) -> list[Claim]:
    claims = []
    for table in tables:
        claim = _read_claim(table, levels, known)
        if claim.key in seen:
            first = table.notebook.positions.line((*seen[claim.key].path, "key"))
            table.note("key", ProblemCode.TWICE, value=claim.key, first=first)
        elif claim.key:
            seen[claim.key] = table
        claims.append(claim)
    return claims


def _read_claim(table: Table, levels: Levels, known: Collection[str] | None) -> Claim:
    indicators = _read_texts(table, "indicators", MOST_INDICATORS)
    for indicator in indicators if known is not None else ():
        _check_known(table, "indicators", indicator, known or ())
    claim = Claim(
        key=table.key(),
        title=table.text("title", longest=limits.LONGEST_LABEL),
        claim=table.text("claim", longest=limits.LONGEST_TEXT),
        construct=table.text("construct", longest=limits.LONGEST_LABEL, required=False),
        look_at=table.text("look_at", longest=limits.LONGEST_SOURCE, required=False),
        would_tell=table.text("would_tell", longest=limits.LONGEST_SOURCE, required=bool(indicators)),
        indicators=indicators,
        descriptors=_read_descriptors(table, levels),
        is_dial=table.path[0] == "dials",
    )
    table.close()
    return claim


def _read_descriptors(table: Table, levels: Levels) -> tuple[Descriptor, ...]:
    values = table.get("descriptors")
    if not isinstance(values, Mapping):
        table.note("descriptors", ProblemCode.MISSING if values is None else ProblemCode.NOT_A_TABLE)
        return ()
    inner = Table(table.notebook, (*table.path, "descriptors"), table.where, values)
    found = tuple(
        Descriptor(key=key, title=title, text=inner.text(key, longest=limits.LONGEST_PASSAGE)) for key, title in levels
    )
    inner.close()
    return found


def _read_result(top: Table, levels: Levels) -> tuple[str, tuple[Outcome, ...]]:
    value = top.get("result")
    if value is None:
        return "", ()
    if not isinstance(value, Mapping):
        top.note("result", ProblemCode.NOT_A_TABLE)
        return "", ()
    table = Table(top.notebook, ("result",), "the result", value)
    sets = table.text("sets", longest=limits.LONGEST_LABEL)
    _check_known(table, "sets", sets, OUTCOMES)
    inner = table.tables("values", most=MOST_LEVELS, called="value")
    outcomes = tuple(
        _read_outcome(each, levels, OUTCOMES.get(sets, ()), is_first=number == 0) for number, each in enumerate(inner)
    )
    if len(outcomes) < FEWEST_LEVELS:
        table.note("values", ProblemCode.TOO_FEW, least=FEWEST_LEVELS)
    table.close()
    return sets, outcomes


def _read_outcome(table: Table, levels: Levels, known: Collection[str], *, is_first: bool) -> Outcome:
    """Read one; the first is what holds where no other does, and has no condition."""
    key = table.key()
    _check_known(table, "key", key, known)
    title = table.text("title", longest=limits.LONGEST_LABEL)
    level, percent = "", 0
    if not is_first:
        level = table.key("level")
        _check_known(table, "level", level, [name for name, _title in levels])
        percent = table.integer("percent", lowest=1, highest=100)
    table.close()
    return Outcome(key=key, title=title, level=level, percent=percent)
