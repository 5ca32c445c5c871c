"""Writes an instrument as a file that `read` gives back as it was."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from collegium.listen.instruments.keyed import Words
from collegium.listen.instruments.model import Facet, Instrument, Item, ItemKind, Option, Scale

_WIDTH = 100
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}


def write(instrument: Instrument) -> str:
    """The file of an instrument, always the same for the same instrument."""
    blocks: list[Iterable[str]] = [_head(instrument)]
    if instrument.referents:
        phrases = (line for key, words in instrument.referents.items() for line in _words(key, words))
        blocks.append(["[referents]", *phrases])
    blocks += [_scale(scale) for scale in instrument.scales.values()]
    blocks += [_facet(facet) for facet in instrument.facets]
    for item in instrument.items:
        blocks.append(_item(item))
        blocks += [_option(option) for option in item.options]
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def _head(instrument: Instrument) -> Iterator[str]:
    yield f"key = {_string(instrument.key)}"
    yield f"version = {instrument.version}"
    yield f"languages = {_list(instrument.languages)}"
    yield f"default_language = {_string(instrument.default_language)}"
    yield from _words("title", instrument.title)
    yield from _passages("purpose", instrument.purpose)
    if instrument.sources:
        yield "sources = ["
        yield from (f"    {_string(source)}," for source in instrument.sources)
        yield "]"


def _scale(scale: Scale) -> Iterator[str]:
    yield f"[scales.{scale.key}]"
    yield f"lowest = {scale.lowest}"
    for language, labels in scale.labels.items():
        yield f"labels.{language} = {_list(labels)}"
    if scale.favourable != Scale.usually_favourable(scale.lowest, scale.options):
        yield f"favourable = [{', '.join(str(code) for code in sorted(scale.favourable))}]"


def _facet(facet: Facet) -> Iterator[str]:
    yield "[[facets]]"
    yield f"key = {_string(facet.key)}"
    yield from _plain("construct", facet.construct)
    yield from _words("title", facet.title)
    yield from _passages("explanation", facet.explanation)
    yield from _plain("source", facet.source)
    yield from _passages("rationale", facet.rationale)
    yield from _passages("how_to_read", facet.how_to_read)
    yield from _passages("how_not_to_read", facet.how_not_to_read)


def _item(item: Item) -> Iterator[str]:
    yield "[[items]]"
    yield f"key = {_string(item.key)}"
    yield from _plain("same_as", item.same_as)
    yield f"kind = {_string(item.kind)}"
    yield from _plain("facet", item.facet)
    yield from _plain("scale", item.scale)
    if item.reversed:
        yield "reversed = true"
    if item.kind == ItemKind.NUMBER:
        yield f"lowest = {item.lowest}"
        yield f"highest = {item.highest}"
    if item.most:
        yield f"most = {item.most}"
    if item.partners:
        yield "partners = true"
    yield from _words("title", item.title)
    yield from _words("text", item.text)
    yield from _words("left", item.left)
    yield from _words("right", item.right)


def _option(option: Option) -> Iterator[str]:
    yield "[[items.options]]"
    yield f"key = {_string(option.key)}"
    yield from _words("label", option.label)


# --- values -----------------------------------------------------------------------------------------------------------
def _plain(key: str, text: str) -> Iterator[str]:
    if text:
        yield f"{key} = {_string(text)}"


def _words(key: str, words: Words) -> Iterator[str]:
    for language, text in words.items():
        yield f"{key}.{language} = {_string(text)}"


def _passages(key: str, words: Words) -> Iterator[str]:
    for language, text in words.items():
        if len(text) <= _WIDTH and "\n" not in text:
            yield f"{key}.{language} = {_string(text)}"
        else:
            # How the lines are broken means nothing to the reader of the file.
            paragraphs = (
                textwrap.fill(part, _WIDTH, break_long_words=False, break_on_hyphens=False)
                for part in text.split("\n\n")
            )
            body = "\n\n".join(paragraphs).replace("\\", "\\\\").replace('"""', '""\\"')
            yield f'{key}.{language} = """\n{body}\n"""'


def _list(texts: Iterable[str]) -> str:
    return f"[{', '.join(_string(text) for text in texts)}]"


def _string(text: str) -> str:
    escaped = "".join(_ESCAPES.get(letter, letter) for letter in text)
    return '"' + "".join(f"\\u{ord(c):04x}" if ord(c) < 32 or ord(c) == 127 else c for c in escaped) + '"'
