"""What was asked, whichever way we know it: from an instrument, from a mapping, or from the table itself."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from collegium.cli.analysis.labels import Options
from collegium.listen.instruments import Instrument, ItemKind
from collegium.science.measurement import layout as science
from collegium.science.measurement.layout import Layout


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One column of answers. `names` are what a file may call it, `labels` its options in words, lowest first."""

    key: str
    title: str
    lowest: int
    highest: int
    options: Options
    labels: tuple[str, ...]
    names: tuple[str, ...] = ()
    favourable: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """Questions that together measure one thing; `explanation` says what."""

    key: str
    title: str
    items: tuple[str, ...]
    reversed_items: frozenset[str] = frozenset()
    explanation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Questionnaire:
    """All questions of a file, and the facets they make."""

    title: str
    questions: tuple[Question, ...]
    facets: tuple[Facet, ...]
    source: str
    key: str = ""
    language: str = ""
    texts: tuple[str, ...] = field(default=())

    def layout(self) -> Layout:
        """Return what the statistics need to know of it."""
        return Layout(
            items=tuple(science.Item(key=one.key, lowest=one.lowest, highest=one.highest) for one in self.questions),
            facets=tuple(
                science.Facet(key=facet.key, items=facet.items, reversed_items=facet.reversed_items)
                for facet in self.facets
            ),
        )

    def question(self, key: str) -> Question:
        """Return a question by its key."""
        return next(one for one in self.questions if one.key == key)

    def only(self, keys: Collection[str]) -> Questionnaire:
        """Keep the questions that a file has; facets keep those of their items."""
        facets = []
        for facet in self.facets:
            items = tuple(key for key in facet.items if key in keys)
            if items:
                turned = facet.reversed_items & set(items)
                facets.append(
                    Facet(
                        key=facet.key,
                        title=facet.title,
                        items=items,
                        reversed_items=turned,
                        explanation=facet.explanation,
                    )
                )
        return Questionnaire(
            title=self.title,
            questions=tuple(one for one in self.questions if one.key in keys),
            facets=tuple(facets),
            source=self.source,
            key=self.key,
            language=self.language,
            texts=self.texts,
        )


def from_instrument(instrument: Instrument) -> Questionnaire:
    """Take the questions of an instrument, with everything that a file might call them and their options."""
    layout = instrument.layout()
    questions = []
    for column in instrument.columns:
        item = column.item
        labels = instrument.labels(item)
        in_languages = [pair for language in instrument.languages for pair in instrument.labels(item, language)]
        title = instrument.text(item) or instrument.text(item)
        if column.side:
            title = instrument.poles(item)[column.side == "right"]
        if column.option:
            title = f"{title}: {next(instrument.say(one.label) for one in item.options if one.key == column.option)}"
        questions.append(
            Question(
                key=column.key,
                title=title or column.key,
                lowest=column.lowest,
                highest=column.highest,
                options=Options(
                    column.key, column.lowest, column.highest, in_languages, is_tick=item.kind == ItemKind.MULTIPLE
                ),
                labels=tuple(label for _, label in labels) or _plain_labels(column.lowest, column.highest),
                names=_names_of(instrument, column.key),
                favourable=instrument.favourable(column),
            )
        )
    titles = {facet.key: facet for facet in instrument.facets}
    facets = []
    for made in layout.facets:
        base, _, side = made.key.rpartition(".") if made.key not in titles else (made.key, "", "")
        own = titles[base]
        facets.append(
            Facet(
                key=made.key,
                title=instrument.say(own.title) + (f" ({side})" if side else ""),
                items=made.items,
                reversed_items=made.reversed_items,
                explanation=instrument.fill(own.explanation),
            )
        )
    return Questionnaire(
        title=instrument.say(instrument.title),
        questions=tuple(questions),
        facets=tuple(facets),
        source=f"the instrument {instrument.key}, version {instrument.version}",
        key=instrument.key,
        language=instrument.default_language,
        texts=tuple(item.key for item in instrument.text_items),
    )


def _names_of(instrument: Instrument, key: str) -> tuple[str, ...]:
    """Return the wordings of a column in every language and for every referent."""
    column = instrument.column(key)
    item = column.item
    names = [key, key.replace(".", "_")]
    for language in instrument.languages:
        for referent in tuple(instrument.referents) or ("",):
            if column.side:
                names.append(instrument.poles(item, language, referent)[column.side == "right"])
            elif column.option:
                label = next(option.label for option in item.options if option.key == column.option)
                names.append(f"{instrument.text(item, language, referent)}.{instrument.say(label, language)}")
            else:
                names.append(instrument.text(item, language, referent))
    return tuple(dict.fromkeys(name for name in names if name))


def _plain_labels(lowest: int, highest: int) -> tuple[str, ...]:
    return tuple(str(code) for code in range(lowest, highest + 1))


def plain_question(
    key: str,
    lowest: int,
    highest: int,
    labels: Mapping[int, str] | None = None,
    *,
    title: str = "",
    favourable: frozenset[int] = frozenset(),
) -> Question:
    """Make a question of what little is known of it."""
    labels = labels or {}
    return Question(
        key=key,
        title=title or key,
        lowest=lowest,
        highest=highest,
        options=Options(key, lowest, highest, labels.items()),
        labels=tuple(labels.get(code, str(code)) for code in range(lowest, highest + 1)),
        names=(key,),
        favourable=favourable,
    )
