"""Moments as bytes, small enough to send between machines."""

from __future__ import annotations

import io

import numpy as np

from collegium.science.measurement.layout import Layout
from collegium.science.measurement.moments import CrossMoments, Moments
from collegium.science.results import IntArray

TOTALS = ("sheets", "answered", "complete")


def packed(moments: Moments) -> bytes:
    """Write moments down, in as few bits as their largest number needs."""
    arrays: dict[str, IntArray] = {"sheets": moments.sheets, "counts": moments.counts}
    for place, (scores, cross) in enumerate(zip(moments.scores or (), moments.crosses or (), strict=True)):
        arrays |= {f"scores {place}": scores, f"n {place}": cross.n, f"sums {place}": cross.sums}
        arrays[f"products {place}"] = cross.products
        arrays[f"totals {place}"] = np.array([getattr(cross, name) for name in TOTALS], dtype=np.int64)
    small = {name: array.astype(np.min_scalar_type(int(array.max(initial=0)))) for name, array in arrays.items()}
    file = io.BytesIO()
    np.savez_compressed(file, allow_pickle=False, atoms=np.array(moments.atoms, dtype=np.str_), **small)
    return file.getvalue()


def unpacked(layout: Layout, content: bytes) -> Moments:
    """Read what `packed` wrote."""
    with np.load(io.BytesIO(content), allow_pickle=False) as file:

        def whole(name: str) -> IntArray:
            return np.asarray(file[name], dtype=np.int64)

        crosses = tuple(
            CrossMoments(
                items=facet.items,
                n=whole(f"n {place}"),
                sums=whole(f"sums {place}"),
                products=whole(f"products {place}"),
                **dict(zip(TOTALS, whole(f"totals {place}").tolist(), strict=True)),
            )
            for place, facet in enumerate(layout.facets)
        )
        return Moments(
            layout=layout,
            atoms=tuple(file["atoms"].tolist()),
            sheets=whole("sheets"),
            counts=whole("counts"),
            scores=tuple(whole(f"scores {place}") for place in range(len(layout.facets))),
            crosses=crosses,
        )
