"""Audit: could anybody work out a figure about fewer than k people from all that was published?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from collegium.science.errors import UnusableInput

# Unions of small groups to be tried, and the size of the table of figures, beyond which the answer is "not shown safe".
MOST_UNIONS = 5000
LARGEST_TABLE = 60_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Cells about which a figure can be worked out, and how many people, beside the attackers, they hold."""

    cells: tuple[Hashable, ...]
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """`is_safe` only where safety was shown; `is_complete` is False where the question was too large to decide."""

    is_safe: bool
    findings: tuple[Finding, ...] = ()
    is_complete: bool = True


def cells_across_waves(waves: Sequence[Mapping[str, str]]) -> dict[tuple[str | None, ...], int]:
    """Count people by where they were in every wave, so that joiners and leavers can be audited.

    Parameters
    ----------
    waves : sequence of mappings of person to cell
        The cell of everybody who could answer, wave by wave; a person who was not there is not in the mapping.

    Returns
    -------
    dict of tuple to int
        Cells for `audit_figures`: for every path through the waves (None where not there) how many people took it. A
        figure of one wave holds the paths with its cells in that place.

    Raises
    ------
    UnusableInput
        If there is no wave.

    References
    ----------
    As `audit_figures`.

    Examples
    --------
    >>> cells_across_waves([{"ann": "hill", "bo": "hill"}, {"ann": "hill", "cy": "hill"}])
    {('hill', 'hill'): 1, ('hill', None): 1, (None, 'hill'): 1}
    """
    UnusableInput.unless(waves, "no_waves", "There must be at least one wave.")
    people = dict.fromkeys(person for wave in waves for person in wave)
    return dict(Counter(tuple(wave.get(person) for wave in waves) for person in people))


def audit_figures(
    figures: Collection[Collection[Hashable]],
    people: Mapping[Hashable, int],
    *,
    k: int = 5,
    known: Mapping[Hashable, int] | None = None,
) -> Audit:
    """Test exactly whether sums and differences of published figures concern fewer than k people.

    Parameters
    ----------
    figures : collection of collections of cells
        Everything that was published about one question, by everybody, ever: each figure as the cells it adds up.
        Answers of the same people in other waves belong in here as well (see `cells_across_waves`): opinions last.
    people : mapping of cell to int
        How many answered in each cell; cells do not overlap.
    k : int
        At least 2: the smallest number of people, beside the attackers, that a figure may concern.
    known : mapping of cell to int, optional
        How many attackers answered in each cell and pool what they know, such as their own answers.

    Returns
    -------
    Audit
        Safe only if no combination of figures, other than nothing, concerns fewer than k people beside the attackers.
        Where the question is too large to decide: not safe, not complete.

    Raises
    ------
    UnusableInput
        If k is below 2, a figure names an unknown cell, a count is negative, or more is known than there is.

    Notes
    -----
    Figures are rows of zeros and ones over cells. Cells with the same column cannot be told apart and form one class. A
    combination that concerns only a set S of classes exists exactly if the rank of all columns is larger than the rank
    of the columns outside S; it is computed in whole numbers for every largest S of fewer than k people.

    References
    ----------
    Chin and Ozsoyoglu (1982), Auditing and inference control in statistical databases, IEEE Transactions on Software
    Engineering SE-8, 574-582. Adam and Wortmann (1989), ACM Computing Surveys 21, 515-556.

    Examples
    --------
    >>> people = {"teachers": 20, "assistants": 3, "office": 9}
    >>> audit_figures([["teachers", "assistants", "office"], ["teachers", "assistants"]], people).is_safe
    True
    >>> audit_figures([["teachers", "assistants", "office"], ["teachers", "office"]], people).findings
    (Finding(cells=('assistants',), people=3),)
    """
    known = known or {}
    _check(figures, people, known, k)
    classes = _classes(figures, people, known)
    small = [(people_in, cells, column) for people_in, cells, column in classes if people_in < k]
    if not small:
        return Audit(is_safe=True)
    columns = [column for _, _, column in classes]
    unions = _largest_unions([people_in for people_in, _, _ in small], k)
    if unions is None or len(figures) * len(columns) > LARGEST_TABLE:
        return Audit(is_safe=False, is_complete=False)
    whole = _rank(columns)
    findings = []
    for union in unions:
        inside = {small[place][2] for place in union}
        if _rank([column for column in columns if column not in inside]) < whole:
            cells = sorted((cell for place in union for cell in small[place][1]), key=repr)
            findings.append(Finding(cells=tuple(cells), people=sum(small[place][0] for place in union)))
    return Audit(is_safe=not findings, findings=tuple(findings))


def _check(
    figures: Collection[Collection[Hashable]], people: Mapping[Hashable, int], known: Mapping[Hashable, int], k: int
) -> None:
    UnusableInput.unless(k >= 2, "k", "k is at least 2.", k=k)
    unknown = {cell for figure in figures for cell in figure} | set(known)
    unknown -= set(people)
    UnusableInput.unless(not unknown, "unknown_cell", f"Unknown cells: {sorted(unknown, key=repr)}.", cells=unknown)
    UnusableInput.unless(
        all(0 <= known.get(cell, 0) <= n for cell, n in people.items()),
        "not_counts",
        "Counts are at least 0, and no more can be known than there is.",
    )


Column = frozenset[int]


def _classes(
    figures: Collection[Collection[Hashable]], people: Mapping[Hashable, int], known: Mapping[Hashable, int]
) -> list[tuple[int, list[Hashable], Column]]:
    """Return people beside the attackers, cells and figures of each class; what is in no figure is in no class."""
    inside: dict[Hashable, set[int]] = {}
    for place, figure in enumerate(figures):
        for cell in figure:
            inside.setdefault(cell, set()).add(place)
    found: dict[Column, list[Hashable]] = {}
    for cell in sorted(inside, key=repr):
        # A cell of attackers alone holds nothing that they do not know.
        if people[cell] > known.get(cell, 0):
            found.setdefault(frozenset(inside[cell]), []).append(cell)
    return [
        (sum(people[cell] - known.get(cell, 0) for cell in cells), cells, column) for column, cells in found.items()
    ]


def _largest_unions(sizes: Sequence[int], k: int) -> list[tuple[int, ...]] | None:
    """Return the sets of small classes with fewer than k people that no further class fits into; None if too many."""
    found: list[tuple[int, ...]] = []
    waiting: list[tuple[tuple[int, ...], int]] = [((), 0)]
    looked = 0
    while waiting:
        chosen, total = waiting.pop()
        looked += 1
        if looked > 20 * MOST_UNIONS or len(found) > MOST_UNIONS:
            return None
        later = range(chosen[-1] + 1 if chosen else 0, len(sizes))
        fits = [place for place in later if total + sizes[place] < k]
        waiting.extend(((*chosen, place), total + sizes[place]) for place in fits)
        others = (place for place in range(len(sizes)) if place not in chosen)
        if chosen and not any(total + sizes[place] < k for place in others):
            found.append(chosen)
    return found


def _rank(columns: Sequence[Column]) -> int:
    """Return the rank of zeros and ones, in fractions: no rounding."""
    basis: dict[int, dict[int, Fraction]] = {}
    for column in columns:
        vector = {place: Fraction(1) for place in column}
        while vector:
            lead = min(vector)
            if lead not in basis:
                scale = vector[lead]
                basis[lead] = {place: value / scale for place, value in vector.items()}
                break
            factor = vector[lead]
            for place, value in basis[lead].items():
                rest = vector.get(place, Fraction(0)) - factor * value
                if rest:
                    vector[place] = rest
                else:
                    vector.pop(place, None)
    return len(basis)
