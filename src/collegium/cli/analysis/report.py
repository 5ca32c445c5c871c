"""The report: one HTML file that prints, needs no script, no network and no other file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.template import Context, Engine
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from collegium.cli.analysis import sections, style
from collegium.cli.analysis.computing import Analysis
from collegium.cli.analysis.grouping import WHOLE, ViewKind
from collegium.cli.analysis.notes import Kind, Note
from collegium.cli.analysis.sections import Part, Section
from collegium.listen.reporting import ChangeReport

TEMPLATES = Path(__file__).parent / "templates" / "analysis"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Everything that the template shows."""

    title: str
    lead: str
    rests_on: str
    sections: tuple[Section, ...]
    about: tuple[str, ...]
    log: tuple[Note, ...]
    foot: str
    style: SafeString


def draw_report(found: Analysis, files: Sequence[str], version: str) -> str:
    """Return the report as HTML."""
    start_pictures()
    page = Page(
        title=found.asked.title or _("What the answers say"),
        lead=_lead(found),
        rests_on=_rests_on(found),
        sections=tuple(_sections(found)),
        about=_about(found),
        log=tuple(found.log.of(Kind.LEFT_OUT, Kind.NOT_SHOWN, Kind.ASSUMED, Kind.CAUTION)),
        foot=_("Made with Collegium %(version)s from %(files)s.") % {"version": version, "files": _listed(files)},
        style=_style(found),
    )
    engine = Engine(dirs=[str(TEMPLATES)], builtins=["django.templatetags.i18n"])
    return engine.get_template("report.html").render(Context({"page": page, "language": get_language() or "en"}))


def start_pictures() -> None:
    """Give Django what drawing needs, unless a site has configured it already: no database, no secrets, no folder."""
    import django
    from django.apps import apps
    from django.conf import settings

    if not settings.configured:
        settings.configure(
            INSTALLED_APPS=["collegium.site", "django.forms"],
            TEMPLATES=[
                {
                    "BACKEND": "django.template.backends.django.DjangoTemplates",
                    "APP_DIRS": True,
                    "OPTIONS": {
                        "builtins": [
                            "django.templatetags.i18n",
                            "django.templatetags.static",
                            "collegium.site.components.tags",
                        ]
                    },
                }
            ],
            USE_I18N=True,
            USE_THOUSAND_SEPARATOR=False,
        )
    if not apps.ready:
        django.setup()


# --- the page, piece by piece -----------------------------------------------------------------------------------------
def _lead(found: Analysis) -> str:
    whole = found.reports[WHOLE]
    facets = ngettext("%(n)s facet", "%(n)s facets", len(whole.facets)) % {"n": len(whole.facets)}
    people = ngettext("%(n)s answer sheet", "%(n)s answer sheets", whole.n) % {"n": whole.n}
    told = _("What %(people)s say about %(facets)s.") % {"people": people, "facets": facets}
    if found.waves:
        told += " " + _("This is %(wave)s; the wave before it was %(before)s.") % {
            "wave": found.waves[-1],
            "before": found.waves[-2],
        }
    return told


def _rests_on(found: Analysis) -> str:
    return _(
        "Nothing is shown of fewer than %(k)s people besides the reader. Every number has its n and its %(level)s%% "
        "interval."
    ) % {"k": found.survey.rules.k, "level": round(found.level * 100)}


def _sections(found: Analysis) -> list[Section]:
    made = [_whole(found)]
    if found.changes:
        made.append(_changes(found))
    if found.comparisons:
        made.append(_groups(found))
    for anchor, title, kind in (
        ("levels", _("Levels"), ViewKind.LEVEL),
        ("districts", found.columns.district or _("Districts"), ViewKind.DISTRICT),
    ):
        made += _views(found, anchor, title, kind)
    if len(found.grouped.of(ViewKind.SCHOOL)) <= sections.MOST_NAMES:
        made += _views(found, "each", _("Each %(group)s") % {"group": found.columns.school}, ViewKind.SCHOOL)
    if found.reliability:
        whole = found.reports[WHOLE]
        made.append(
            Section(
                anchor="reliability",
                title=_("Reliability"),
                rests_on=sections.rests_on(found, whole),
                tables=(sections.reliability_table(found),),
            )
        )
    return made


def _whole(found: Analysis) -> Section:
    whole = found.reports[WHOLE]
    parts = [sections.facet_part(found, facet) for facet in whole.facets]
    if whole.items:
        parts.append(
            Part(
                title=_("Further questions"),
                pictures=tuple(sections.item_picture(found, item) for item in whole.items),
            )
        )
    return Section(
        anchor="everybody",
        title=_("Everybody"),
        rests_on=sections.rests_on(found, whole),
        pictures=sections.profiles(found, whole, _("Facets")),
        parts=tuple(parts),
    )


def _changes(found: Analysis) -> Section:
    by_view: dict[str, list[ChangeReport]] = {}
    for change in found.changes:
        by_view.setdefault(change.view, []).append(change)
    shown = [view for view in found.grouped.views if view.kind is not ViewKind.SCHOOL_LEVEL][: sections.MOST_NAMES + 1]
    return Section(
        anchor="changes",
        title=_("What changed"),
        rests_on=_("%(after)s against %(before)s. %(rests)s All changes are judged together.")
        % {
            "after": found.waves[-1],
            "before": found.waves[-2],
            "rests": sections.rests_on(found, found.reports[WHOLE]),
        },
        sentence=sections.changes_sentence(found, by_view[WHOLE]),
        tables=tuple(sections.changes_of(found, by_view[view.key], view.title) for view in shown),
    )


def _groups(found: Analysis) -> Section:
    schools = found.grouped.of(ViewKind.SCHOOL)
    told = _(
        "Each group borrows strength from all others: a small one is drawn to the average. They stand in the order of "
        "their names. Where two cannot be told apart, neither is better."
    )
    parts = [sections.comparison_part(found, one, schools) for one in found.comparisons]
    return Section(
        anchor="groups",
        title=_("Groups beside each other: %(group)s") % {"group": found.columns.school},
        rests_on=sections.rests_on(found, found.reports[WHOLE]),
        sentence=told,
        parts=tuple(parts),
    )


def _views(found: Analysis, anchor: str, title: str, kind: ViewKind) -> list[Section]:
    views = sections.views_of(found, kind)
    if not views:
        return []
    parts = tuple(
        Part(
            title=view.title,
            rests_on=" ".join(part for part in (sections.rests_on(found, report), view.note) if part),
            pictures=sections.profiles(found, report, view.title),
        )
        for view, report in views
    )
    whole = found.reports[WHOLE]
    return [Section(anchor=anchor, title=title, rests_on=sections.rests_on(found, whole), parts=parts)]


def _about(found: Analysis) -> tuple[str, ...]:
    k, fewest = found.survey.rules.k, found.survey.rules.fewest
    return (
        _(
            "Answers are counted in groups of at least %(fewest)s sheets, so that whoever is among them still sees "
            "those of at least %(k)s others. Everything shown is made of whole groups: no sum or difference of two "
            "numbers concerns fewer. Means are rounded to 0.1, shares in steps that hide who chose what, intervals "
            "outwards."
        )
        % {"fewest": fewest, "k": k},
        _(
            "An interval says what the answers leave open: the true value is very likely in it. Two groups whose "
            "intervals cannot tell them apart are not ranked. That two things go together does not say that one causes "
            "the other."
        ),
        _(
            "Methods: alpha, omega, rwg(j) with the names of LeBreton and Senter (2008), t intervals for a group on "
            "its own, random effects by REML for groups beside each other, their comparison by Goldstein and Healy "
            "(1995), changes by Welch's test with Benjamini and Hochberg (1995). The questions come from %(source)s."
        )
        % {"source": found.asked.source},
    )


def _style(found: Analysis) -> SafeString:
    """Return the style sheets, with n and interval at the foot of every printed page."""
    whole = found.reports[WHOLE]
    said = sections.rests_on(found, whole).replace("\\", "").replace('"', "")
    page = f'@page {{ margin: 18mm 16mm 20mm; @bottom-left {{ content: "{said}"; font: 8pt sans-serif; }} '
    page += "@bottom-right { content: counter(page); font: 8pt sans-serif; } }"
    return mark_safe(f"<style>{style.sheet()}\n{page}</style>")  # noqa: S308 - our own sheets, and a number of sheets


def _listed(files: Sequence[str]) -> str:
    return ", ".join(files)
