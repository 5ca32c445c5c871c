"""The instruments that come with Collegium, in the order in which they are offered."""

from __future__ import annotations

from functools import cache
from importlib import resources

from collegium.listen.instruments.model import Instrument
from collegium.listen.instruments.reading import read

HEARTBEAT = "heartbeat"
TIES = "who_turns_to_whom"
TIE_KEYS = (TIES,)
KEYS = (
    HEARTBEAT,
    "trust",
    "learning_community",
    "hallmarks",
    "efficacy",
    "shared_leadership",
    "value_added",
    "learning_leadership",
    "change_check",
    "virtues",
    "coupling",
    "alliance",
)
ALL_KEYS = (*KEYS, *TIE_KEYS)


def list_shipped() -> tuple[Instrument, ...]:
    """Every instrument for pulses that comes with Collegium; those about ties stand apart."""
    return tuple(get_shipped(key) for key in KEYS)


def list_shipped_ties() -> tuple[Instrument, ...]:
    """Every instrument about ties that comes with Collegium: who turns to whom, asked by name."""
    return tuple(get_shipped(key) for key in TIE_KEYS)


@cache
def get_shipped(key: str) -> Instrument:
    """One of them by its key. Raises KeyError."""
    return read(get_shipped_file(key))


def get_shipped_file(key: str) -> str:
    """Its file, as it may be downloaded and changed. Raises KeyError."""
    if key not in ALL_KEYS:
        raise KeyError(key)
    folder = resources.files("collegium.listen.instruments") / "shipped"
    return (folder / f"{key}.toml").read_text(encoding="utf-8")
