"""Letting Python's search for circles of objects rest while very many are made that hold none.

The search looks at everything that is alive again and again; where hundreds of thousands of figures or rows are made,
that is a fifth of the time and finds nothing.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def at_rest() -> Iterator[None]:
    """Search for no circles inside the block; afterwards as before."""
    was_searching = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_searching:
            gc.enable()
