"""A row in every table of the line, for tests that ask who can reach them."""

from __future__ import annotations

import datetime as dt

from collegium.base import time
from collegium.intend.enums import Standing
from collegium.intend.models import (
    Challenge,
    ChallengeAsk,
    ChangeCheck,
    Citation,
    Conversation,
    Dissent,
    Intent,
    IntentLink,
    LineImport,
    Point,
    PointServes,
    SignOn,
    Text,
    TextVersion,
    Vision,
)
from collegium.people.models import Person, Unit


def fill(unit: Unit, person: Person) -> dict[str, object]:
    """Put a published line of the unit into the database; return the ids of its addresses."""
    owner = {"community": unit.community}
    now, today = time.now(), time.today()

    def standing(title: str, **parts: str) -> dict[str, object]:
        text = Text.objects.create(**owner, parts=parts)
        TextVersion.objects.create(**owner, text=text, number=1, parts=parts, written_by=person)
        return {"unit": unit, "title": title, "text": text, "standing": Standing.PUBLISHED, "published_at": now}

    vision = Vision.objects.create(**owner, **standing("A school of readers", body="Everybody reads."))
    intent, above = (
        Intent.objects.create(**owner, **standing(title, direction="Reading"), vision=vision)
        for title in ("Read together", "Read everywhere")
    )
    link = IntentLink.objects.create(**owner, lower=intent, upper=above, kind="serves")
    conversation = Conversation.objects.create(
        **owner, unit=unit, held_on=today, who="Year 7", format="team", outcome="We begin with one hour."
    )
    dissent = Dissent.objects.create(**owner, intent=intent, unit=unit, person=person, body="It comes too soon.")
    challenge = Challenge.objects.create(
        **owner,
        **standing("Every pupil reads", what="They read.", how_known="We hear them."),
        intent=intent,
        starts_on=today,
        by_on=today + dt.timedelta(days=90),
        owner=person,
    )
    ChallengeAsk.objects.create(**owner, challenge=challenge, unit=unit)
    citation = Citation.objects.create(
        **owner, challenge=challenge, kind="indicator", key="people.staff", unit=unit, value=4.0
    )
    ChangeCheck.objects.create(
        **owner,
        challenge=challenge,
        not_isolated="yes",
        fits_priorities="yes",
        clear_why="yes",
        clear_what="yes",
        believed="partly",
    )
    SignOn.objects.create(**owner, challenge=challenge, person=person)
    return {
        **_fill_points(unit, challenge),
        "vision_id": vision.id,
        "intent_id": intent.id,
        "link_id": link.id,
        "conversation_id": conversation.id,
        "dissent_id": dissent.id,
        "challenge_id": challenge.id,
        "citation_id": citation.id,
        "form": "csv",
        "thing_kind": "intents",
        "thing_id": intent.id,
    }


def _fill_points(unit: Unit, challenge: Challenge) -> dict[str, object]:
    owner = {"community": unit.community}
    plan = LineImport.objects.create(
        **owner,
        unit=unit,
        file_name="plan.csv",
        headers=["kind", "title"],
        rows=[[2, ["goal", "Read"]]],
        columns={"kind": "kind", "title": "title"},
    )
    point = Point.objects.create(**owner, unit=unit, kind="goal", title="A reading hour")
    PointServes.objects.create(**owner, lower=point, challenge=challenge)
    return {"point_id": point.id, "plan_id": plan.id}
