"""What this room knows of a reader, in words, for the page about their own data, and what it has on "My part"."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collegium.base.own_part import Section
from collegium.base.panels import PanelContent, Sentence
from collegium.guide.queries import digests, own, reviews
from collegium.people.actors import Actor
from collegium.people.presenters.persons import KnownFact


def build_known(actor: Actor) -> tuple[KnownFact, ...]:
    """Say which suggestions the reader answered, and how often they get the digest."""
    rows = own.list_own_answers(actor.person_id)
    return (
        KnownFact(
            term=_("Suggestions of the guide that you answered"),
            values=tuple(_("%(move)s (%(unit)s)") % {"move": _(row.title), "unit": row.unit.name} for row in rows),
            seen_by=_("Whoever reads the trail of the unit; the guide shows the answer without your name"),
            source=_("You"),
        ),
        KnownFact(
            term=_("Your digest by email"),
            values=(str(digests.get_often(actor.person_id).label),),
            seen_by=_("Only you"),
            source=_("You, or what is usual"),
            change_url=reverse("guide:my_digest"),
        ),
        KnownFact(
            term=_("Reviews that asked you"),
            values=tuple(
                _("%(review)s (%(unit)s)") % {"review": seat.review.file.title, "unit": seat.review.unit.name}
                for seat in own.list_own_reviews(actor.person_id)
            ),
            seen_by=_("Nobody, but as a number. Of your judgement it is known that you gave one, and never which"),
            source=_("Whoever opened the review"),
        ),
    )


def build_digest(actor: Actor) -> PanelContent:
    """Say how often the digest comes, and where to read it."""
    often = digests.get_often(actor.person_id).label
    return PanelContent("guide/panels/own_digest.html", {"often": often, "url": reverse("guide:my_digest")})


def build_waiting(actor: Actor) -> PanelContent | None:
    """Say which reviews wait for one's judgement."""
    rows = [
        {
            "title": review.file.title,
            "unit_name": review.unit.name,
            "closes_at": review.closes_at,
            "url": reverse("guide:review_judge", args=[review.id]),
        }
        for review in reviews.list_waiting(actor)
    ]
    said = tuple(Sentence(f"{row['title']} ({row['unit_name']})", str(row["url"])) for row in rows)
    return PanelContent("guide/panels/waiting.html", {"rows": rows}, sentences=said) if rows else None


SECTIONS = (
    Section("guide.waiting", gettext_lazy("A review asks you"), 9, build_waiting),
    Section("guide.digest", gettext_lazy("Your digest"), 90, build_digest),
)
