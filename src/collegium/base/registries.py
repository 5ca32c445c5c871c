"""Where rooms put what others ask for without knowing the room: what can be measured, shown, begun, said of an error.

The rooms fill the registries when somebody looks into one of them for the first time, and not at every start: loading
all that the rooms show takes longer than most commands.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from threading import Event, RLock
from typing import TypeVar

from django.apps import apps
from django.utils.module_loading import module_has_submodule

K = TypeVar("K")
V = TypeVar("V")


class Registry(Mapping[K, V]):
    """Things under keys, in the order of the rooms, and complete whenever it is read; `what` names one in an error."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._things: dict[K, V] = {}

    def add(self, key: K, thing: V) -> None:
        """Add a thing; a key can be registered once."""
        if key in self._things:
            raise ValueError(f"{self._what} {key!r} is registered twice")
        self._things[key] = thing

    def __getitem__(self, key: K) -> V:
        ask_rooms()
        return self._things[key]

    def __iter__(self) -> Iterator[K]:
        ask_rooms()
        return iter(self._things)

    def __len__(self) -> int:
        ask_rooms()
        return len(self._things)


_asking = RLock()
_asked, _answered = Event(), Event()


def ask_rooms() -> None:
    """Let every room register what it has, once: calls `register_all` of its module `registrations`.

    A process that answers many calls this when it starts, so that the first who asks need not wait.
    """
    if _answered.is_set():
        return
    with _asking:
        if _asked.is_set():  # a room that looks while it registers sees what there is so far
            return
        _asked.set()
        try:
            for room in apps.get_app_configs():
                if room.module and module_has_submodule(room.module, "registrations"):
                    import_module(f"{room.name}.registrations").register_all()
        except BaseException:
            _asked.clear()  # Half of what the rooms have must not pass for all of it.
            raise
        _answered.set()
