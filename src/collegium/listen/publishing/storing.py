"""Moments as bytes for a row of the database, and back. Whole numbers only, so nothing is lost."""

from __future__ import annotations

import io
import json
from typing import Any

import numpy as np

from collegium.science.measurement.layout import Layout
from collegium.science.measurement.moments import CrossMoments, Moments


def pack_moments(moments: Moments) -> bytes:
    """Return moments as a compressed archive of arrays; the layout is the instrument's and is not kept twice."""
    arrays: dict[str, Any] = {"sheets": moments.sheets, "counts": moments.counts}
    numbers = []
    for place, scores in enumerate(moments.scores or ()):
        arrays[f"scores{place}"] = scores
    for place, cross in enumerate(moments.crosses or ()):
        arrays[f"n{place}"], arrays[f"sums{place}"], arrays[f"products{place}"] = cross.n, cross.sums, cross.products
        numbers.append([cross.sheets, cross.answered, cross.complete])
    head = json.dumps({"atoms": moments.atoms, "crosses": numbers}).encode()
    target = io.BytesIO()
    np.savez_compressed(target, head=np.frombuffer(head, dtype=np.uint8), **arrays)
    return target.getvalue()


def unpack_moments(layout: Layout, packed: bytes) -> Moments:
    """Return what was packed, under the layout that it was counted with."""
    with np.load(io.BytesIO(packed), allow_pickle=False) as arrays:
        head = json.loads(arrays["head"].tobytes())
        facets = range(len(layout.facets))
        return Moments(
            layout=layout,
            atoms=tuple(head["atoms"]),
            sheets=arrays["sheets"],
            counts=arrays["counts"],
            scores=tuple(arrays[f"scores{place}"] for place in facets),
            crosses=tuple(
                CrossMoments(
                    items=layout.facets[place].items,
                    n=arrays[f"n{place}"],
                    sums=arrays[f"sums{place}"],
                    products=arrays[f"products{place}"],
                    sheets=head["crosses"][place][0],
                    answered=head["crosses"][place][1],
                    complete=head["crosses"][place][2],
                )
                for place in facets
            ),
        )
