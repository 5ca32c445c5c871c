"""A result as a table to take away: what its page shows, figure by figure, and the codebook that explains it."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from collegium.base import sheets
from collegium.listen import result_words as words
from collegium.listen.instruments.model import Column, Instrument, Item
from collegium.listen.presenters.results_reading import Reading
from collegium.listen.presenters.results_waves import Waves
from collegium.listen.publishing.documents import Document
from collegium.listen.reporting import FacetReliability, FacetReport, ItemReport
from collegium.science.disclosure.release import ReleasedMean, ReleasedShares, Shown

Cell = str | float | None
COLUMNS = ("part", "facet", "question", "answer", "measure", "value", "low", "high", "n", "as shown")
CODEBOOK_COLUMNS = ("what", "key", "name or text", "facet", "reversed", "answers", "explanation")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One figure. `value`, `low` and `high` are empty where words stand for them; `shown` is what the page says."""

    part: str
    measure: str
    shown: str
    facet: str = ""
    question: str = ""
    answer: str = ""
    value: float | None = None
    low: float | None = None
    high: float | None = None
    n: int | None = None

    def cells(self) -> tuple[Cell, ...]:
        """Return the cells in the order of the columns."""
        return (
            self.part,
            self.facet,
            self.question,
            self.answer,
            self.measure,
            self.value,
            self.low,
            self.high,
            self.n,
            self.shown,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolRow:
    """One school of the picture as it is shown to the reader: with a name or without, and never how many answered."""

    facet: str
    name: str
    mean: ReleasedMean
    low: float | None
    high: float | None


# --- what is shown ----------------------------------------------------------------------------------------------------
def list_rows(
    reading: Reading,
    document: Document,
    waves: Waves,
    *,
    reliability: Sequence[FacetReliability] = (),
    levels: Sequence[str] = (),
    schools: Sequence[SchoolRow] = (),
) -> list[Row]:
    """Return every figure of a result; `levels` are the sentences on what differs between levels."""
    answered = words.write_answered(document.report.n, document.asked)
    return [
        Row(part="result", measure="answered", value=document.report.n, n=document.asked, shown=answered),
        *(row for facet in document.report.facets for row in _facet(reading, facet)),
        *(row for item in document.report.items for row in _item(reading, item, "")),
        *(_coefficient(found) for found in reliability),
        *_changes(document, waves),
        *(Row(part="levels", measure="difference", shown=sentence) for sentence in levels),
        *(_school(reading, school) for school in schools),
    ]


def _facet(reading: Reading, facet: FacetReport) -> Iterator[Row]:
    interval = facet.interval
    yield Row(
        part="facet",
        facet=facet.key,
        measure="mean",
        value=_number(facet.mean.mean),
        low=interval.low if interval else None,
        high=interval.high if interval else None,
        n=facet.n,
        shown=reading.mean(facet),
    )
    if facet.key in reading.hidden:
        return
    if facet.favourable is not None:
        shown = words.write_share(facet.favourable)
        value = _number(facet.favourable)
        yield Row(part="facet", facet=facet.key, measure="favourable", value=value, shown=shown)
    if facet.agreement is not None:
        yield Row(part="facet", facet=facet.key, measure="agreement", shown=words.write_agreement(facet.agreement))
    if facet.shares is not None:
        column = _column(reading.instrument, facet.items[0].key)
        yield from _shares(reading, facet.shares, column, part="facet", facet=facet.key, question="")
    for item in facet.items:
        yield from _item(reading, item, facet.key)


def _item(reading: Reading, item: ItemReport, facet: str) -> Iterator[Row]:
    if item.mean is not None:
        yield Row(
            part="question",
            facet=facet,
            question=item.key,
            measure="mean",
            value=_number(item.mean.mean),
            n=item.n,
            shown=words.write_mean(item.mean, reading.fewest),
        )
        return
    column = _column(reading.instrument, item.key)
    yield from _shares(reading, item.shares, column, part="question", facet=facet, question=item.key)
    if item.favourable is not None:
        yield Row(
            part="question",
            facet=facet,
            question=item.key,
            measure="favourable",
            value=_number(item.favourable),
            n=item.n,
            shown=words.write_share(item.favourable),
        )


def _shares(
    reading: Reading, shares: ReleasedShares, column: Column, *, part: str, facet: str, question: str
) -> Iterator[Row]:
    if shares.shares is None:
        shown = words.write_no_shares(shares, reading.fewest)
        yield Row(part=part, facet=facet, question=question, measure="share", n=shares.n, shown=shown)
        return
    labels = [label for _code, label in reading.instrument.labels(column.item, reading.language)] or [
        _("not chosen"),
        _("chosen"),
    ]
    for label, share in zip(labels, shares.shares, strict=True):
        yield Row(
            part=part,
            facet=facet,
            question=question,
            answer=label,
            measure="share",
            value=_number(share),
            n=shares.n,
            shown=words.write_share(share),
        )


def _coefficient(found: FacetReliability) -> Row:
    interval = found.alpha_interval
    return Row(
        part="facet",
        facet=found.facet,
        measure="reliability",
        value=found.alpha,
        low=interval.low if interval else None,
        high=interval.high if interval else None,
        shown=" ".join(filter(None, (words.write_reliability(found), words.write_coefficient(found)))),
    )


def _changes(document: Document, waves: Waves) -> Iterator[Row]:
    for change in document.changes:
        report = change.report
        yield Row(
            part="change",
            facet=report.facet,
            measure="difference",
            value=report.difference,
            low=report.interval.low if report.interval else None,
            high=report.interval.high if report.interval else None,
            shown=words.write_change(report, waves.since(change)),
        )


def _school(reading: Reading, school: SchoolRow) -> Row:
    return Row(
        part="school",
        facet=school.facet,
        answer=school.name,
        measure="estimate",
        value=_number(school.mean.mean),
        low=school.low,
        high=school.high,
        shown=words.write_mean(school.mean, reading.fewest),
    )


def _number(shown: Shown | None) -> float | None:
    return None if shown is None or shown.band is not None else shown.value


def _column(instrument: Instrument, key: str) -> Column:
    return instrument.column(key)


# --- the codebook -----------------------------------------------------------------------------------------------------
def list_codebook(reading: Reading, *, k: int) -> list[tuple[Cell, ...]]:
    """Return what every facet, question and answer is, how to read it, and the rule of k."""
    instrument, say = reading.instrument, _Say(reading)
    rows: list[tuple[Cell, ...]] = [
        ("instrument", instrument.key, say(instrument.title), "", "", "", say(instrument.purpose)),
        ("version", instrument.key, str(instrument.version), "", "", "", ""),
        ("rule", "k", str(k), "", "", "", _rule(k)),
        ("rule", "rounding", "", "", "", "", _rounding()),
        ("rule", "interval", "0.95", "", "", "", _interval()),
    ]
    for facet in instrument.facets:
        rows.append(("facet", facet.key, say(facet.title), "", "", "", say(facet.explanation)))
        rows.append(("how to read", facet.key, "", "", "", "", say(facet.how_to_read)))
        rows.append(("how not to read", facet.key, "", "", "", "", say(facet.how_not_to_read)))
        rows.append(("source", facet.key, "", "", "", "", facet.source))
    for column in instrument.columns:
        rows.append(_question(reading, column))
    for item in instrument.text_items:
        rows.append(("open question", item.key, say(item.text), "", "", "", ""))
    return rows


class _Say:
    def __init__(self, reading: Reading) -> None:
        self.reading = reading

    def __call__(self, texts: object) -> str:
        reading = self.reading
        return reading.instrument.fill(texts, reading.language, reading.referent)  # type: ignore[arg-type]


def _question(reading: Reading, column: Column) -> tuple[Cell, ...]:
    item = column.item
    labels = "; ".join(f"{code} = {label}" for code, label in reading.instrument.labels(item, reading.language))
    answers = labels or f"{column.lowest} to {column.highest}"
    return ("question", column.key, _text(reading, item, column), item.facet, _yes(item.reversed), answers, "")


def _text(reading: Reading, item: Item, column: Column) -> str:
    if column.side:
        poles = reading.instrument.poles(item, reading.language, reading.referent)
        return poles[0] if column.side == "left" else poles[1]
    text = reading.instrument.text(item, reading.language, reading.referent)
    option = next((option for option in item.options if option.key == column.option), None)
    return f"{text} {reading.instrument.say(option.label, reading.language)}" if option else text


def _yes(value: bool) -> str:
    return "yes" if value else ""


def _rule(k: int) -> str:
    return _(
        "Every figure rests on more than %(k)s people's answers, and so does every sum or difference of figures."
        " Smaller groups are counted together with their neighbours."
    ) % {"k": k}


def _rounding() -> str:
    return _(
        "Means are rounded to 0.1. Shares are rounded to steps that depend on the number of answers alone, so that"
        " nobody can be picked out; they may not add up to 1. Where words stand for a number, the number is left out."
    )


def _interval() -> str:
    return _("Low and high are the ends of a 95% interval, rounded outwards to 0.1.")


# --- the files --------------------------------------------------------------------------------------------------------
def write_csv(columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> str:
    """Return a table as CSV that a spreadsheet opens without working anything out."""
    return "".join(sheets.write_line(row) for row in (columns, *rows))


def write_xlsx(result: Sequence[Sequence[Cell]], codebook: Sequence[Sequence[Cell]]) -> bytes:
    """Return a workbook of the result and its codebook."""
    from openpyxl import Workbook  # type: ignore[import-untyped]  # slow to load, and only needed here

    book = Workbook(write_only=True)
    for title, columns, rows in (("Result", COLUMNS, result), ("Codebook", CODEBOOK_COLUMNS, codebook)):
        sheet = book.create_sheet(title)
        for row in (columns, *rows):
            sheet.append([sheets.guard(cell) if isinstance(cell, str) else cell for cell in row])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()
