"""The plan of an import: one line for everything that would change, was refused, or is left alone for a reason."""

from __future__ import annotations

from collections.abc import Iterator

from collegium.people.rosters import Roster
from collegium.people.services.rosters.planning.known import Change, Known
from collegium.people.services.rosters.planning.persons import PersonPlanner
from collegium.people.services.rosters.planning.posts import PostPlanner
from collegium.people.services.rosters.planning.units import UnitPlanner

# Refusals after which the roster still holds everybody it names.
_NOBODY_LOST = frozenset({"unit_cycle", "duplicate_id", "conflicting_row", "principal_mismatch"})
MOST_LEAVING = 0.2


class Planner:
    """Compares a roster with what is known. Use it once: go through `plan`, then ask what it found."""

    def __init__(self, roster: Roster, known: Known) -> None:
        self.roster = roster
        self.units = UnitPlanner(roster, known)
        self._known = known
        self._posts: PostPlanner | None = None

    def plan(self) -> Iterator[Change]:
        """Yield the lines; what is the same as before yields none."""
        yield from self._unreadable_rows()
        yield from self.units.plan()
        placed, misplaced = self._place_people()
        persons = PersonPlanner(self.roster, self._known, placed, misplaced)
        yield from persons.plan()
        self._posts = PostPlanner(self.roster, self._known, self.units, persons)
        yield from self._posts.plan()

    @property
    def people_now(self) -> int:
        """How many people hold a post in the scope today."""
        return self._posts.people_now if self._posts else 0

    @property
    def people_leaving(self) -> int:
        """How many of them would hold none afterwards."""
        return self._posts.people_leaving if self._posts else 0

    @property
    def may_miss_people(self) -> bool:
        """Whether somebody who seems to be missing may stand in a row that could not be read."""
        codes = {refusal.code.value for refusal in self.roster.refusals} | {
            note.code.value for note in self.roster.notes if note.code.value == "more_refused"
        }
        return bool(codes - _NOBODY_LOST)

    @property
    def must_confirm_endings(self) -> bool:
        """Whether ending posts needs a second look: too many would leave, or some may not have left at all."""
        if not self.people_leaving:
            return False
        return self.may_miss_people or self.people_leaving > MOST_LEAVING * self.people_now

    def _unreadable_rows(self) -> Iterator[Change]:
        for refusal in self.roster.refusals:
            yield Change(
                kind="row",
                action="refused",
                reason=f"row.{refusal.code.value}",
                ref=refusal.ref,
                data=dict(refusal.data),
            )

    def _place_people(self) -> tuple[set[str], set[str]]:
        """Who gets a post in the scope, and whose posts all lie outside of it."""
        placed: set[str] = set()
        elsewhere: set[str] = set()
        for record in self.roster.posts:
            is_here = self.units.find(record.unit_id) is not None
            (placed if is_here or record.ended else elsewhere).add(record.person_id)
        return placed, elsewhere - placed
