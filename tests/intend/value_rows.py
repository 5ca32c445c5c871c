"""A row in every table of values and of ways to begin, for tests that ask who can reach them."""

from __future__ import annotations

from collegium.base import time
from collegium.intend.models import (
    Circle,
    Echo,
    Mindscape,
    Revisit,
    Signature,
    Text,
    TextVersion,
    TrustPath,
    TrustStep,
    ValuesStatement,
    Vision,
)
from collegium.people.models import Person, Unit


def fill(unit: Unit, person: Person, *, writer: Person | None = None) -> dict[str, object]:
    """Let a person share a statement with the unit, word and sign its values; put the unit on a path.

    Returns the ids of the addresses; `writer` is who wrote the private statement among them.
    """
    owner = {"community": unit.community}
    circle, _ = Circle.objects.get_or_create(**owner, unit=unit)
    shared = Mindscape.objects.create(
        **owner, writer=person, side="heart", body="Whimbrels sing.", circle=circle, shared_on=time.today()
    )
    private = Mindscape.objects.create(**owner, writer=writer or person, side="hand", body="Siskins listen.")
    Echo.objects.create(**owner, mindscape=shared, person=person)
    text = Text.objects.create(**owner, parts={"body": "Whimbrels are heard."})
    version = TextVersion.objects.create(**owner, text=text, number=1, parts=text.parts)
    ValuesStatement.objects.create(**owner, circle=circle, text=text)
    Signature.objects.create(**owner, version=version, person=person)
    vision = Vision.objects.create(
        **owner,
        unit=unit,
        title="Whimbrels fly",
        text=Text.objects.create(**owner, parts={"body": "Whimbrels fly."}),
        standing="published",
        published_at=time.now(),
    )
    path = TrustPath.objects.create(**owner, unit=unit, path="trust", suggested="unknown")
    done = {"due_on": time.today(), "done_on": time.today(), "learned": "Whimbrels."}
    step = TrustStep.objects.create(**owner, path=path, place=1, kind="revisit", owner=person, **done)
    Revisit.objects.create(**owner, step=step, text=vision.text, from_version=1, learned="Whimbrels.")
    return {
        "circle_id": circle.id,
        "mindscape_id": private.id,
        "shared_id": shared.id,
        "step_id": step.id,
        "text_id": vision.text_id,
    }
