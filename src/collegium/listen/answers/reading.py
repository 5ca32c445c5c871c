"""Taking the sheets of a pulse out of their trays when it closes, and keeping or destroying them afterwards."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import connection

from collegium.listen.answers import packing, trays
from collegium.listen.answers.packing import Remark
from collegium.listen.models import Comment, Pulse, Sheet, Tray
from collegium.science.results import IntArray

BATCH = 1000


@dataclass(frozen=True, slots=True, eq=False)
class Gathered:
    """All sheets of a pulse in the order of what they say: cells, answers, and the open answers beside them."""

    cells: tuple[int, ...]
    answers: IntArray
    remarks: tuple[Remark, ...]


def gather(pulse: Pulse, columns: int) -> Gathered:
    """Take everything out of the trays of a pulse and do away with them; call it in the transaction that closes it."""
    held = list(Tray.objects.select_for_update().filter(pulse=pulse).order_by("id"))
    contents = [trays.look_into(tray) for tray in held]
    sheets = sorted(sheet for each in contents for sheet in each.sheets)
    trays.empty(pulse)
    split = [packing.sheet_of(sheet) for sheet in sheets]
    answers = packing.answers_of(b"".join(packed for _cell, packed in split)).reshape(len(split), columns)
    remarks = tuple(sorted(remark for each in contents for remark in each.remarks))
    return Gathered(tuple(cell for cell, _packed in split), answers, remarks)


def keep(pulse: Pulse, gathered: Gathered, atom_of: Mapping[int, int]) -> None:
    """Keep sheets and comments by atom, in the order of what they say; those of no atom are not kept at all."""
    if pulse.sheets_kept_days:
        rows = sorted(
            (atom_of[cell], answers.astype(packing.ANSWER).tobytes())
            for cell, answers in zip(gathered.cells, gathered.answers, strict=True)
            if cell in atom_of
        )
        Sheet.objects.bulk_create(
            (Sheet(community_id=pulse.community_id, pulse=pulse, atom=atom, answers=packed) for atom, packed in rows),
            batch_size=BATCH,
        )
    remarks = sorted(
        (atom_of[remark.cell], remark.item, remark.text) for remark in gathered.remarks if remark.cell in atom_of
    )
    Comment.objects.bulk_create(
        (
            Comment(community_id=pulse.community_id, pulse=pulse, atom=atom, item=item, text=text)
            for atom, item, text in remarks
        ),
        batch_size=BATCH,
    )


def destroy_sheets(pulse: Pulse) -> int:
    """Delete the sheets of a closed pulse; its results need only the moments."""
    deleted, _by_model = Sheet.objects.filter(pulse=pulse).delete()
    return deleted


def read_sheets(pulse: Pulse, columns: int) -> tuple[tuple[int, ...], IntArray]:
    """Return the kept sheets of a closed pulse as atoms and answers, in the order of what they say."""
    rows = sorted(
        (atom, bytes(packed)) for atom, packed in Sheet.objects.filter(pulse=pulse).values_list("atom", "answers")
    )
    answers = packing.answers_of(b"".join(packed for _atom, packed in rows)).reshape(len(rows), columns)
    return tuple(atom for atom, _packed in rows), answers


def list_comments(pulse: Pulse, atoms: Sequence[int]) -> list[Comment]:
    """Return the comments of some atoms, in the order of what they say."""
    return list(Comment.objects.filter(pulse=pulse, atom__in=atoms).order_by("item", "text", "id"))


def withhold_comment(pulse: Pulse, comment_id: uuid.UUID, withheld_by: uuid.UUID | None) -> None:
    """Mark a comment as one that nobody is shown any more."""
    Comment.objects.filter(pulse=pulse, id=comment_id).update(is_withheld=True, withheld_by=withheld_by)


def overwrite_free_pages() -> None:
    """Let nothing of deleted sheets linger in the tables' free space; outside any transaction."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f'VACUUM (FULL) "{Sheet._meta.db_table}"')
        else:  # freed pages are overwritten with zeros (secure_delete), once the log has been folded in
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
