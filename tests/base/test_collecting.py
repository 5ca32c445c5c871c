"""The search for circles rests inside the block alone, whatever happens there."""

from __future__ import annotations

import gc

import pytest

from collegium.base import collecting


def test_the_search_rests_and_goes_on() -> None:
    assert gc.isenabled()
    with collecting.at_rest():
        assert not gc.isenabled()
        with collecting.at_rest():
            assert not gc.isenabled()
        assert not gc.isenabled()  # the one inside has not woken it for the one outside
    assert gc.isenabled()


def test_the_search_goes_on_after_something_broke() -> None:
    with pytest.raises(ValueError, match="broken"), collecting.at_rest():
        raise ValueError("broken")
    assert gc.isenabled()
