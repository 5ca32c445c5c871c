"""The report of a unit: every layer in its sections, and what it was the last time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from collegium.connect.reporting.between import report_groups, report_levels, report_schools
from collegium.connect.reporting.changing import list_likeness
from collegium.connect.reporting.figures import Figure, LayerReport, Report
from collegium.connect.reporting.resting import report_resting
from collegium.connect.reporting.seen import Page, Seen, count_in
from collegium.connect.reporting.web import Rules, Web
from collegium.connect.reporting.wholes import report_headline, report_reach
from collegium.science.results import BoolArray


def make_report(web: Web, core: BoolArray | None = None, *, rules: Rules | None = None, page: Page = "only") -> Report:
    """Say what a web says of the people of a unit (`core`; without it, of all who were asked).

    Of fewer than k people, or of fewer than k who answered, there is a report without layers.
    """
    rules = rules or Rules()
    members = web.asked if core is None else core & web.asked
    seen = [Seen(web=web, layer=layer, core=members, rules=rules, page=page) for layer in web.layers]
    counted = count_in(web, members, told=web.answered, k=rules.k, page=page)
    layers = tuple(report_layer(one) for one in seen if one.can_compare)
    answered = int((counted & web.answered).sum())
    declined = int((counted & ~web.shown).sum())
    return Report(
        k=rules.k,
        people=int(counted.sum()),
        answered=answered,
        declined=declined if declined == 0 or declined >= rules.k else None,
        is_whole=answered >= rules.half * max(int(counted.sum()), 1),
        leaves_out=bool((members & ~counted).any()),
        layers=layers,
        likeness=list_likeness(seen),
    )


def report_layer(seen: Seen) -> LayerReport:
    """Say everything that is said of one kind of tie."""
    schools = report_schools(seen)
    teams = report_groups(seen, seen.teams, "team") if schools is None else None
    between = next((section.between for section in (schools, teams) if section is not None), None)
    resting = report_resting(seen, between) if len(seen.inner) else None
    sections = [report_reach(seen), teams, report_levels(seen), schools, resting]
    return LayerReport(
        key=seen.layer.key,
        title=seen.layer.title,
        origin=seen.layer.origin,
        is_confidential=seen.layer.is_confidential,
        ties=len(seen.inner),
        headline=report_headline(seen),
        sections=tuple(section for section in sections if section is not None),
    )


def compare_reports(report: Report, earlier: Report, title: str) -> Report:
    """Put beside each figure what it was in an earlier wave."""
    layers = []
    for layer in report.layers:
        before = earlier.layer(layer.key) if layer.key else None
        layers.append(layer if before is None else _compare_layer(layer, before))
    return replace(report, layers=tuple(layers), before=title)


def _compare_layer(layer: LayerReport, before: LayerReport) -> LayerReport:
    sections = []
    for section in layer.sections:
        old = before.section(section.key)
        sections.append(section if old is None else replace(section, figures=_beside(section.figures, old.figures)))
    heads = {name: getattr(layer.headline, name) for name in ("carriers", "leaver", "inside")}
    if layer.headline.apart == before.headline.apart:
        heads = {name: _beside([head], [getattr(before.headline, name)])[0] for name, head in heads.items()}
    return replace(layer, sections=tuple(sections), headline=replace(layer.headline, **heads))


def _beside(figures: Sequence[Figure], earlier: Sequence[Figure]) -> tuple[Figure, ...]:
    known = {figure.key: figure.value for figure in earlier}
    return tuple(replace(figure, before=known.get(figure.key)) for figure in figures)
