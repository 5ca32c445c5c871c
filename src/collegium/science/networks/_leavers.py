"""Who leaves, checked."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from collegium.science.errors import UnusableInput
from collegium.science.networks.network import Network
from collegium.science.results import IntArray


def check_leavers(network: Network, leavers: Sequence[int] | IntArray) -> IntArray:
    """Return those who leave as numbers: each once, and there."""
    chosen = np.asarray(leavers, dtype=np.int64) if len(leavers) else np.zeros(0, dtype=np.int64)
    UnusableInput.unless(
        ((chosen >= 0) & (chosen < network.n)).all() and len(np.unique(chosen)) == len(chosen),
        "unknown_person",
        "Those who leave are named once each, and must be there.",
    )
    return chosen
