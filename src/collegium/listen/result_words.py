"""How the figures of a result are put into words, for pages and files alike. Nothing is worked out here."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import ceil, floor

from django.utils.formats import number_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from collegium.listen.reporting import Agreement, ChangeReport, FacetReliability
from collegium.science.disclosure.release import Band, Decision, ReleasedMean, ReleasedShares, Shown
from collegium.science.measurement.change import Verdict
from collegium.science.results import Caution, Interval

# Shares that stand for less than this are said to be exact; wider ones are "about".
FINE = 0.021
# The same of means, which are usually rounded to 0.1.
USUAL = 0.11
# Nunnally (1978): for comparing groups, a coefficient of 0.70 will do.
RELIABLE, LOOSE = 0.7, 0.6


def write_score(value: float) -> str:
    """Write a score with the one decimal it was rounded to."""
    return _score(round(value, 1), get_language())


@lru_cache(maxsize=1024)
def _score(value: float, _language: str | None) -> str:
    text = number_format(value, 1, use_l10n=True)
    return "−" + text[1:] if text.startswith("-") else text


def write_percent(share: float) -> str:
    """Write a share as a whole percentage."""
    return _("%(number)s%%") % {"number": number_format(round(share * 100), use_l10n=True)}


def write_interval(interval: Interval) -> str:
    """Write an interval of scores."""
    return _("%(low)s to %(high)s") % {"low": write_score(interval.low), "high": write_score(interval.high)}


def write_band(band: Band) -> str:
    """Write the words that stand for a number."""
    return {
        Band.NEARLY_ALL: _("nearly all"),
        Band.NEARLY_NONE: _("nearly none"),
        Band.NEARLY_LOWEST: _("nearly the lowest"),
        Band.NEARLY_HIGHEST: _("nearly the highest"),
    }[band]


def write_mean(mean: ReleasedMean, fewest: int) -> str:
    """Write a mean, the words that stand for it, or that it is not shown."""
    if mean.mean is None:
        return write_too_few(fewest)
    if mean.mean.band:
        return write_band(mean.mean.band)
    text = write_score(mean.mean.value)
    # Rounded coarsely where only a few came or went since the wave before.
    return _("about %(value)s") % {"value": text} if mean.mean.high - mean.mean.low > USUAL else text


def write_share(shown: Shown) -> str:
    """Write a share as it was released: rounded coarsely it is about so much, and 0 is less than what is written."""
    return _share(shown, get_language())


@lru_cache(maxsize=4096)
def _share(shown: Shown, _language: str | None) -> str:
    # Rounded shares are few, and a page writes a hundred of them.
    if shown.band:
        return write_band(shown.band)
    if shown.high - shown.low <= FINE:
        return write_percent(shown.value)
    if shown.value == 0:
        return _("under %(share)s") % {"share": write_percent((floor(shown.high * 100) + 1) / 100)}
    if shown.value == 1:
        return _("over %(share)s") % {"share": write_percent((ceil(shown.low * 100) - 1) / 100)}
    return _("about %(share)s") % {"share": write_percent(shown.value)}


def write_people(n: int) -> str:
    """Write how many people are in a figure."""
    return ngettext("%(n)s person", "%(n)s people", n) % {"n": number_format(n, use_l10n=True, force_grouping=True)}


def write_answered(n: int, asked: int) -> str:
    """Write how many of those asked answered."""
    numbers = {"n": number_format(n, force_grouping=True), "asked": number_format(asked, force_grouping=True)}
    return ngettext("%(n)s of %(asked)s person answered", "%(n)s of %(asked)s people answered", asked) % numbers


# --- why something is not shown ---------------------------------------------------------------------------------------
def write_too_few(fewest: int) -> str:
    """Say that too few answered."""
    return _("Not shown (fewer than %(n)s answers)") % {"n": fewest}


def write_hidden() -> str:
    """Say that a facet is not shown because of those who came or went."""
    return _("Not shown: only a few people came or went since the wave before, and it could be put down to them")


def write_no_shares(shares: ReleasedShares, fewest: int) -> str:
    """Say why there is no picture of how the answers fall."""
    if shares.n is None:
        return write_too_few(fewest)
    if shares.n < 2 * fewest:
        return _("Not shown: %(n)s answers are too few to be divided up") % {"n": shares.n}
    return _("Not shown: divided up, some of it would be the answer of a handful of people")


def write_rounding(shares: Sequence[Shown]) -> str:
    """Say that shares are rounded coarsely, where they are."""
    if any(share.band or share.high - share.low > FINE for share in shares):
        return _("Rounded so that nobody can be picked out; the shares may not add up to 100%.")
    return ""


# --- judgements -------------------------------------------------------------------------------------------------------
def write_agreement(agreement: Agreement | None) -> str:
    """Say how far people agree."""
    if agreement is None:
        return _("Too few answers to say how far people agree.")
    return {
        Agreement.STRONG: _("People largely agree with one another on this."),
        Agreement.MODERATE: _("People agree with one another for the most part."),
        Agreement.WEAK: _("Opinions differ: the middle value hides two or more views."),
        Agreement.LACKING: _("Opinions differ widely: the middle value speaks for few."),
    }[agreement]


def write_cautions(cautions: Sequence[Caution]) -> list[str]:
    """Say what a reader must know of an interval."""
    words = {
        Caution.FINITE_POPULATION: _("The interval is narrower because most of those asked answered."),
        Caution.CENSUS: _("Everybody who was asked answered."),
        Caution.TOO_FEW: _("Too few answers for an interval."),
    }
    return [words[caution] for caution in cautions if caution in words]


def write_reliability(found: FacetReliability | None) -> str:
    """Say how well the questions of a facet hang together."""
    if found is None or found.alpha is None:
        return _("Whether its questions hang together cannot be said: too few answered them all, or it has only one.")
    if found.alpha >= RELIABLE:
        return _("Its questions hang together well enough to be read as one.")
    if found.alpha >= LOOSE:
        return _("Its questions hang together loosely. Look at them one by one as well.")
    return _("Its questions do not hang together here. Read them one by one, not as one.")


def write_coefficient(found: FacetReliability | None) -> str:
    """Write the coefficient with its interval, for those who know it."""
    if found is None or found.alpha is None:
        return ""
    name = _("Spearman and Brown's coefficient") if found.items == 2 else _("Cronbach's alpha")
    text = f"{name}: {number_format(found.alpha, 2, use_l10n=True)}"
    if found.alpha_interval is not None:
        ends = [number_format(end, 2, use_l10n=True) for end in (found.alpha_interval.low, found.alpha_interval.high)]
        text += _(" (very likely %(low)s to %(high)s)") % {"low": ends[0], "high": ends[1]}
    return text


def write_verdict(verdict: Verdict) -> str:
    """Write one of the three words there are for a change."""
    return {Verdict.UP: _("clearly up"), Verdict.DOWN: _("clearly down"), Verdict.UNCLEAR: _("can't tell")}[verdict]


def write_change(change: ChangeReport, since: str) -> str:
    """Say what became of a facet since an earlier wave, or why it is not said."""
    if change.is_withheld:
        if change.n_before is None or change.n_after is None:
            return _("Change since %(since)s: not shown, as too few answered in one of the two.") % {"since": since}
        return _(
            "Change since %(since)s: not shown. Only a few people came or went in between, and it could be put down"
            " to them."
        ) % {"since": since}
    text = _("Since %(since)s: %(verdict)s") % {"since": since, "verdict": write_verdict(change.verdict)}
    if change.difference is not None:
        text += _(", a difference of %(difference)s") % {"difference": _signed(change.difference)}
        if change.interval is not None:
            ends = {"low": _signed(change.interval.low), "high": _signed(change.interval.high)}
            text += _(" (very likely %(low)s to %(high)s)") % ends
    text += "."
    if change.released.decision is Decision.ROUND and change.released.step:
        step = write_score(change.released.step)
        text += " " + _("Rounded to steps of %(step)s, as a few people came or went in between.") % {"step": step}
    return text


def _signed(value: float) -> str:
    """Write a difference so that its direction cannot be overlooked."""
    return f"+{write_score(value)}" if value > 0 else write_score(value)
