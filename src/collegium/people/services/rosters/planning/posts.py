"""Posts: who works where, from when, and whose post is over."""

from __future__ import annotations

import uuid
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from collegium.base import ids
from collegium.people.rosters import PostRecord, Roster
from collegium.people.services.rosters.planning.compare import Subject, compare, tell
from collegium.people.services.rosters.planning.known import Change, Known, KnownPost, Link, own_id
from collegium.people.services.rosters.planning.persons import PersonPlanner
from collegium.people.services.rosters.planning.units import UnitPlanner

Key = tuple[uuid.UUID, uuid.UUID, str]


class PostPlanner:
    """Plans the posts of a roster, and counts who would have none left."""

    def __init__(self, roster: Roster, known: Known, units: UnitPlanner, persons: PersonPlanner) -> None:
        self.roster, self.known, self.units, self.persons = roster, known, units, persons
        self._ids_in_file = {record.source_id for record in roster.posts}
        self._seen: set[str] = set()
        self._owner: dict[uuid.UUID, str] = {link.target_id: key for key, link in known.post_links.items()}
        self._matched: dict[str, KnownPost] = {}
        self._taken: Counter[Key] = Counter()
        self._ending: dict[uuid.UUID, str] = {}
        self._open: Counter[uuid.UUID] = Counter(
            post.person_id for post in known.posts.values() if post.is_open(known.day) and post.unit_id in known.units
        )
        self.people_now = len(self._open)

    @property
    def people_leaving(self) -> int:
        """How many people of the scope would hold no post in it any more."""
        return sum(count <= 0 for count in self._open.values())

    def plan(self) -> Iterator[Change]:
        """Say what becomes of each post in the roster, then of those it no longer holds."""
        self._match_by_words()
        self._ending = dict(self._find_endings())
        self._taken = Counter(
            post.key
            for post in self.known.posts.values()
            if post.is_open(self.known.day) and post.id not in self._ending
        )
        yield from self._plan_all()
        yield from self._end_all()

    # --- which post is meant ------------------------------------------------------------------------------------------
    def _match_by_words(self) -> None:
        """An id we do not know may be a new name for a post we know: same person, same unit, same title."""
        unknown = [record for record in self.roster.posts if record.source_id not in self.known.post_links]
        if not unknown or not self.known.posts:
            return
        free: dict[Key, list[KnownPost]] = defaultdict(list)
        for post in self.known.posts.values():
            owner = self._owner.get(post.id)
            if post.is_open(self.known.day) and (owner is None or owner not in self._ids_in_file):
                free[post.key].append(post)
        for record in unknown:
            spelt_out = own_id(record.source_id, self.known.posts)
            if spelt_out is not None:
                self._matched[record.source_id] = self.known.posts[spelt_out]
                continue
            person_id, unit_id = self.persons.find(record.person_id), self.units.find(record.unit_id)
            if person_id and unit_id and free.get((person_id, unit_id, record.title)):
                self._matched[record.source_id] = free[person_id, unit_id, record.title].pop()

    def _find_endings(self) -> Iterator[tuple[uuid.UUID, str]]:
        """The open posts of this source that are over, and how the file says so."""
        matched = {post.id for post in self._matched.values()}
        ended_here = {record.source_id for record in self.roster.posts if record.ended}
        yield from ((post.id, "moved") for post in self._find_moved())
        for source_id, link in self.known.post_links.items():
            post = self.known.posts.get(link.target_id)
            if post is None or not post.is_open(self.known.day) or post.unit_id not in self.known.units:
                continue
            if source_id in ended_here or link.imported.get("person") in self.persons.ended:
                yield post.id, "ended_in_file"
            elif post.unit_id in self.units.ended:
                yield post.id, "unit_ends"
            elif self._is_missing(source_id, post, matched) and link.imported.get("person") not in self.persons.refused:
                yield post.id, "not_in_file"

    def _find_moved(self) -> Iterator[KnownPost]:
        """Open posts whose id now stands for somebody else, or for another unit."""
        for record in self.roster.posts:
            link = self.known.post_links.get(record.source_id)
            post = self.known.posts.get(link.target_id) if link else None
            if post is None or record.ended or not post.is_open(self.known.day):
                continue
            if post.unit_id not in self.known.units:
                continue  # its unit has left the scope, and with it who may end it
            person_id, unit_id = self.persons.find(record.person_id), self.units.find(record.unit_id)
            is_other = (person_id, unit_id) != (post.person_id, post.unit_id)
            if is_other and not self._why_not(record, person_id, unit_id):
                yield post

    def _is_missing(self, source_id: str, post: KnownPost, matched: set[uuid.UUID]) -> bool:
        return not self.roster.is_delta and source_id not in self._ids_in_file and post.id not in matched

    def _plan_all(self) -> Iterator[Change]:
        """Plan the records; one whose post somebody holds already waits until those that give theirs up have done so.

        Else the next import of the same file would find it free, and change something.
        """
        waiting: Sequence[PostRecord] = self.roster.posts
        while waiting:
            held_up: list[tuple[PostRecord, Change]] = []
            for record in waiting:
                for change in self._plan_one(record):
                    if change.reason == "same_post":
                        held_up.append((record, change))
                    else:
                        yield change
            if len(held_up) == len(waiting):
                yield from (change for _, change in held_up)
                return
            waiting = [record for record, _ in held_up]
            # Asked once more; until here a second record of the same id was refused.
            self._seen -= {record.source_id for record in waiting}

    # --- one record ---------------------------------------------------------------------------------------------------
    def _plan_one(self, record: PostRecord) -> Iterator[Change]:
        link = self.known.post_links.get(record.source_id)
        if record.source_id in self._seen:
            yield self._line(record, "refused", "duplicate_id")
            return
        self._seen.add(record.source_id)
        if record.ended:
            if link is None:
                yield self._line(record, "left", "not_here")
            return
        person_id, unit_id = self.persons.find(record.person_id), self.units.find(record.unit_id)
        if reason := self._why_not(record, person_id, unit_id):
            action = "left" if reason == "forgotten" else "refused"
            yield self._line(record, action, reason, data={"person": record.person_id, "unit": record.unit_id})
            return
        assert person_id is not None  # noqa: S101 _why_not has looked
        assert unit_id is not None  # noqa: S101
        post = self.known.posts.get(link.target_id) if link else self._matched.get(record.source_id)
        if post is None:
            yield self._add(record, person_id, unit_id, link)
        elif self._begins_anew(record, post, person_id, unit_id):
            yield self._add(record, person_id, unit_id, link, follows=post)
        elif post.id not in self._ending:
            yield from self._meet(record, post, link)

    def _why_not(self, record: PostRecord, person_id: uuid.UUID | None, unit_id: uuid.UUID | None) -> str:
        if self.known.is_forgotten(record.person_id):
            return "forgotten"
        if record.person_id in self.persons.refused:
            return "person_refused"
        if record.person_id in self.persons.ended:
            return "person_ended"
        if person_id is None:
            return "person_unknown"
        if unit_id is None:
            return "unit_refused" if record.unit_id in self.units.reasons else "unit_unknown"
        return "unit_over" if self.units.is_over(unit_id) else ""

    def _begins_anew(self, record: PostRecord, post: KnownPost, person_id: uuid.UUID, unit_id: uuid.UUID) -> bool:
        """Whether the id now stands for another post: for somebody else, elsewhere, or again after a gap."""
        if (post.person_id, post.unit_id) != (person_id, unit_id):
            return True
        day = self.known.day
        if post.ends_on is None or post.ends_on >= day or record.ends_on is not None:
            return False
        link = self.known.post_links.get(record.source_id)
        was_ended_by_import = link is not None and link.imported.get("ends_on") == post.ends_on
        return was_ended_by_import and (record.starts_on is None or record.starts_on.isoformat() > post.ends_on)

    # --- new ----------------------------------------------------------------------------------------------------------
    def _add(
        self,
        record: PostRecord,
        person_id: uuid.UUID,
        unit_id: uuid.UUID,
        link: Link | None,
        follows: KnownPost | None = None,
    ) -> Change:
        values = self._stated(record)
        is_open = values["ends_on"] is None or values["ends_on"] > self.known.day
        key = (person_id, unit_id, record.title)
        if is_open and self._taken[key]:
            return self._line(record, "left", "same_post")
        starts_on = values.get("starts_on") or min(values["ends_on"] or self.known.day, self.known.day)
        if is_open:
            self._taken[key] += 1
            self._open[person_id] += 1
        return self._line(
            record,
            "added",
            "follows" if follows else "",
            target_id=ids.new_id(),
            before={"post": str(follows.id)} if follows and link else {},
            after={**values, "starts_on": starts_on, "person_id": str(person_id), "unit_id": str(unit_id)},
            link_before=link.imported if link else None,
            link_set={**values, "starts_on": starts_on, "person": record.person_id},
        )

    # --- known --------------------------------------------------------------------------------------------------------
    def _stated(self, record: PostRecord) -> dict[str, Any]:
        values: dict[str, Any] = {
            "title": record.title,
            "level": record.level,
            "is_primary": record.is_primary,
            "ends_on": record.ends_on.isoformat() if record.ends_on else None,
        }
        if record.starts_on is not None:
            values["starts_on"] = record.starts_on.isoformat()
        return values

    def _meet(self, record: PostRecord, post: KnownPost, link: Link | None) -> Iterator[Change]:
        current = {
            "title": post.title,
            "level": post.level,
            "is_primary": post.is_primary,
            "starts_on": post.starts_on,
            "ends_on": post.ends_on,
        }
        # A post known under another id keeps that id; the roster's new name for it needs no remembering.
        source_id = record.source_id if link else self._owner.get(post.id, "")
        imported = self.known.post_links[source_id].imported if source_id else None
        found = compare(self._stated(record), current, imported)
        if found is None:
            return
        if imported is None:
            if found.differs:
                yield self._line(record, "left", "not_from_here", target_id=post.id)
            return
        was_open = post.is_open(self.known.day)
        becomes = replace(post, **{name: found.changed[name] for name in ("title", "ends_on") if name in found.changed})
        is_open = becomes.is_open(self.known.day)
        if is_open and (not was_open or becomes.key != post.key) and self._taken[becomes.key]:
            yield self._line(record, "left", "same_post", target_id=post.id)
            return
        self._taken[post.key] -= was_open
        self._taken[becomes.key] += is_open
        self._open[post.person_id] += is_open - was_open
        label = self._label(record, post.person_id, post.unit_id)
        yield from tell(Subject("post", record.ref, source_id, post.id, label, current, imported), found)

    # --- over ---------------------------------------------------------------------------------------------------------
    def _end_all(self) -> Iterator[Change]:
        for post_id, reason in self._ending.items():
            post = self.known.posts[post_id]
            source_id = self._owner[post_id]
            link = self.known.post_links[source_id]
            # A post that was to start later never held.
            day = max(self.known.day, post.starts_on or self.known.day)
            self._open[post.person_id] -= 1
            yield Change(
                kind="post",
                action="ended",
                reason=reason,
                source_id=source_id,
                target_id=post_id,
                label=self._words(post.person_id, post.title, post.unit_id),
                before={"ends_on": post.ends_on},
                after={"ends_on": day},
                link_before=link.imported,
                link_set=None if reason == "moved" else {"ends_on": day},
            )

    # --- lines --------------------------------------------------------------------------------------------------------
    def _line(self, record: PostRecord, action: str, reason: str, **more: Any) -> Change:
        label = self._label(record, self.persons.find(record.person_id), self.units.find(record.unit_id))
        return Change(
            kind="post", action=action, reason=reason, ref=record.ref, source_id=record.source_id, label=label, **more
        )

    def _label(self, record: PostRecord, person_id: uuid.UUID | None, unit_id: uuid.UUID | None) -> str:
        return self._words(person_id, record.title, unit_id)

    def _words(self, person_id: uuid.UUID | None, title: str, unit_id: uuid.UUID | None) -> str:
        name = self.persons.name_of(person_id) if person_id else ""
        unit = self.units.names.get(unit_id, "") if unit_id else ""
        return " · ".join(part for part in (name, title, unit) if part)
