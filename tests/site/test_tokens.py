"""The colours: every pair that a page puts together can be read, in every theme, also by the colour-blind."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest

import collegium.site

CSS = Path(collegium.site.__file__).parent / "static" / "site" / "css"
PAIR = re.compile(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\);")
PLAIN = re.compile(r"--([\w-]+): (#\w{6});")

Colours = dict[str, str]


def read_blocks(name: str) -> list[str]:
    """Return the innermost blocks of a stylesheet that set colours."""
    text = (CSS / name).read_text(encoding="utf-8")
    return [block for block in re.findall(r"\{([^{}]*)\}", text) if "#" in block]


def themes() -> dict[str, Colours]:
    """Return the colours of the four themes, and of browsers that cannot tell light from dark."""
    fallback, usual = read_blocks("tokens.css")
    more = read_blocks("contrast.css")[0]
    found: dict[str, Colours] = {"light, old browser": dict(PLAIN.findall(fallback))}
    for place, name in enumerate(("light", "dark")):
        found[name] = {key: pair[place] for key, *pair in PAIR.findall(usual)}
        found[f"{name}, high contrast"] = found[name] | {key: pair[place] for key, *pair in PAIR.findall(more)}
    return found


THEMES = themes()
GROUNDS = ("paper", "paper-raised", "paper-sunk")
TEXT_ON = (
    *itertools.product(("ink", "ink-soft", "accent", "accent-strong", "look", "problem"), GROUNDS),
    *itertools.product(("ink", "accent", "accent-strong"), ("accent-soft",)),
    ("ink-soft", "accent-soft"),
    *itertools.product(("ink", "look", "accent"), ("look-soft",)),
    *itertools.product(("ink", "problem", "accent"), ("problem-soft",)),
    ("on-accent", "accent"),
    ("on-accent", "accent-strong"),
    ("paper", "ink"),  # the link that skips to the content
    *((f"on-share-{tint}", f"share-{tint}") for tint in range(1, 6)),
)
MARK_ON = (
    *itertools.product(("rule-strong", "focus", "look-mark"), GROUNDS),
    *itertools.product(("accent", "look-mark"), ("accent-soft", "look-soft")),
    *itertools.product((f"facet-{hue}" for hue in range(1, 9)), GROUNDS[:2]),
)


def linear(colour: str) -> tuple[float, float, float]:
    """Return a colour's light, channel by channel (sRGB, WCAG 2.2)."""
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return red, green, blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of WCAG 2.2."""
    lights = [
        sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear(c), strict=True))
        for c in (one, other)
    ]
    return (max(lights) + 0.05) / (min(lights) + 0.05)


def test_the_ratio_is_the_one_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("text", "ground"), TEXT_ON)
def test_text_can_be_read(theme: str, text: str, ground: str) -> None:
    least = 7 if "high contrast" in theme and not text.startswith("on-share") else 4.5
    assert contrast(THEMES[theme][text], THEMES[theme][ground]) >= least


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("mark", "ground"), MARK_ON)
def test_marks_and_edges_can_be_seen(theme: str, mark: str, ground: str) -> None:
    assert contrast(THEMES[theme][mark], THEMES[theme][ground]) >= 3


def test_old_browsers_get_the_light_theme() -> None:
    assert THEMES["light, old browser"] == THEMES["light"]


def test_high_contrast_is_the_same_asked_for_and_chosen() -> None:
    asked, chosen = read_blocks("contrast.css")
    assert asked.split() == chosen.split()


def test_every_token_that_is_used_is_defined() -> None:
    sheets = [path.read_text(encoding="utf-8") for path in CSS.glob("*.css")]
    defined = {name for sheet in sheets for name in re.findall(r"(--[\w-]+):", sheet)}
    used = {name for sheet in sheets for name in re.findall(r"var\((--[\w-]+)", sheet)}
    assert used <= defined


def test_no_colour_outside_the_tokens() -> None:
    strays = {
        f"{path.name}: {colour}"
        for path in CSS.glob("*.css")
        if path.name not in ("tokens.css", "contrast.css", "print.css")
        for colour in re.findall(r"#[0-9a-fA-F]{3,8}\b", path.read_text(encoding="utf-8"))
    }
    assert not strays


# What the colour-blind see: Machado, Oliveira & Fernandes (2009), severity 1, on linear light.
SEEN_BY = {
    "everyone": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopes": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopes": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
}
LEAST_DIFFERENCE = 0.06  # of Oklab: plainly two colours beside each other


def oklab(light: tuple[float, ...]) -> tuple[float, ...]:
    """Return linear sRGB as Oklab (Ottosson 2020), where distance is about how different colours look."""
    red, green, blue = (min(1.0, max(0.0, part)) for part in light)
    roots = [
        (a * red + b * green + c * blue) ** (1 / 3)
        for a, b, c in (
            (0.4122214708, 0.5363325363, 0.0514459929),
            (0.2119034982, 0.6806995451, 0.1073969566),
            (0.0883024619, 0.2817188376, 0.6299787005),
        )
    ]
    rows = (
        (0.2104542553, 0.7936177850, -0.0040720468),
        (1.9779984951, -2.4285922050, 0.4505937099),
        (0.0259040371, 0.7827717662, -0.8086757660),
    )
    return tuple(sum(weight * root for weight, root in zip(row, roots, strict=True)) for row in rows)


def difference(one: str, other: str, eyes: str) -> float:
    """Return how different two colours look."""
    labs = []
    for colour in (one, other):
        light = linear(colour)
        labs.append(oklab(tuple(sum(w * part for w, part in zip(row, light, strict=True)) for row in SEEN_BY[eyes])))
    return sum((a - b) ** 2 for a, b in zip(*labs, strict=True)) ** 0.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("eyes", SEEN_BY)
@pytest.mark.parametrize("kind", ["facet", "share"])
def test_chart_colours_can_be_told_apart(theme: str, eyes: str, kind: str) -> None:
    colours = {name: colour for name, colour in THEMES[theme].items() if name.startswith(f"{kind}-")}
    alike = {
        (one, other): round(difference(colours[one], colours[other], eyes), 3)
        for one, other in itertools.combinations(colours, 2)
        if difference(colours[one], colours[other], eyes) < LEAST_DIFFERENCE
    }
    assert not alike
