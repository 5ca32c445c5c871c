"""Puts together what a reader finds, one row after the other, and refuses what cannot stand."""

from __future__ import annotations

import math

from collegium.connect.files.records import (
    FileKind,
    Limits,
    Note,
    NoteCode,
    PersonRow,
    Refusal,
    RefusalCode,
    TieFile,
    TieRow,
    UnreadableCode,
    UnreadableTies,
)
from collegium.people.rosters import RowRef
from collegium.people.rosters.cells import email_or_none

YES = frozenset({"yes", "y", "true", "1", "x", "ja", "oui", "si", "sí"})
NO = frozenset({"no", "n", "false", "0", "nein", "non", "nee"})
NOTHING = frozenset({"", "na", "n/a", "nan", "null", ".", "-"})


class Gathering:
    """The people and ties of one upload so far. After a list of people a tie to anybody else is refused."""

    def __init__(self, kind: FileKind, limits: Limits) -> None:
        self.kind = kind
        self.limits = limits
        self.is_listed = False
        self.people: list[PersonRow] = []
        self.ties: list[TieRow] = []
        self.layers: list[str] = []
        self._refusals: list[Refusal] = []
        self._refused = 0
        self._notes: dict[tuple[NoteCode, str], Note] = {}
        self._place_of: dict[str, int] = {}
        self._layer_of: dict[str, int] = {}
        self._seen: dict[tuple[int, int, int], int] = {}

    # --- people -------------------------------------------------------------------------------------------------------
    def add_person(self, person: PersonRow) -> None:
        """Take one person of a list."""
        self.is_listed = True
        if not person.id:
            self.refuse(person.ref, RefusalCode.MISSING_ID)
            return
        if len(person.id) > self.limits.id_length:
            self.refuse(person.ref, RefusalCode.LONG_ID, id=person.id[:40], limit=str(self.limits.id_length))
            return
        known = self._place_of.get(person.id)
        if known is not None:
            first = self.people[known].ref.row
            self.refuse(person.ref, RefusalCode.DUPLICATE_PERSON, id=person.id, first_row=str(first))
            return
        email = email_or_none(person.email)
        if email is None:
            self.note(NoteCode.BAD_EMAIL, value=person.email[:80], row=str(person.ref.row))
        self._keep(person._replace(email=email or ""))

    def _keep(self, person: PersonRow) -> int:
        if len(self.people) >= self.limits.people:
            said = {"file": person.ref.file, "limit": str(self.limits.people)}
            raise UnreadableTies(UnreadableCode.TOO_MANY_PEOPLE, said)
        self._place_of[person.id] = len(self.people)
        self.people.append(person)
        return len(self.people) - 1

    def truth(self, text: str, ref: RowRef) -> bool | None:
        """Read a yes or a no; None, with a note, for anything else."""
        word = text.casefold()
        if word in YES or word in NO:
            return word in YES
        if word not in NOTHING:
            self.note(NoteCode.NOT_YES_OR_NO, value=text[:40], row=str(ref.row))
        return None

    # --- ties ---------------------------------------------------------------------------------------------------------
    def add_tie(self, ends: tuple[str, str], weight: str | None, layer: str, ref: RowRef) -> None:
        """Take one tie; `weight` is None where the file has no word for it, and then every tie counts alike."""
        if not all(ends):
            self.refuse(ref, RefusalCode.MISSING_END)
            return
        read = None if weight is None else self._read_weight(weight)
        if isinstance(read, RefusalCode):
            self.refuse(ref, read, value=(weight or "")[:40])
            return
        if read == 0:
            self.note(NoteCode.ZERO_WEIGHTS)
            return
        if ends[0] == ends[1]:
            self.refuse(ref, RefusalCode.SELF_TIE, id=ends[0])
            return
        places = [self._find(end, ref) for end in ends]
        if places[0] is None or places[1] is None:
            return
        self._keep_tie(TieRow(places[0], places[1], read, self.layer(layer, ref), ref))

    def _keep_tie(self, tie: TieRow) -> None:
        key = (tie.layer, tie.source, tie.target)
        if key in self._seen:
            said = {"source": self.people[tie.source].id, "target": self.people[tie.target].id}
            self.refuse(tie.ref, RefusalCode.DUPLICATE_TIE, first_row=str(self._seen[key]), **said)
            return
        if len(self.ties) >= self.limits.ties:
            said = {"file": tie.ref.file, "limit": str(self.limits.ties)}
            raise UnreadableTies(UnreadableCode.TOO_MANY_TIES, said)
        self._seen[key] = tie.ref.row
        self.ties.append(tie)

    def _find(self, end: str, ref: RowRef) -> int | None:
        found = self._place_of.get(end)
        if found is None and self.is_listed:
            self.refuse(ref, RefusalCode.UNKNOWN_PERSON, id=end[:80])
        elif found is None and len(end) > self.limits.id_length:
            self.refuse(ref, RefusalCode.LONG_ID, id=end[:40], limit=str(self.limits.id_length))
        elif found is None:
            return self._keep(PersonRow(end, ref, email_or_none(end) or ""))
        return found

    def _read_weight(self, text: str) -> float | RefusalCode | None:
        if text.casefold() in NOTHING:
            # In a matrix nothing is no tie; in a list the row itself says that there is one.
            return 0.0 if self.kind is FileKind.MATRIX else None
        try:
            # A comma for the decimal point, as half of Europe writes it.
            weight = float(text.replace(",", ".") if text.count(",") == 1 and "." not in text else text)
        except ValueError:
            return RefusalCode.BAD_WEIGHT
        if not math.isfinite(weight):
            return RefusalCode.BAD_WEIGHT
        return RefusalCode.NEGATIVE_WEIGHT if weight < 0 else weight

    def layer(self, title: str, ref: RowRef) -> int:
        """Return the place of a kind of tie, new or known."""
        if title not in self._layer_of:
            if len(self.layers) >= self.limits.layers:
                said = {"file": ref.file, "limit": str(self.limits.layers), "row": str(ref.row)}
                raise UnreadableTies(UnreadableCode.TOO_MANY_LAYERS, said)
            self._layer_of[title] = len(self.layers)
            self.layers.append(title)
        return self._layer_of[title]

    # --- what was not taken -------------------------------------------------------------------------------------------
    def refuse(self, ref: RowRef, code: RefusalCode, **data: str) -> None:
        """Write down what is not taken."""
        self._refused += 1
        if len(self._refusals) < self.limits.refusals:
            self._refusals.append(Refusal(ref, code, data))

    def note(self, code: NoteCode, *, about: str = "", **data: str) -> None:
        """Write down what was decided, once for each table it is `about`; the data of the first time is kept."""
        known = self._notes.get((code, about))
        self._notes[code, about] = Note(code, 1, data) if known is None else Note(code, known.count + 1, known.data)

    def close(self, file: str) -> TieFile:
        """Hand over what was found. Raises UnreadableTies when that is nothing."""
        if not self.people and not self._refused:
            raise UnreadableTies(UnreadableCode.NO_PEOPLE if self.is_listed else UnreadableCode.NO_TIES, {"file": file})
        if not self.is_listed:
            self.note(NoteCode.PEOPLE_FROM_TIES)
        elif all(person.answered is None for person in self.people):
            self.note(NoteCode.ALL_ANSWERED)
        return TieFile(
            people=tuple(self.people),
            layers=tuple(self.layers),
            ties=tuple(self.ties),
            is_listed=self.is_listed,
            kind=self.kind,
            refusals=tuple(self._refusals),
            refused=self._refused,
            notes=tuple(self._notes.values()),
        )
