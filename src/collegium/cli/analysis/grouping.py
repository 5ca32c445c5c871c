"""Groups: the reporting cells of a file, the views one would like to show, and what is left of them after merging."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations, pairwise

from collegium.cli.analysis.notes import Kind, Log
from collegium.listen.reporting import Rules, Survey, make_survey
from collegium.science.disclosure.atoms import AtomPlan, form_atoms
from collegium.science.disclosure.audit import audit_figures
from collegium.science.errors import UnusableInput
from collegium.science.measurement.engines import BETWEEN
from collegium.science.measurement.moments import Moments

WHOLE = "all"


class ViewKind(StrEnum):
    """What a view is about."""

    WHOLE = "everybody"
    DISTRICT = "district"
    SCHOOL = "group"
    LEVEL = "level"
    SCHOOL_LEVEL = "level of a group"


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupColumns:
    """The titles of the columns that name groups; empty where there is none."""

    school: str = ""
    district: str = ""
    level: str = ""
    wave: str = ""

    @property
    def asked(self) -> tuple[str, ...]:
        """The columns that are there, in the order in which an atom's name holds them."""
        return tuple(column for column in (self.school, self.district, self.level, self.wave) if column)


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One thing to show: its key, what a reader calls it, and where it stands."""

    key: str
    title: str
    kind: ViewKind
    school: str = ""
    district: str = ""
    level: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouped:
    """Surveys by wave, oldest first (one without waves), and the views that can be shown."""

    waves: tuple[tuple[str, Survey], ...]
    views: tuple[View, ...]
    lost: tuple[View, ...]

    @property
    def survey(self) -> Survey:
        """The newest wave."""
        return self.waves[-1][1]

    def of(self, *kinds: ViewKind) -> tuple[View, ...]:
        """Return the views of some kinds."""
        return tuple(view for view in self.views if view.kind in kinds)


@dataclass(frozen=True, slots=True)
class _Cell:
    school: str = ""
    district: str = ""
    level: str = ""
    wave: str = ""

    @property
    def name(self) -> str:
        """The same in every wave."""
        return BETWEEN.join((self.district, self.school, self.level))


def natural(text: str) -> list[tuple[int, int | str]]:
    """Return a key that sorts Year 9 before Year 10."""
    return [(0, int(part)) if part.isdecimal() else (1, part.casefold()) for part in re.split(r"(\d+)", text) if part]


def group(moments: Moments, columns: GroupColumns, rules: Rules, log: Log) -> Grouped:
    """Merge the cells of a file to atoms, and say which views can be shown of them."""
    cells = _cells(moments, columns, log)
    _check_groups(moments, cells, columns)
    waves = sorted({cell.wave for cell in cells.values()}, key=natural)
    UnusableInput.unless(
        not columns.wave or len(waves) > 1,
        "one_wave",
        f"The column {columns.wave} names one wave only, {waves[0] if waves else 'none'}. Leave --wave out.",
        column=columns.wave,
    )
    by_wave = [moments.regrouped({a: cell.name for a, cell in cells.items() if cell.wave == wave}) for wave in waves]
    places = {cell.name: cell for cell in cells.values()}
    sheets = [_sheets(one) for one in by_wave]
    answers = {name: min(each.get(name, 0) for each in sheets) for name in places}
    UnusableInput.unless(
        sum(answers.values()) >= rules.fewest,
        "k",
        f"{sum(answers.values())} answer sheets are too few{' in a wave' if columns.wave else ''}. With k = {rules.k} "
        f"nothing can be shown of fewer than {rules.fewest}, {rules.k} besides the reader's own. Give a smaller --k "
        "or more files.",
        k=rules.k,
    )
    asked = _views(places, columns)
    plan = form_atoms(
        answers,
        _neighbours(places, answers, rules.fewest),
        {view.key: cells_of for view, cells_of in asked},
        k=rules.fewest,
    )
    shown, views, lost = _what_is_left(plan, asked)
    _check_nothing_can_be_worked_out(plan, shown, answers, rules)
    if columns.wave:
        log.add(Kind.ASSUMED, f"waves {', '.join(waves)}", "in this order, the last one the newest")
    _tell(plan, places, lost, rules, log)
    surveys = tuple((wave, _survey(one, plan, shown, rules)) for wave, one in zip(waves, by_wave, strict=True))
    return Grouped(waves=surveys, views=views, lost=lost)


def _cells(moments: Moments, columns: GroupColumns, log: Log) -> dict[str, _Cell]:
    """Return the cell of every atom; atoms without a name for one of the groups are left out."""
    fields = [field for field in ("school", "district", "level", "wave") if getattr(columns, field)]
    found: dict[str, _Cell] = {}
    nameless = 0
    for atom, sheets in zip(moments.atoms, moments.sheets, strict=True):
        parts = atom.split(BETWEEN) if fields else []
        if all(parts):
            found[atom] = _Cell(**dict(zip(fields, parts, strict=True)))
        else:
            nameless += int(sheets)
    if nameless:
        log.add(Kind.LEFT_OUT, f"{nameless} sheets", f"no entry in {' or '.join(columns.asked)}")
    UnusableInput.unless(
        found, "no_groups", f"The columns {', '.join(columns.asked)} are empty: no sheet belongs to a group."
    )
    return found


def _check_groups(moments: Moments, cells: Mapping[str, _Cell], columns: GroupColumns) -> None:
    sizes: dict[tuple[str, str], int] = {}
    for atom, sheets in zip(moments.atoms, moments.sheets, strict=True):
        if atom in cells:
            key = (cells[atom].district, cells[atom].school)
            sizes[key] = sizes.get(key, 0) + int(sheets)
    for column, names in (
        (columns.school, {cell.school for cell in cells.values()}),
        (columns.district, {cell.district for cell in cells.values()}),
        (columns.level, {cell.level for cell in cells.values()}),
    ):
        UnusableInput.unless(
            not column or len(names) > 1,
            "one_group",
            f"The column {column} names one group only, {next(iter(names), '')}. There is nothing to compare: leave it "
            "out of --group or --level.",
            column=column,
        )
    UnusableInput.unless(
        not columns.school or max(sizes.values()) > 1,
        "groups_of_one",
        f"Every group in the column {columns.school} has one sheet only. Is it a column of groups? Name another with "
        "--group, or leave it out.",
        column=columns.school,
    )


def _sheets(moments: Moments) -> dict[str, int]:
    return dict(zip(moments.atoms, (int(n) for n in moments.sheets), strict=True))


def _views(places: Mapping[str, _Cell], columns: GroupColumns) -> list[tuple[View, list[str]]]:
    """Return everything one would like to show, the largest first, and in the order of names."""
    found: dict[str, tuple[View, list[str]]] = {}

    def add(key: tuple[str, ...], view: View, cell: str) -> None:
        found.setdefault(BETWEEN.join(key), (view, []))[1].append(cell)

    schools = {(cell.district, cell.school) for cell in places.values()}
    names = Counter(school for _, school in schools)
    for name, cell in sorted(places.items()):
        own, district = cell.school, cell.district
        title = f"{own} ({district})" if names[own] > 1 else own
        where = {"school": own, "district": district}
        key: tuple[str, ...]
        add((WHOLE,), View(key=WHOLE, title="Everybody", kind=ViewKind.WHOLE), name)
        if columns.district:
            key = ("district", district)
            add(key, View(key=BETWEEN.join(key), title=district, kind=ViewKind.DISTRICT, district=district), name)
        if columns.level:
            key = ("level", cell.level)
            add(key, View(key=BETWEEN.join(key), title=cell.level, kind=ViewKind.LEVEL, level=cell.level), name)
        if columns.school:
            key = ("school", district, own)
            add(key, View(key=BETWEEN.join(key), title=title, kind=ViewKind.SCHOOL, **where), name)
        if columns.school and columns.level:
            key = ("school level", district, own, cell.level)
            both = f"{title}: {cell.level}"
            kind = ViewKind.SCHOOL_LEVEL
            add(key, View(key=BETWEEN.join(key), title=both, kind=kind, level=cell.level, **where), name)
    order = list(ViewKind)
    return sorted(found.values(), key=lambda one: (order.index(one[0].kind), natural(one[0].title)))


def _neighbours(places: Mapping[str, _Cell], answers: Mapping[str, int], fewest: int) -> list[list[tuple[str, str]]]:
    """Say which cells may be merged: levels of a school, the next first, then small schools of a district."""
    schools: dict[tuple[str, str], list[str]] = {}
    for name, cell in places.items():
        schools.setdefault((cell.district, cell.school), []).append(name)
    beside, inside = [], []
    for names in schools.values():
        names.sort(key=lambda name: natural(places[name].level))
        beside += list(pairwise(names))
        inside += list(combinations(names, 2))
    small: dict[str, list[str]] = {}
    for (district, _), names in sorted(schools.items()):
        if district and sum(answers[name] for name in names) < fewest:
            small.setdefault(district, []).append(names[0])
    return [beside, inside, [pair for names in small.values() for pair in pairwise(names)]]


def _what_is_left(
    plan: AtomPlan, asked: Sequence[tuple[View, list[str]]]
) -> tuple[dict[str, tuple[int, ...]], tuple[View, ...], tuple[View, ...]]:
    """Return the views that can be shown. A level across schools is made of the schools where it stands on its own."""
    shown: dict[str, tuple[int, ...]] = {}
    views, lost = [], []
    for view, cells in asked:
        if view.key in plan.views:
            shown[view.key] = plan.views[view.key]
            views.append(view)
            continue
        own = set(cells)
        inside = tuple(place for place, atom in enumerate(plan.atoms) if atom <= own)
        if view.kind is ViewKind.LEVEL and inside:
            shown[view.key] = inside
            note = "without the schools where too few answered at this level to stand alone"
            views.append(View(key=view.key, title=view.title, kind=view.kind, level=view.level, note=note))
        else:
            lost.append(view)
    return shown, tuple(views), tuple(lost)


def _check_nothing_can_be_worked_out(
    plan: AtomPlan, shown: Mapping[str, tuple[int, ...]], answers: Mapping[str, int], rules: Rules
) -> None:
    """Stop if sums and differences of what is shown could concern too few, whatever mistake led there."""
    people: dict[Hashable, int] = {place: sum(answers[cell] for cell in atom) for place, atom in enumerate(plan.atoms)}
    audit = audit_figures(list(shown.values()), people, k=rules.fewest)
    UnusableInput.unless(
        audit.is_safe,
        "not_safe",
        f"From what would be shown, figures of fewer than {rules.fewest} people could be worked out. Nothing was "
        "written. This is a mistake of ours; please report it.",
    )


def _tell(
    plan: AtomPlan,
    places: Mapping[str, _Cell],
    lost: Sequence[View],
    rules: Rules,
    log: Log,
) -> None:
    few = f"fewer than {rules.k} answers besides the reader's own"
    for kind in ViewKind:
        titles = [view.title for view in lost if view.kind is kind]
        if titles:
            log.add(Kind.NOT_SHOWN, f"{kind}: {'; '.join(titles)}", f"{few}, or counted together with so few")
    if plan.withheld:
        names = sorted({places[cell].school or places[cell].level for cell in plan.withheld}, key=natural)
        log.add(
            Kind.LEFT_OUT,
            f"the answers of {', '.join(names)}",
            f"{few}, and nobody near to be counted with; they are in no figure, not even that of everybody",
        )
    if not plan.is_best:
        log.add(Kind.CAUTION, "merging", "too many small groups to try every way; another might have kept more views")


def _survey(moments: Moments, plan: AtomPlan, shown: Mapping[str, tuple[int, ...]], rules: Rules) -> Survey:
    made = make_survey(moments, plan, rules)
    return Survey(moments=made.moments, views=shown, rules=rules)
