"""What became of ties from one wave to the next."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from collegium.science.errors import UnusableInput
from collegium.science.networks._putting import share
from collegium.science.networks._ranks import rank_correlation
from collegium.science.networks.network import Network
from collegium.science.results import BoolArray, Caution, Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class TieChange:
    """What became of ties, by why.

    Ties of the earlier wave were `kept`, or `lost_by_leaving` (either of the two left), `lost_by_change` (both are
    there, and it was told no more), or are `unknown_now` (who told it did not answer again). Ties of the later wave are
    kept, or `made_by_joining` (either came new), `made_by_change`, or were `unknown_before` (who tells it had not
    answered).
    `stability` is the share of ties kept of all that could be seen in both waves and were there in one of them;
    `persistence` the share of earlier ties kept among people who are still there. `standing` is the correlation of
    how often people were named before and now, over those who stayed.
    """

    kept: int
    lost_by_leaving: int
    lost_by_change: int
    unknown_now: int
    made_by_joining: int
    made_by_change: int
    unknown_before: int
    left: int
    joined: int
    stayed: int
    stability: Estimate
    persistence: Estimate
    standing: Estimate

    @property
    def lost(self) -> int:
        """How many earlier ties are known to be gone."""
        return self.lost_by_leaving + self.lost_by_change

    @property
    def made(self) -> int:
        """How many later ties are known to be new."""
        return self.made_by_joining + self.made_by_change


def change_of_ties(
    before: Network, after: Network, *, there_before: npt.ArrayLike, there_after: npt.ArrayLike
) -> TieChange:
    """Return which ties were kept, lost and made between two waves, and why.

    Parameters
    ----------
    before, after : Network
        Of the same people, numbered alike: everybody who was there in either wave.
    there_before, there_after : array of bool, one for each person
        Who was there in each wave. Ties of whoever was not are refused.

    Returns
    -------
    TieChange
        No value of `stability` and `persistence` without ties that could be seen in both waves (NO_TIES), of `standing`
        where those who stayed were all named alike (NO_DIFFERENCES).

    Raises
    ------
    UnusableInput
        If the waves do not have the same number of people, or somebody has ties who was not there.

    Notes
    -----
    Stability: ``kept / (kept + lost by change + made by change)`` (Jaccard); persistence ``kept / (kept + lost by
    change)``. Standing: Spearman's correlation.

    References
    ----------
    Snijders, van de Bunt and Steglich (2010), Introduction to stochastic actor-based models for network dynamics,
    Social Networks 32, 44-60, section 3.1 (the Jaccard index of waves; below 0.3 there is little in common).

    Examples
    --------
    >>> before = Network.of(4, [(0, 1), (1, 2), (2, 0)])
    >>> after = Network.of(4, [(0, 1), (1, 0), (3, 0)])
    >>> here = [True, True, False, True]
    >>> found = change_of_ties(before, after, there_before=[True, True, True, False], there_after=here)
    >>> found.kept, found.lost_by_leaving, found.made_by_joining, found.made_by_change, found.stability.value
    (1, 2, 1, 1, 0.5)
    """
    was, there = _presence(before, after, there_before), _presence(after, before, there_after)
    stayed = was & there
    kept = np.isin(before.keys, after.keys)
    old = np.isin(after.keys, before.keys)
    gone, new = before.edges[~kept], after.edges[~old]
    left, joined = ~there[gone].all(axis=1), ~was[new].all(axis=1)
    silent_now = ~left & ~after.told[gone[:, 0]]
    silent_before = ~joined & ~before.told[new[:, 0]]
    count = int(kept.sum())
    lost = int((~left & ~silent_now).sum())
    made = int((~joined & ~silent_before).sum())
    value = rank_correlation(before.in_degree[stayed], after.in_degree[stayed])
    answered = int((stayed & before.told & after.told).sum())
    missing = int(stayed.sum()) - answered
    silent = Caution.NOT_ALL_ANSWERED if missing else None

    def one(found: float | None, what: str, none: Caution) -> Estimate:
        cautions = tuple(each for each in (none if found is None else None, silent) if each is not None)
        return Estimate(
            value=found, n_used=answered, n_missing=missing, method=f"change-of-ties: {what}", cautions=cautions
        )

    return TieChange(
        kept=count,
        lost_by_leaving=int(left.sum()),
        lost_by_change=lost,
        unknown_now=int(silent_now.sum()),
        made_by_joining=int(joined.sum()),
        made_by_change=made,
        unknown_before=int(silent_before.sum()),
        left=int((was & ~there).sum()),
        joined=int((there & ~was).sum()),
        stayed=int(stayed.sum()),
        stability=one(share(count, count + lost + made), "stability", Caution.NO_TIES),
        persistence=one(share(count, count + lost), "persistence", Caution.NO_TIES),
        standing=one(value, "standing", Caution.NO_DIFFERENCES),
    )


def _presence(network: Network, other: Network, there: npt.ArrayLike) -> BoolArray:
    present = np.asarray(there, dtype=np.bool_)
    UnusableInput.unless(
        network.n == other.n and present.shape == (network.n,),
        "people",
        "Both waves have the same people, and say of each whether they were there.",
    )
    UnusableInput.unless(present[network.edges].all(), "not_there", "Somebody who was not there has ties.")
    return present
