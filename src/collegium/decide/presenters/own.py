"""What waits for somebody to decide, on their own page; and what this room knows of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from collegium.base.own_part import Section
from collegium.base.panels import PanelContent, Sentence
from collegium.decide.presenters.frame import address_of
from collegium.decide.queries import outcomes, own, polls
from collegium.people.actors import Actor
from collegium.people.presenters.persons import KnownFact


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Something that waits for the reader: `kind` is vote, outcome or review."""

    kind: str
    title: str
    unit_name: str
    closes_at: dt.datetime | None
    is_secret: bool
    url: str


WAITS_FOR = {
    "vote": gettext_lazy("Your vote"),
    "outcome": gettext_lazy("Decided"),
    "review": gettext_lazy("To be looked at again"),
}


def build_waiting(actor: Actor) -> PanelContent | None:
    """Say what waits for one's vote, what was decided that one has not said one knows, and what is to be reviewed."""
    rows = [
        *(
            Waiting(
                kind="vote",
                title=poll.question,
                unit_name=poll.matter.unit.name,
                closes_at=poll.closes_at,
                is_secret=poll.is_secret,
                url=reverse("decide:poll", args=[poll.id]),
            )
            for poll in polls.list_waiting(actor)
        ),
        *(
            Waiting(
                kind="outcome",
                title=told.outcome.matter.question,
                unit_name=told.outcome.matter.unit.name,
                closes_at=None,
                is_secret=False,
                url=address_of(told.outcome.matter),
            )
            for told in outcomes.list_waiting(actor)
        ),
        *(
            Waiting(
                kind="review",
                title=matter.question,
                unit_name=matter.unit.name,
                closes_at=None,
                is_secret=False,
                url=address_of(matter),
            )
            for matter in outcomes.list_to_review(actor)
        ),
    ]
    said = tuple(Sentence(f"{WAITS_FOR[row.kind]}: {row.title}", row.url) for row in rows)
    return PanelContent("decide/panels/waiting.html", {"rows": rows}, sentences=said) if rows else None


SECTIONS = (Section("decide.waiting", gettext_lazy("Waiting for you to decide"), 8, build_waiting),)


def list_known(actor: Actor) -> tuple[KnownFact, ...]:
    """Say what this room knows of one, for the page about one's own data."""
    proposals, ballots = own.count_own(actor)
    values = (
        ngettext("%(n)s wording of a proposal", "%(n)s wordings of proposals", proposals) % {"n": proposals},
        ngettext("%(n)s open ballot", "%(n)s open ballots", ballots) % {"n": ballots},
    )
    return (
        KnownFact(
            term=_("What you proposed, and voted openly"),
            values=values if proposals or ballots else (),
            seen_by=_("Whoever may read the matter. Of a secret ballot it is known that you cast one, and never which"),
            source=_("You"),
            change_url="",
        ),
    )
