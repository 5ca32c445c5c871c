"""Released figures in words: a number with its rounding, a band, or why there is none."""

from __future__ import annotations

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from collegium.listen.reporting import Agreement, ChangeReport, Standing
from collegium.science.disclosure.release import Band, Decision, ReleasedMean, Shown
from collegium.science.measurement.change import Verdict
from collegium.science.results import Interval
from collegium.site.charts import numbers


def not_shown(k: int) -> str:
    """Say why there is no number. What readers know themselves does not count, so that k others are needed."""
    return _("Not shown (fewer than %(k)s answers besides the reader's own)") % {"k": k}


def too_telling() -> str:
    """Say that shares of so few would tell how some of them answered."""
    return _("Not shown (the shares would tell how a few people answered)")


def band(value: Band) -> str:
    """Return the words that stand for a number at the end of its scale."""
    words = {
        Band.NEARLY_ALL: _("nearly all"),
        Band.NEARLY_NONE: _("nearly none"),
        Band.NEARLY_LOWEST: _("nearly the lowest"),
        Band.NEARLY_HIGHEST: _("nearly the highest"),
    }
    return words[value]


def measure(value: float) -> str:
    """Write a mean with the one decimal that it is rounded to."""
    return number_format(round(value, 1), 1, use_l10n=True).replace("-", "−")


def signed(value: float) -> str:
    """Write a difference with its sign."""
    return f"+{measure(value)}" if value > 0 else measure(value)


def mean(released: ReleasedMean, k: int) -> str:
    """Write a mean, or words for it."""
    if released.mean is None:
        return not_shown(k)
    return band(released.mean.band) if released.mean.band else measure(released.mean.value)


def share(shown: Shown) -> str:
    """Write a share, or words for it."""
    return band(shown.band) if shown.band else numbers.write_percent(shown.value)


def interval(found: Interval | None) -> str:
    """Write an interval."""
    if found is None:
        return _("not known")
    return _("%(low)s to %(high)s") % {"low": measure(found.low), "high": measure(found.high)}


def people(n: int | None) -> str:
    """Write how many people's answers a number rests on."""
    if n is None:
        return ""
    return ngettext("%(n)s person", "%(n)s people", n) % {"n": numbers.write_count(n)}


def answers(n: int) -> str:
    """Write how many answers a number rests on."""
    return numbers.write_n(n)


def standing(found: Standing | None) -> str:
    """Say where a group stands beside the average."""
    words = {
        Standing.ABOVE: _("clearly above"),
        Standing.BELOW: _("clearly below"),
        Standing.UNCLEAR: _("can't tell apart"),
    }
    return words[found] if found else ""


def agreement(found: Agreement | None) -> str:
    """Say how far people agree."""
    words = {
        Agreement.STRONG: _("strong"),
        Agreement.MODERATE: _("moderate"),
        Agreement.WEAK: _("weak"),
        Agreement.LACKING: _("little or none"),
    }
    return words[found] if found else _("not known")


def change_interval(change: ChangeReport) -> str:
    """Write the interval of a change. Rounding outwards must not put 0 into one that is clearly on one side of it."""
    if change.interval is None:
        return "–"
    low, high = signed(change.interval.low), signed(change.interval.high)
    if change.verdict is Verdict.UP and change.interval.low <= 0:
        low = _("above 0")
    if change.verdict is Verdict.DOWN and change.interval.high >= 0:
        high = _("below 0")
    return _("%(low)s to %(high)s") % {"low": low, "high": high}


def verdict(change: ChangeReport) -> str:
    """Say what became of a change, in the only words there are for it."""
    if change.released.decision is Decision.WITHHOLD:
        return _("not shown: it could tell what the few who joined or left think")
    words = {Verdict.UP: _("clearly up"), Verdict.DOWN: _("clearly down"), Verdict.UNCLEAR: _("can't tell")}
    return words[change.verdict]
