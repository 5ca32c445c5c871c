"""Taking an import back: what it wrote becomes what was there before, except where somebody has built on it since."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import ForeignKey, OneToOneField, Q
from django.utils import timezone

from collegium.people.enums import TieKind
from collegium.people.models import ExternalId, Person, Post, RosterChange, RosterImport, Unit, UnitTie
from collegium.people.services.rosters import bulk
from collegium.people.services.rosters.applying import DAYS, MODELS, write_fields
from collegium.people.services.rosters.planning.persons import ALIAS

Lines = list[RosterChange]


class Undoer:
    """Takes the lines of one import back; `kept` collects those it could not."""

    def __init__(self, roster_import: RosterImport, report: Any) -> None:
        self.roster_import = roster_import
        self.kept: dict[uuid.UUID, str] = {}
        self._report = report
        self._done = 0

    def undo(self) -> None:
        """Go the way of the import backwards."""
        self._take_back("post", "added", self._remove_posts)
        self._take_back("post", "changed", self._restore)
        self._forget_links()
        self._take_back("person", "added", self._remove)
        self._take_back("person", "changed", self._restore)
        self._take_back("unit", "changed", self._restore)
        self._remove_units()
        self._take_back("unit", "ended", self._restore)
        self._take_back("post", "ended", self._restore)

    # --- reading the lines --------------------------------------------------------------------------------------------
    def _take_back(self, kind: str, action: str, step: Any) -> None:
        for chunk in self._chunks(kind, action):
            step(kind, chunk)

    def _chunks(self, kind: str, action: str) -> Iterator[Lines]:
        """The lines of one kind and action, the last first: a unit goes before the one that contains it."""
        lines = RosterChange.objects.filter(roster_import=self.roster_import, kind=kind, action=action)
        for chunk in bulk.chunked(lines.order_by("-place").iterator(bulk.CHUNK)):
            yield chunk
            self._done += len(chunk)
            self._report(self._done)

    def _keep(self, lines: Iterable[RosterChange], reason: str) -> None:
        self.kept.update({line.id: reason for line in lines})

    # --- what was added -----------------------------------------------------------------------------------------------
    def _remove_posts(self, kind: str, lines: Lines) -> None:
        followers = [line for line in lines if line.before.get("post")]
        for line in followers:
            # The id stood for an earlier post before; that one must have it back before this one goes.
            self._links("post", [line.source_id]).filter(post=line.target_id).update(
                post=uuid.UUID(line.before["post"]), imported=line.link["before"]
            )
        self._remove(kind, lines)

    def _remove_units(self) -> None:
        """Remove units from the bottom up: one that contains others can go once those are gone."""
        waiting = [line for chunk in self._chunks("unit", "added") for line in chunk]
        while waiting:
            for chunk in bulk.chunked(waiting):
                self._remove("unit", chunk)
            left = [line for line in waiting if self.kept.get(line.id) == "used_since"]
            if len(left) == len(waiting):
                return
            for line in left:
                del self.kept[line.id]
            waiting = left

    def _remove(self, kind: str, lines: Lines) -> None:
        """Delete what is as it was brought and what nothing else has come to depend on."""
        untouched, edited = self._sort_out(kind, lines)
        self._keep(edited, "edited_since")
        own_links = {ALIAS + alias for line in untouched for alias in line.after.get("aliases", ())}
        own_links |= {line.source_id for line in untouched}
        targets = _targets(untouched)
        in_use = self._in_use(kind, targets, own_links)
        self._keep((line for line in untouched if line.target_id in in_use), "used_since")
        free = [target for target in targets if target not in in_use]
        if kind == "unit":
            UnitTie.objects.filter(lower_id__in=free, kind=TieKind.CONTAINS).delete()
        MODELS[kind].objects.filter(id__in=free).delete()

    def _in_use(self, kind: str, targets: Sequence[Any], own_links: set[str]) -> set[uuid.UUID]:
        """Which of these something else refers to, in whatever table of whatever room."""
        used: set[uuid.UUID] = set()
        for model, name in _references_to(MODELS[kind]):
            rows = model._default_manager.filter(**{f"{name}__in": targets})  # noqa: SLF001 Django's own name
            if model is ExternalId:
                others = ~Q(source=self.roster_import.source)
                rows = rows.filter(others | ~Q(source_id__in=own_links))
            elif model is UnitTie and name == "lower":
                rows = rows.exclude(kind=TieKind.CONTAINS, ends_on__isnull=True)
            used.update(rows.values_list(f"{name}_id", flat=True))
        return used

    # --- what was changed or ended ------------------------------------------------------------------------------------
    def _restore(self, kind: str, lines: Lines) -> None:
        untouched, edited = self._sort_out(kind, lines)
        self._keep(edited, "edited_since")
        blocked = self._blocked(kind, untouched)
        self._keep((line for line in untouched if line.id in blocked), "taken_since")
        lines = [line for line in untouched if line.id not in blocked]
        moving = [line.target_id for line in lines if kind == "person" and "email" in line.before]
        bulk.update_rows(Person, ("email",), [("", target) for target in moving])
        write_fields(kind, [(line.target_id, line.before) for line in lines])
        for line in lines:
            if "parents" in line.before:
                self._move_back(line)
        self._restore_links(kind, lines)

    def _blocked(self, kind: str, lines: Lines) -> set[uuid.UUID]:
        """Lines whose old values somebody else has taken: an address, or the same post begun anew."""
        blocked: set[uuid.UUID] = set()
        if kind == "person":
            blocked = self._addresses_taken(lines)
        if kind == "post":
            blocked = self._posts_begun_anew(lines)
        return blocked

    def _addresses_taken(self, lines: Lines) -> set[uuid.UUID]:
        """Lines whose old address belongs to somebody who will not give it back in the same breath."""
        restored = {line.target_id: line for line in lines if "email" in line.before}
        blocked: set[uuid.UUID] = set()
        while True:
            wanted = {line.before["email"] for line in restored.values()} - {""}
            holders = Person.objects.filter(community_id=self.roster_import.community_id, email__in=wanted)
            taken = set(holders.exclude(id__in=list(restored)).values_list("email", flat=True))
            stuck = [target for target, line in restored.items() if line.before["email"] in taken]
            if not stuck:
                return blocked
            blocked.update(restored.pop(target).id for target in stuck)

    def _posts_begun_anew(self, lines: Lines) -> set[uuid.UUID]:
        """Lines whose old post another holds, which has not given it back by then."""
        keys = ("person_id", "unit_id", "title")
        rows = {
            row.pop("id"): row for row in Post.objects.filter(id__in=_targets(lines)).values("id", "ends_on", *keys)
        }
        open_posts = Post.objects.filter(
            person_id__in={row["person_id"] for row in rows.values()}, ends_on__isnull=True
        )
        holders = {tuple(row[key] for key in keys): row["id"] for row in open_posts.values("id", *keys)}
        blocked = set()
        for line in lines:
            if line.target_id not in rows:
                continue
            row = rows[line.target_id]
            before = {**row, **line.before}
            now, then = (tuple(each[key] for key in keys) for each in (row, before))
            takes = "title" in line.before or ("ends_on" in line.before and before["ends_on"] is None)
            if takes and holders.get(then, line.target_id) != line.target_id:
                blocked.add(line.id)
                continue
            if row["ends_on"] is None:
                holders.pop(now, None)
            if before["ends_on"] is None:
                holders[then] = line.target_id
        return blocked

    def _move_back(self, line: RosterChange) -> None:
        before, after = set(line.before["parents"]), set(line.after["parents"])
        day = timezone.localdate(self.roster_import.applied_at)
        ties = UnitTie.objects.filter(lower=line.target_id, kind=TieKind.CONTAINS)
        ties.filter(upper__in=after - before, ends_on__isnull=True).delete()
        ties.filter(upper__in=before - after, ends_on=day).update(ends_on=None)

    # --- ids of the source --------------------------------------------------------------------------------------------
    def _links(self, kind: str, source_ids: Iterable[str]) -> Any:
        source, is_of_kind = self.roster_import.source, {f"{kind}__isnull": False}
        links = ExternalId.objects.filter(community_id=self.roster_import.community_id, source=source, **is_of_kind)
        return links.filter(source_id__in=list(source_ids))

    def _restore_links(self, kind: str, lines: Iterable[RosterChange]) -> None:
        former = {line.source_id: line.link["before"] for line in lines if line.link and line.link["set"] is not None}
        self._links(kind, [source_id for source_id, imported in former.items() if imported is None]).delete()
        known = self._links(kind, [source_id for source_id, imported in former.items() if imported is not None])
        rows = [(former[source_id], link_id) for link_id, source_id in known.values_list("id", "source_id")]
        bulk.update_rows(ExternalId, ("imported",), rows)

    def _forget_links(self) -> None:
        """Lines that changed nothing but what an id remembers."""
        for kind in MODELS:
            for chunk in self._chunks(kind, "left"):
                self._restore_links(kind, [line for line in chunk if line.reason != "differs"])

    # --- has anybody edited it? ---------------------------------------------------------------------------------------
    def _sort_out(self, kind: str, lines: Lines) -> tuple[Lines, Lines]:
        """Part the lines whose target is as the import left it from those whose target somebody has edited since."""
        names = sorted({name for line in lines for name in line.after} - {"parents", "aliases"})
        rows = {row["id"]: row for row in MODELS[kind].objects.filter(id__in=_targets(lines)).values("id", *names)}
        parents = _parents_of(_targets(lines)) if kind == "unit" else {}
        parted: tuple[Lines, Lines] = ([], [])
        for line in lines:
            is_edited = not _is_as_left(line, rows.get(line.target_id), parents)
            parted[is_edited].append(line)
        return parted


def _targets(lines: Lines) -> list[Any]:
    return [line.target_id for line in lines]


def _parents_of(targets: list[Any]) -> dict[Any, set[str]]:
    parents: dict[Any, set[str]] = {}
    ties = UnitTie.objects.filter(lower_id__in=targets, kind=TieKind.CONTAINS, ends_on__isnull=True)
    for lower_id, upper_id in ties.values_list("lower_id", "upper_id"):
        parents.setdefault(lower_id, set()).add(str(upper_id))
    return parents


def _is_as_left(line: RosterChange, row: dict[str, Any] | None, parents: dict[Any, set[str]]) -> bool:
    if row is None:
        return False
    for name, value in line.after.items():
        if name == "parents":
            now = parents.get(line.target_id, set())
            # A new unit had no other parents; a known one may have some outside of the scope.
            if now != set(value) if line.action == "added" else not set(value) <= now:
                return False
        elif name != "aliases" and _as_text(name, row[name]) != value:
            return False
    return True


def _as_text(name: str, value: Any) -> Any:
    if value is not None and (name in DAYS or isinstance(value, uuid.UUID)):
        return str(value)
    return value


def _references_to(model: type[Unit] | type[Person] | type[Post]) -> Iterator[tuple[Any, str]]:
    """Every table and field that points at the model, hidden ones of other rooms too."""
    for relation in model._meta.get_fields(include_hidden=True):
        field = getattr(relation, "field", None)
        if relation.auto_created and isinstance(field, ForeignKey | OneToOneField):
            yield field.model, field.name
