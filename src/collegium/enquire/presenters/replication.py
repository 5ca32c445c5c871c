"""What several schools found of one idea: beside each other, added up where that is allowed, and for whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from collegium.base.figures import Profile, ProfileRow
from collegium.enquire.charting import effects
from collegium.enquire.charting.effects import RATIOS, Apart, Found, Shown
from collegium.enquire.enums import Direction, Fidelity, Numbers, Setting
from collegium.enquire.models import IdeaOutcome
from collegium.enquire.queries.ideas import Tried
from collegium.science.improvement.pooling import FEW_SCHOOLS, Pooled

LEAST_TOGETHER = 3  # places of one kind, before anything is said of that kind
WHY_APART = {
    Apart.NOT_MEASURED: gettext_lazy("not measured here"),
    Apart.OTHER_NUMBERS: gettext_lazy("other kind of numbers"),
    Apart.OTHER_DIRECTION: gettext_lazy("the other way is better here"),
    Apart.SEVERAL_AVERAGES: gettext_lazy("averages of several groups"),
    Apart.TOO_FEW: gettext_lazy("too few periods"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class KindRow:
    """What places of one kind found."""

    kind: str
    value: str
    places: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeShown:
    """What all places found of one outcome, in words; `warnings` say what to mind."""

    title: str
    sentence: str
    warnings: tuple[str, ...]
    kinds: tuple[KindRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixRow:
    """A place, with what it found of each outcome."""

    where: str
    title: str
    cells: tuple[str, ...]


def present_outcome(outcome: IdeaOutcome, tried: Sequence[Tried], found: Sequence[Found]) -> OutcomeShown:
    """Return what all places found of one outcome."""
    pooled, numbers = effects.add_up(found), Numbers(outcome.numbers)
    return OutcomeShown(
        title=outcome.title,
        sentence=_sentence(outcome, pooled, numbers),
        warnings=tuple(_warnings(tried, found, pooled)),
        kinds=_kinds(outcome, tried, found) if pooled.mean.n_used > 1 else (),
    )


def present_matrix(
    outcomes: Sequence[IdeaOutcome], tried: Sequence[Tried], results: Sequence[Sequence[Found]]
) -> tuple[MatrixRow, ...]:
    """Return place by place what was found of each outcome, or why nothing is laid beside the others."""
    return tuple(
        MatrixRow(
            where=each.trial.enquiry.unit.name,
            title=each.trial.enquiry.title,
            cells=tuple(_cell(outcome, found[place]) for outcome, found in zip(outcomes, results, strict=True)),
        )
        for place, each in enumerate(tried)
    )


def draw_forest(outcome: IdeaOutcome, tried: Sequence[Tried], found: Sequence[Found]) -> Profile | None:
    """Return each place with its interval and all together; None where fewer than two can be drawn."""
    numbers = Numbers(outcome.numbers)
    shown = [
        (each.trial.enquiry.unit.name, one)
        for each, result in zip(tried, found, strict=True)
        if result.effect and (one := effects.show_effect(result.effect, numbers))
    ]
    pooled = _shown(effects.add_up(found), numbers)
    if len(shown) < 2 or pooled is None:
        return None
    rows = [*shown, (_("All together"), pooled)]
    ends = [0.0, *(end for _name, one in rows for end in (one.low, one.high))]
    return Profile(
        title=_("%(outcome)s: %(unit)s") % {"outcome": outcome.title, "unit": _axis(numbers)},
        rows=tuple(
            ProfileRow(
                key="",
                label=name,
                value=one.value,
                low=one.low,
                high=one.high,
                words=_write(one, numbers),
                is_own=place == len(rows) - 1,
            )
            for place, (name, one) in enumerate(rows)
        ),
        lowest=min(ends),
        highest=max(ends),
        sentence=_("Each line is where the change may lie; 0 is no change."),
    )


# --- words ------------------------------------------------------------------------------------------------------------
def _sentence(outcome: IdeaOutcome, pooled: Pooled, numbers: Numbers) -> str:
    shown = _shown(pooled, numbers)
    if shown is None:
        return _("Nothing can be said yet: no place has four periods before and four after.")
    schools = pooled.mean.n_used
    said = {"n": schools, "change": _write(shown, numbers), "means": _meaning(outcome, shown)}
    if schools == 1:
        return _("In the one place that measured it: %(change)s. %(means)s") % said
    text = ngettext(
        "In %(n)s place together: %(change)s. %(means)s", "In %(n)s places together: %(change)s. %(means)s", schools
    )
    if pooled.prediction is None:
        return text % said
    low, high = pooled.prediction.low, pooled.prediction.high
    next_one = effects.show(low, low, high, numbers)
    ends = {"low": _number(next_one.low, numbers), "high": _number(next_one.high, numbers)}
    return f"{text % said} {_('In one more place like these it may lie between %(low)s and %(high)s.') % ends}"


def _meaning(outcome: IdeaOutcome, shown: Shown) -> str:
    if shown.low <= 0 <= shown.high:
        return _("That may also be no change at all.")
    if outcome.direction == Direction.NEITHER:
        return _("It has changed.")
    is_better = (shown.value > 0) == (outcome.direction == Direction.UP)
    return _("It has become better.") if is_better else _("It has become worse.")


def _warnings(tried: Sequence[Tried], found: Sequence[Found], pooled: Pooled) -> list[str]:
    warnings = []
    apart = [
        f"{each.trial.enquiry.unit.name} ({WHY_APART[result.apart]})"
        for each, result in zip(tried, found, strict=True)
        if result.apart
    ]
    if apart:
        warnings.append(
            _("Cannot be laid beside the others, and not added up: %(places)s.") % {"places": ", ".join(apart)}
        )
    counted = [each.trial.enquiry.unit_id for each, one in zip(tried, found, strict=True) if not one.apart]
    if len(set(counted)) < len(counted):
        warnings.append(_("Two of them are in the same place, and count as if they were apart."))
    if 1 < pooled.mean.n_used < FEW_SCHOOLS:
        warnings.append(_("With fewer than five places it is hardly known how much places differ."))
    if pooled.mean.n_used:
        warnings.append(_("Before and after in the same place: whatever else changed at that time is in it too."))
    return warnings


def _kinds(outcome: IdeaOutcome, tried: Sequence[Tried], found: Sequence[Found]) -> tuple[KindRow, ...]:
    """Say for whom it works: by kind of place, and by how far it was done as told; nothing of one or two places."""
    groups: dict[str, list[Found]] = defaultdict(list)
    for each, result in zip(tried, found, strict=True):
        if not result.apart:
            groups[str(Setting(each.trial.setting).label)].append(result)
            groups[str(Fidelity(each.trial.fidelity).label)].append(result)
    order = [str(label) for label in (*Setting.labels, *Fidelity.labels)]
    numbers = Numbers(outcome.numbers)
    return tuple(_kind(kind, groups[kind], numbers) for kind in order if kind in groups)


def _kind(kind: str, found: Sequence[Found], numbers: Numbers) -> KindRow:
    few = ngettext("%(n)s place: too few to say", "%(n)s places: too few to say", len(found)) % {"n": len(found)}
    shown = _shown(effects.add_up(found), numbers) if len(found) >= LEAST_TOGETHER else None
    return KindRow(
        kind=kind, value=_write(shown, numbers) if shown else "", places=len(found), words="" if shown else few
    )


def _cell(outcome: IdeaOutcome, found: Found) -> str:
    shown = effects.show_effect(found.effect, Numbers(outcome.numbers)) if found.effect else None
    return _write(shown, Numbers(outcome.numbers)) if shown else str(WHY_APART[found.apart or Apart.TOO_FEW])


def _shown(pooled: Pooled, numbers: Numbers) -> Shown | None:
    value, interval = pooled.mean.value, pooled.mean.interval
    if value is None or interval is None:
        return None
    return effects.show(value, interval.low, interval.high, numbers)


def _axis(numbers: Numbers) -> str:
    if numbers == Numbers.PROPORTION:
        return _("percentage points more or less than before")
    return _("percent more or less than before") if numbers in RATIOS else _("more or less than before")


def _write(shown: Shown, numbers: Numbers) -> str:
    ends = {name: _number(getattr(shown, name), numbers) for name in ("value", "low", "high")}
    if numbers == Numbers.PROPORTION:
        return _("%(value)s points (%(low)s to %(high)s)") % ends
    if numbers in RATIOS:
        return _("%(value)s%% (%(low)s to %(high)s)") % ends
    return _("%(value)s (%(low)s to %(high)s)") % ends


def _number(value: float, numbers: Numbers) -> str:
    places = 1 if numbers == Numbers.AVERAGE and abs(value) < 100 else 0
    rounded = round(value, places) or 0.0
    sign = "+" if rounded > 0 else "−" if rounded < 0 else ""
    return f"{sign}{number_format(abs(rounded), places)}"
