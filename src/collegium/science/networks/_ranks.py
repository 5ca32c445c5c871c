"""Ranks, and what two rankings have in common."""

from __future__ import annotations

import numpy as np

from collegium.science.results import FloatArray, IntArray


def ranks(values: IntArray | FloatArray) -> FloatArray:
    """Return ranks from 1; those that are alike share the mean of theirs."""
    _, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    found: FloatArray = (np.cumsum(counts) - (counts - 1) / 2)[place]
    return found


def rank_correlation(first: IntArray | FloatArray, second: IntArray | FloatArray) -> float | None:
    """Return Spearman's correlation; None where either does not vary."""
    one, other = (each - each.mean() if len(each) else each for each in (ranks(first), ranks(second)))
    spread = float((one**2).sum() * (other**2).sum())
    return float((one * other).sum()) / spread**0.5 if spread else None
