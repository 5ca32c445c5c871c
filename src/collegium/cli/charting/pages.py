"""What `collegium chart` writes: a page that prints, a picture for each series, and the numbers as CSV."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.template import Context, Engine
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from collegium.base import sheets
from collegium.base.figures import ControlChart, SmallMultiples
from collegium.cli.analysis import style
from collegium.enquire.charting import figures, words
from collegium.enquire.charting.making import Charted
from collegium.science.improvement.reading import Finding
from collegium.science.improvement.special_causes import MAKING_DATA_COUNT, Assurance
from collegium.site.charts import control
from collegium.site.components.figures import control_chart, small_multiples

TEMPLATES = Path(__file__).parent / "templates"
MOST_ON_A_PAGE = 60
SIGNALS = frozenset({Finding.SHIFT, Finding.RARELY_CROSSES, Finding.OUTSIDE})
_NO_NAME = re.compile(r"[^\w-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryRow:
    """One series in the table at the beginning."""

    title: str
    file: str
    latest: str
    variation: str
    assurance: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Everything that the page shows."""

    title: str
    lead: str
    rows: tuple[SummaryRow, ...]
    has_targets: bool
    picture: SafeString | str
    left_out: str
    about: tuple[str, ...]
    log: tuple[str, ...]
    foot: str
    style: SafeString


def draw_files(made: Sequence[Charted], *, title: str, log: Sequence[str], file: str, version: str) -> dict[str, str]:
    """Return the text of every file by its name."""
    drawn = [figures.draw_figure(each) for each in made]
    names = _names([figure.title for figure in drawn])
    engine = Engine(dirs=[str(TEMPLATES)], builtins=["django.templatetags.i18n", "django.templatetags.l10n"])
    page = Page(
        title=title,
        lead=_lead(made),
        rows=tuple(_row(*each) for each in zip(made, drawn, names, strict=True)),
        has_targets=any(each.assurance is not Assurance.NO_TARGET for each in made),
        picture=_picture(title, drawn),
        left_out=_left_out(drawn),
        about=_about(),
        log=tuple(log),
        foot=_("Made with Collegium %(version)s from %(file)s.") % {"version": version, "file": file},
        style=mark_safe(f"<style>{style.sheet()}</style>"),  # noqa: S308 our own sheets
    )
    context = Context({"page": page, "language": get_language() or "en"})
    files: dict[str, str] = {"index.html": engine.get_template("charting/page.html").render(context)}
    picture = engine.get_template("charting/picture.svg")
    for figure, name in zip(drawn, names, strict=True):
        drawing = control.draw_control_chart(figure)
        files[name] = picture.render(Context({"figure": figure, "drawing": drawing}))
    files["points.csv"] = _points(made, drawn)
    files["summary.csv"] = _summary(made, page.rows)
    return files


def _names(titles: Sequence[str]) -> list[str]:
    """Return a file name for each series, no two alike on any disk."""
    taken: set[str] = set()
    names = []
    for title in titles:
        stem = _NO_NAME.sub("-", title).strip("-")[:80] or "series"
        name, number = stem, 1
        while name.casefold() in taken:
            number += 1
            name = f"{stem}-{number}"
        taken.add(name.casefold())
        names.append(f"{name}.svg")
    return names


def _lead(made: Sequence[Charted]) -> str:
    changed = sum(each.reading.finding in SIGNALS for each in made)
    said = {"n": len(made), "changed": changed}
    return (
        ngettext(
            "%(n)s series; %(changed)s shows more than chance would.",
            "%(n)s series; %(changed)s show more than chance would.",
            changed,
        )
        % said
    )


def _row(made: Charted, figure: ControlChart, name: str) -> SummaryRow:
    drawing = control.draw_control_chart(figure)
    return SummaryRow(
        title=figure.title,
        file=name,
        latest=drawing.last_words if drawing.last else "",
        variation=str(words.VARIATION[made.variation]),
        assurance=str(words.ASSURANCE[made.assurance]),
        sentence=" ".join(part for part in (figure.sentence, figure.caution) if part),
    )


def _picture(title: str, drawn: Sequence[ControlChart]) -> SafeString | str:
    if len(drawn) == 1:
        return control_chart(figure=drawn[0])
    if len(drawn) > MOST_ON_A_PAGE:
        return ""
    return small_multiples(figure=SmallMultiples(title=title, charts=tuple(drawn)))


def _left_out(drawn: Sequence[ControlChart]) -> str:
    if len(drawn) <= MOST_ON_A_PAGE:
        return ""
    return _("There are too many series to show them side by side. Each has a picture of its own, linked in the table.")


def _about() -> tuple[str, ...]:
    return (
        _(
            "A run is a row of points on one side of the line. It is called out when it is longer than chance would "
            "give, and so are points that change sides too rarely (the Anhøj rules)."
        ),
        _(
            "Dashed lines are three standard deviations from the middle. They say what this process does by itself, "
            "not what it should do. The column “Newest point” follows the rules of %(rules)s."
        )
        % {"rules": MAKING_DATA_COUNT.name},
        _("That something changed says neither why nor that the next school would see the same."),
    )


def _points(made: Sequence[Charted], drawn: Sequence[ControlChart]) -> str:
    lines = [sheets.write_line(["series", "when", "value", "line", "low", "high", "stands_out"])]
    for each, figure in zip(made, drawn, strict=True):
        lines += [
            sheets.write_line(
                [each.series.title, point.label, point.value, point.centre, point.low, point.high, point.mark]
            )
            for point in figure.points
        ]
    return "".join(lines)


def _summary(made: Sequence[Charted], rows: Sequence[SummaryRow]) -> str:
    head = ["series", "chart", "points", "useful", "longest_run", "longest_allowed", "crossings", "fewest_expected"]
    lines = [sheets.write_line([*head, "finding", "variation", "assurance", "sentence"])]
    for each, row in zip(made, rows, strict=True):
        runs = each.runs
        numbers = [
            int(of[0]) if of[0] >= 0 else None
            for of in (
                runs.n_points,
                runs.n_useful,
                runs.longest_run,
                runs.longest_allowed,
                runs.crossings,
                runs.fewest_expected,
            )
        ]
        said = [each.reading.finding.name.lower(), each.variation.value, each.assurance.value, row.sentence]
        lines.append(sheets.write_line([row.title, each.chart.kind.value, *numbers, *said]))
    return "".join(lines)
