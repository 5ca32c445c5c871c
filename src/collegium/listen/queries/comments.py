"""Open answers, on the page of the unit that they came from and nowhere else."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils.crypto import salted_hmac

from collegium.base import time
from collegium.listen.answers import reading
from collegium.listen.models import Cell, Invitation, Publication
from collegium.listen.queries import waves
from collegium.listen.queries.results import Result
from collegium.people.models import Person, Post, UnitRole
from collegium.people.queries import structure
from collegium.science.disclosure.comments import Comment, CommentsOfView, release_comments

HERE = "here"


@dataclass(frozen=True, slots=True, kw_only=True)
class Remarks:
    """What was written in answer to one open question. `released` is None where too few answered here to show any."""

    item: str
    released: CommentsOfView | None


def list_remarks(result: Result) -> list[Remarks]:
    """Return the open answers of a result, question by question; none where this is not the page they belong to."""
    questions = [item.key for item in result.instrument.text_items]
    if result.published is None or result.published.n is None or result.view is None or result.level or not questions:
        return []
    own = set(Cell.objects.filter(pulse=result.pulse, mixed_in=result.place.unit_id).values_list("number", flat=True))
    own &= set(result.view.cells)
    if not own:
        return []
    atoms, sheets = _atoms_of(result, own)
    held = reading.list_comments(result.pulse, atoms)
    names = _names(result, own) if held else ()
    return [
        Remarks(
            item=key,
            released=release_comments(
                [Comment(key=str(each.id), atom=HERE, text=each.text) for each in held if each.item == key],
                {HERE: sheets},
                {HERE: [HERE]},
                seed=_seed(result),
                names=names,
                withheld=[str(each.id) for each in held if each.item == key and each.is_withheld],
            ).views.get(HERE),
        )
        for key in questions
    ]


def _atoms_of(result: Result, own: set[int]) -> tuple[Sequence[int], int]:
    """Return the atoms whose comments belong here, and how many sheets were handed in there."""
    if result.published is None or result.view is None:
        return (), 0
    if own == set(result.view.cells):
        return result.published.atoms, result.published.n or 0
    # A district's own staff beside its schools: of the view, only their atoms.
    held = Publication.objects.filter(pulse=result.pulse).values_list("atoms", flat=True).get()
    atoms = [place for place in result.published.atoms if own.issuperset(held[place])]
    sheets = waves.load_survey(result.pulse, {}).moments.sheets
    return atoms, int(sheets[atoms].sum()) if atoms else 0


def _names(result: Result, own: set[int]) -> list[str]:
    """Return the names of everybody a comment is likely to name: those who were asked, work there or look after it."""
    asked = Invitation.objects.filter(pulse=result.pulse, cell__number__in=own).values("person_id")
    inside = structure.inside(result.place.unit_id, time.today())
    working = Post.objects.filter(unit_id__in=inside).values("person_id")
    looking_after = UnitRole.objects.filter(unit_id=result.place.unit_id).values("person_id")
    people = Person.objects.filter(Q(id__in=asked) | Q(id__in=working) | Q(id__in=looking_after))
    return [f"{given} {family}" for given, family in people.values_list("given_name", "family_name")]


def _seed(result: Result) -> int:
    # Whoever knew it could put the comments back into the order that they lie in.
    return int.from_bytes(salted_hmac("listen.comments", str(result.pulse.id)).digest()[:8], "big")


def find_shown(result: Result, comment_id: uuid.UUID) -> str | None:
    """Return the text of a comment as it is shown with a result; None where it is not shown there."""
    for remarks in list_remarks(result):
        for comment in remarks.released.comments if remarks.released else ():
            if comment.key == str(comment_id):
                return comment.text
    return None
