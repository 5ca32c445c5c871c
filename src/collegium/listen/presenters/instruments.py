"""Pages about questionnaires."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collegium.listen import policies
from collegium.listen.forms.instruments import KIND_LABELS
from collegium.listen.instruments import Instrument, InstrumentProblems, Item, ItemKind
from collegium.listen.instruments.comparing import Change, ItemChange, comparable_facets, compare_versions
from collegium.listen.instruments.importing import ImportNote
from collegium.listen.queries.instruments import Known
from collegium.people.actors import Actor
from collegium.people.places import Place
from collegium.people.presenters.frame import UnitFrame, frame_of

CHANGE_WORDS = {
    Change.SAME: gettext_lazy("as it was"),
    Change.REWORDED: gettext_lazy("worded anew, comparable"),
    Change.RENAMED: gettext_lazy("takes the place of another, comparable"),
    Change.ANSWERS_CHANGED: gettext_lazy("other answers, not comparable"),
    Change.ADDED: gettext_lazy("new"),
    Change.REMOVED: gettext_lazy("no longer asked"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A questionnaire in a list."""

    title: str
    purpose: str
    url: str
    minutes: float
    questions: int
    facets: tuple[str, ...]
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """All that a unit can ask with."""

    unit: UnitFrame
    own: tuple[Row, ...]
    shipped: tuple[Row, ...]
    import_url: str
    can_change: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One of several ways to look at the page."""

    title: str
    url: str
    is_current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemView:
    """A question as respondents see it."""

    key: str
    kind: str
    text: str
    left: str
    right: str
    answers: tuple[str, ...]
    facet: str
    is_reversed: bool
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemGroup:
    """Questions after one another that belong to one facet and have the same answers; `start` numbers the first."""

    facet: str
    kind: str
    answers: tuple[str, ...]
    items: tuple[ItemView, ...]
    start: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetView:
    """What a reader learns about a facet."""

    key: str
    title: str
    construct: str
    explanation: tuple[str, ...]
    source: str
    rationale: tuple[str, ...]
    how_to_read: tuple[str, ...]
    how_not_to_read: tuple[str, ...]
    items: int
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRow:
    """What became of a question between two versions."""

    text: str
    words: str
    is_comparable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What two versions share."""

    before: int
    now: int
    rows: tuple[ChangeRow, ...]
    same: int
    facets: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class InstrumentPage:
    """One questionnaire."""

    unit: UnitFrame
    title: str
    purpose: tuple[str, ...]
    key: str
    version: int
    minutes: str
    questions: int
    languages: tuple[str, ...]
    sources: tuple[str, ...]
    groups: tuple[ItemGroup, ...]
    facets: tuple[FacetView, ...]
    referents: tuple[Choice, ...]
    tongues: tuple[Choice, ...]
    versions: tuple[Choice, ...]
    comparison: Comparison | None
    is_own: bool
    is_used: bool
    is_newest: bool
    can_change: bool
    list_url: str
    file_url: str
    copy_url: str
    edit_url: str
    discard_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleView:
    """A scale in the editor."""

    labels: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EditPage:
    """The editor: everything that can be changed, each with its form."""

    unit: UnitFrame
    title: str
    version: int
    is_used: bool
    next_version: int
    minutes: str
    seen: str
    items: tuple[ItemView, ...]
    facets: tuple[FacetView, ...]
    scales: tuple[ScaleView, ...]
    url: str
    page_url: str
    list_url: str
    head_url: str
    text_url: str
    add_item_url: str
    add_scale_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemView:
    """One thing to mend, with the line as it stands in the file."""

    line: int
    where: str
    message: str
    excerpt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPage:
    """Bringing in a questionnaire: the file, what is wrong with it, or what it would become."""

    unit: UnitFrame
    list_url: str
    problems: tuple[ProblemView, ...] = ()
    title: str = ""
    file_text: str = ""
    minutes: str = ""
    questions: int = 0
    groups: tuple[ItemGroup, ...] = ()
    left_out: tuple[ImportNote, ...] = ()
    notes: tuple[ImportNote, ...] = ()
    comparison: Comparison | None = None


def address(name: str, place: Place, *args: object, **query: str | int) -> str:
    """The address of a page about questionnaires of the unit."""
    asked = {key: value for key, value in query.items() if value}
    return reverse(f"listen:{name}", args=[place.slug, *args]) + (f"?{urlencode(asked)}" if asked else "")


# --- the pages --------------------------------------------------------------------------------------------------------
def present_list(actor: Actor, place: Place, own: Sequence[Instrument], shipped: Sequence[Instrument]) -> ListPage:
    """Return the page of all questionnaires."""
    return ListPage(
        unit=frame_of(actor, place),
        own=tuple(_row(place, instrument) for instrument in own),
        shipped=tuple(_row(place, instrument) for instrument in shipped),
        import_url=address("instrument_import", place),
        can_change=policies.can_run_pulse(actor, place),
    )


def present_instrument(
    actor: Actor, place: Place, known: Known, before: Instrument | None, *, language: str, referent: str
) -> InstrumentPage:
    """Return the page of one questionnaire; `before` is the version before it."""
    instrument = known.instrument
    language = language if language in instrument.languages else instrument.default_language
    referent = referent if referent in instrument.referents else next(iter(instrument.referents), "")
    version = 0 if known.is_newest else instrument.version

    def here(**query: str | int) -> str:
        chosen: dict[str, str | int] = {"version": version, "language": language, "referent": referent, **query}
        return address("instrument", place, instrument.key, **chosen)

    return InstrumentPage(
        unit=frame_of(actor, place),
        title=instrument.say(instrument.title, language),
        purpose=paragraphs(instrument.say(instrument.purpose, language)),
        key=instrument.key,
        version=instrument.version,
        minutes=say_minutes(instrument.minutes),
        questions=len(instrument.items),
        languages=instrument.languages,
        sources=instrument.sources,
        groups=item_groups(instrument, language, referent),
        facets=facet_views(instrument, language),
        referents=tuple(
            Choice(title=instrument.say(words, language), url=here(referent=key), is_current=key == referent)
            for key, words in instrument.referents.items()
        ),
        tongues=tuple(
            Choice(title=tag, url=here(language=tag), is_current=tag == language) for tag in instrument.languages
        ),
        versions=tuple(
            Choice(title=str(number), url=here(version=number), is_current=number == instrument.version)
            for number in known.numbers
        ),
        comparison=comparison_of(before, instrument) if before else None,
        is_own=known.is_own,
        is_used=known.is_used,
        is_newest=known.is_newest,
        can_change=policies.can_run_pulse(actor, place),
        list_url=address("instruments", place),
        file_url=address("instrument_file", place, instrument.key, version=version),
        copy_url=address("instrument_copy", place, instrument.key, version=version),
        edit_url=address("instrument_edit", place, instrument.key) if known.is_own else "",
        discard_url=address("instrument_discard", place, instrument.key) if known.is_own else "",
    )


def present_editor(actor: Actor, place: Place, known: Known) -> EditPage:
    """Return the editor of a questionnaire of the unit's own."""
    instrument, key = known.instrument, known.instrument.key
    return EditPage(
        unit=frame_of(actor, place),
        title=instrument.say(instrument.title),
        version=instrument.version,
        is_used=known.is_used,
        next_version=instrument.version + 1,
        minutes=say_minutes(instrument.minutes),
        seen=known.fingerprint,
        items=tuple(
            item_view(instrument, item, url=address("instrument_item", place, key, item.key), is_filled=False)
            for item in instrument.items
        ),
        facets=facet_views(instrument, url=lambda facet: address("instrument_facet", place, key, facet)),
        scales=tuple(
            ScaleView(
                labels=" · ".join(scale.labels[instrument.default_language]),
                url=address("instrument_scale", place, key, scale.key),
            )
            for scale in instrument.scales.values()
        ),
        url=address("instrument_edit", place, key),
        page_url=address("instrument", place, key),
        list_url=address("instruments", place),
        head_url=address("instrument_head", place, key),
        text_url=address("instrument_text", place, key),
        add_item_url=address("instrument_item_add", place, key),
        add_scale_url=address("instrument_scale_add", place, key),
    )


def present_import(actor: Actor, place: Place, **facts: object) -> ImportPage:
    """Return the page on which a questionnaire is brought in."""
    return ImportPage(unit=frame_of(actor, place), list_url=address("instruments", place), **facts)  # type: ignore[arg-type]


# --- parts ------------------------------------------------------------------------------------------------------------
def _row(place: Place, instrument: Instrument) -> Row:
    return Row(
        title=instrument.say(instrument.title),
        purpose=first_sentence(instrument.say(instrument.purpose)),
        url=address("instrument", place, instrument.key),
        minutes=instrument.minutes,
        questions=len(instrument.items),
        facets=tuple(instrument.say(facet.title) for facet in instrument.facets),
        version=instrument.version,
    )


def item_view(
    instrument: Instrument, item: Item, language: str = "", referent: str = "", *, url: str = "", is_filled: bool = True
) -> ItemView:
    """A question, with the referent put in or left as it is written."""
    say = (lambda words: instrument.fill(words, language, referent)) if is_filled else instrument.say
    answers = [label for _code, label in instrument.labels(item, language)]
    if item.kind == ItemKind.MULTIPLE:
        answers = [instrument.say(option.label, language) for option in item.options]
    if item.kind == ItemKind.NUMBER:
        answers = [_("a number from %(lowest)s to %(highest)s") % {"lowest": item.lowest, "highest": item.highest}]
    facet = instrument.say(instrument.facet(item.facet).title, language) if item.facet else ""
    return ItemView(
        key=item.key,
        kind=str(KIND_LABELS[item.kind]),
        text=say(item.text),
        left=say(item.left),
        right=say(item.right),
        answers=tuple(answers),
        facet=facet,
        is_reversed=item.reversed,
        url=url,
    )


def item_groups(instrument: Instrument, language: str = "", referent: str = "") -> tuple[ItemGroup, ...]:
    """All questions, with what several after one another share said once."""
    views = [item_view(instrument, item, language, referent) for item in instrument.items]
    found, start = [], 1
    for (facet, kind, answers), members in groupby(views, key=lambda view: (view.facet, view.kind, view.answers)):
        items = tuple(members)
        found.append(ItemGroup(facet=facet, kind=kind, answers=answers, items=items, start=start))
        start += len(items)
    return tuple(found)


def facet_views(instrument: Instrument, language: str = "", url: object = None) -> tuple[FacetView, ...]:
    """What is said about each facet."""
    return tuple(
        FacetView(
            key=facet.key,
            title=instrument.say(facet.title, language),
            construct=facet.construct,
            explanation=paragraphs(instrument.say(facet.explanation, language)),
            source=facet.source,
            rationale=paragraphs(instrument.say(facet.rationale, language)),
            how_to_read=paragraphs(instrument.say(facet.how_to_read, language)),
            how_not_to_read=paragraphs(instrument.say(facet.how_not_to_read, language)),
            items=len(instrument.items_of(facet.key)),
            url=url(facet.key) if callable(url) else "",
        )
        for facet in instrument.facets
    )


def comparison_of(before: Instrument, now: Instrument) -> Comparison:
    """What two versions share, question by question."""
    changes = compare_versions(before, now)
    comparable = comparable_facets(before, now)
    return Comparison(
        before=before.version,
        now=now.version,
        rows=tuple(_change_row(before, now, change) for change in changes if change.change != Change.SAME),
        same=sum(change.change == Change.SAME for change in changes),
        facets=tuple(now.say(facet.title) for facet in now.facets if facet.key in comparable),
    )


def _change_row(before: Instrument, now: Instrument, change: ItemChange) -> ChangeRow:
    instrument, item = (now, change.now) if change.now else (before, change.before)
    assert item  # noqa: S101 a change is of something
    text = instrument.fill(item.text) or " / ".join(instrument.poles(item))
    return ChangeRow(text=text, words=str(CHANGE_WORDS[change.change]), is_comparable=change.comparable)


def problem_views(error: InstrumentProblems, text: str) -> tuple[ProblemView, ...]:
    """Each problem with the line that it is in."""
    lines = text.splitlines()
    return tuple(
        ProblemView(
            line=problem.line,
            where=problem.where,
            message=problem.message,
            excerpt=lines[problem.line - 1].strip()[:160] if problem.line <= len(lines) else "",
        )
        for problem in error.problems
    )


def say_minutes(minutes: float) -> str:
    """How long something takes."""
    if minutes == 1:
        return _("1 minute")
    return _("%(minutes)s minutes") % {"minutes": number_format(minutes, 1 if minutes % 1 else 0)}


def first_sentence(text: str) -> str:
    """As much of a passage as a list has room for."""
    return re.split(r"(?<=[.!?])\s", text, maxsplit=1)[0]


def paragraphs(text: str) -> tuple[str, ...]:
    """A passage as its paragraphs."""
    return tuple(text.split("\n\n"))
