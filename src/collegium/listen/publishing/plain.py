"""Published figures as plain values for JSON.

Written out field by field: a pulse of a district has thousands of documents, and a converter that looks at every value
to see what it is takes four times as long. A test holds it against the fields that there are.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from collegium.listen.reporting import (
    ChangeReport,
    FacetReliability,
    FacetReport,
    ItemReport,
    LevelDifference,
    ViewReport,
)
from collegium.science.disclosure.release import Band, ReleasedChange, ReleasedMean, ReleasedShares, Shown
from collegium.science.results import Interval

Plain = dict[str, Any]


def write_view(report: ViewReport) -> Plain:
    """Return what is shown of a view."""
    return {
        "key": report.key,
        "n": report.n,
        "facets": [_facet(facet) for facet in report.facets],
        "items": [_item(item) for item in report.items],
    }


def _facet(facet: FacetReport) -> Plain:
    return {
        "key": facet.key,
        "mean": write_mean(facet.mean),
        "interval": write_interval(facet.interval),
        "shares": None if facet.shares is None else _shares(facet.shares),
        "favourable": None if facet.favourable is None else _shown(facet.favourable),
        "agreement": facet.agreement and facet.agreement.value,
        "items": [_item(item) for item in facet.items],
        "cautions": [caution.value for caution in facet.cautions],
    }


def _item(item: ItemReport) -> Plain:
    return {
        "key": item.key,
        "shares": _shares(item.shares),
        "favourable": None if item.favourable is None else _shown(item.favourable),
        "mean": None if item.mean is None else write_mean(item.mean),
    }


def _shares(released: ReleasedShares) -> Plain:
    shares = released.shares
    return {"n": released.n, "shares": None if shares is None else [_shown(share) for share in shares]}


def write_mean(released: ReleasedMean) -> Plain:
    """Return a mean as it may be shown."""
    return {"n": released.n, "mean": None if released.mean is None else _shown(released.mean)}


# There are hundreds of thousands of these, and hardly a thousand different ones: so they are short, and made once.
# Their ends are kept to a hundredth of a percent, which no page shows.
@lru_cache(maxsize=1 << 14)
def _shown(shown: Shown) -> list[float | str]:
    # Whole numbers, which are the same to the cache as others, are written the same as well.
    ends: list[float | str] = [float(shown.value), round(float(shown.low), 4), round(float(shown.high), 4)]
    return ends if shown.band is None else [*ends, shown.band.value]


def read_shown(written: list[Any], _type: object = None) -> Shown:
    """Return the number that was written."""
    value, low, high, *band = written
    return Shown(value=value, low=low, high=high, band=Band(band[0]) if band else None)


def write_interval(interval: Interval | None) -> Plain | None:
    """Return an interval."""
    return None if interval is None else {"low": interval.low, "high": interval.high, "level": interval.level}


def write_change(report: ChangeReport) -> Plain:
    """Return a change since an earlier wave."""
    return {
        "view": report.view,
        "facet": report.facet,
        "n_before": report.n_before,
        "n_after": report.n_after,
        "released": _decided(report.released),
        "before": None if report.before is None else write_mean(report.before),
        "after": write_mean(report.after),
        "difference": report.difference,
        "interval": write_interval(report.interval),
        "verdict": report.verdict.value,
    }


def _decided(released: ReleasedChange) -> Plain:
    return {"decision": released.decision.value, "step": released.step}


def write_reliability(found: FacetReliability) -> Plain:
    """Return how well a facet holds together."""
    return {
        "facet": found.facet,
        "n": found.n,
        "items": found.items,
        "alpha": found.alpha,
        "alpha_interval": write_interval(found.alpha_interval),
        "omega": found.omega,
        "icc1": found.icc1,
        "icc2": found.icc2,
    }


def write_level(difference: LevelDifference) -> Plain:
    """Return on which facet two levels clearly differ."""
    return {"facet": difference.facet, "higher": difference.higher, "lower": difference.lower}
