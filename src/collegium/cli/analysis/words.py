"""Released figures in words; where the web's result pages have the same to say, in the same words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from collegium.listen import result_words
from collegium.listen.reporting import ChangeReport, Standing
from collegium.science.disclosure.release import Decision, ReleasedMean, ReleasedShares
from collegium.science.measurement.change import Verdict
from collegium.science.results import Interval


def not_shown(k: int) -> str:
    """Say why there is no number. What readers know themselves does not count, so that k others are needed."""
    return _("Not shown (fewer than %(k)s answers besides the reader's own)") % {"k": k}


def signed(value: float) -> str:
    """Write a difference with its sign."""
    text = result_words.write_score(value)
    return f"+{text}" if value > 0 else text


def mean(released: ReleasedMean, k: int) -> str:
    """Write a mean, or words for it."""
    return not_shown(k) if released.mean is None else result_words.write_mean(released, k)


def no_shares(shares: ReleasedShares, k: int, fewest: int) -> str:
    """Say why there is no picture of how the answers fall."""
    return not_shown(k) if shares.n is None else result_words.write_no_shares(shares, fewest)


def interval(found: Interval | None) -> str:
    """Write an interval."""
    return _("not known") if found is None else result_words.write_interval(found)


def people(n: int | None) -> str:
    """Write how many people's answers a number rests on."""
    return "" if n is None else result_words.write_people(n)


def standing(found: Standing | None) -> str:
    """Say where a group stands beside the average."""
    words = {
        Standing.ABOVE: _("clearly above"),
        Standing.BELOW: _("clearly below"),
        Standing.UNCLEAR: _("can't tell apart"),
    }
    return words[found] if found else ""


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
    return result_words.write_verdict(change.verdict)
