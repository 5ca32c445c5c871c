"""Drawing by lot so that anybody can do it again: a published list, a published seed, and a digest as the die."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from collegium.science.errors import UnusableInput


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A draw: who was `drawn`, and who follows if one of them declines, in order.

    `places` says how many were drawn from each group; `seed` is what the draw is done again with.
    """

    seed: str
    drawn: tuple[str, ...]
    substitutes: Mapping[str, tuple[str, ...]]
    places: Mapping[str, int]


def order_by_lot(entries: Collection[str], seed: str) -> tuple[str, ...]:
    """Put entries in an order that only chance and the seed decide.

    Parameters
    ----------
    entries : collection of str
        Names or codes, each once. Their order does not matter.
    seed : str
        Something that nobody could know or choose when the list was closed: tomorrow's lottery numbers, or numbers that
        several people say at once, written one after the other.

    Returns
    -------
    tuple of str
        Every entry once, by the SHA-256 digest of seed, a line feed and the entry in UTF-8, the lowest first.

    Raises
    ------
    UnusableInput
        If the seed is blank, or an entry is blank, holds a line feed or comes twice.

    Notes
    -----
    `printf 'SEED\\nENTRY' | sha256sum` gives the digest on any machine.

    References
    ----------
    Eastlake (2004), Publicly verifiable nominations committee (NomCom) random selection, RFC 3797, sec. 4.

    Examples
    --------
    >>> order_by_lot(["Ada", "Ben", "Cleo"], "17 4 33 8 21 6")
    ('Ben', 'Cleo', 'Ada')
    """
    UnusableInput.unless(seed.strip(), "seed", "A draw needs a seed.")
    UnusableInput.unless(
        all(entry.strip() and "\n" not in entry for entry in entries),
        "entry",
        "An entry of the list is blank or broken.",
    )
    UnusableInput.unless(len(set(entries)) == len(entries), "doubled_entry", "An entry of the list comes twice.")
    return tuple(sorted(entries, key=lambda entry: hashlib.sha256(f"{seed}\n{entry}".encode()).digest()))


def share_places(sizes: Mapping[str, int], places: int, seed: str) -> dict[str, int]:
    """Share places out among groups by their size.

    Parameters
    ----------
    sizes : mapping of str to int
        How many people each group has.
    places : int
        How many places there are, no more than people.
    seed : str
        Decides where remainders are level, as in `order_by_lot`.

    Returns
    -------
    dict of str to int
        Whole shares first, what is left to the largest remainders; no group gets more places than it has people.

    Raises
    ------
    UnusableInput
        If a size is below zero, or there are more places than people or fewer than none.

    References
    ----------
    Balinski and Young (2001), Fair Representation, 2nd ed., ch. 3 (Hamilton's method).

    Examples
    --------
    >>> share_places({"primary": 60, "secondary": 28, "office": 12}, 5, "17 4 33")
    {'primary': 3, 'secondary': 1, 'office': 1}
    """
    people = sum(sizes.values())
    UnusableInput.unless(all(size >= 0 for size in sizes.values()), "sizes", "A group cannot be below zero.")
    UnusableInput.unless(
        0 <= places <= people, "places", "There are more places than people.", places=places, people=people
    )
    if not people:
        return dict.fromkeys(sizes, 0)
    found = {group: size * places // people for group, size in sizes.items()}
    by_lot = order_by_lot(list(sizes), seed)
    remainders = sorted(by_lot, key=lambda group: -(sizes[group] * places % people))
    for group in remainders[: places - sum(found.values())]:
        found[group] += 1
    return found


def draw(entries: Mapping[str, str] | Sequence[str], places: int | Mapping[str, int], seed: str) -> Drawn:
    """Draw people by lot, so that each of a group is as likely as any other of it.

    Parameters
    ----------
    entries : mapping of str to str, or sequence of str
        Each person's group by their name or code; a sequence is one group.
    places : int, or mapping of str to int
        How many are drawn: in all, shared out by `share_places`, or of each group.
    seed : str
        As in `order_by_lot`.

    Returns
    -------
    Drawn
        The first of each group's order; the others are its substitutes.

    Raises
    ------
    UnusableInput
        If a group has fewer people than places, or is not there, or as in `order_by_lot`.

    References
    ----------
    Flanigan, Goelz, Gupta, Hennig and Procaccia (2021), Fair algorithms for selecting citizens' assemblies, Nature 596,
    548-552 (groups by one feature are drawn exactly fairly; several at once are not done here).

    Examples
    --------
    >>> draw({"Ada": "primary", "Ben": "primary", "Cleo": "office"}, {"primary": 1, "office": 1}, "17 4 33").drawn
    ('Cleo', 'Ada')
    """
    group_of = dict(entries) if isinstance(entries, Mapping) else dict.fromkeys(entries, "")
    UnusableInput.unless(len(group_of) == len(entries), "doubled_entry", "An entry of the list comes twice.")
    groups: dict[str, list[str]] = {}
    for entry, group in group_of.items():
        groups.setdefault(group, []).append(entry)
    sizes = {group: len(groups[group]) for group in sorted(groups)}
    UnusableInput.unless(
        len(groups) < 2 or all(group.strip() for group in groups), "group", "Somebody in the list has no group."
    )
    if isinstance(places, int):
        seats = share_places(sizes, places, seed) if len(sizes) > 1 else dict.fromkeys(sizes or {"": 0}, places)
    else:
        seats = {group: places.get(group, 0) for group in {**sizes, **places}}
    for group, wanted in seats.items():
        UnusableInput.unless(
            0 <= wanted <= sizes.get(group, 0),
            "places",
            "A group has fewer people than are to be drawn.",
            group=group,
            places=wanted,
            people=sizes.get(group, 0),
        )
    orders = {group: order_by_lot(groups.get(group, []), seed) for group in seats}
    return Drawn(
        seed=seed,
        drawn=tuple(entry for group, order in orders.items() for entry in order[: seats[group]]),
        substitutes={group: order[seats[group] :] for group, order in orders.items()},
        places=seats,
    )
