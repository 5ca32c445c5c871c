"""What conversations show on pages about oneself."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from collegium.base.own_part import Section
from collegium.base.panels import PanelContent, Sentence
from collegium.people.actors import Actor
from collegium.people.presenters.persons import KnownFact
from collegium.talk.presenters.threads import name_of
from collegium.talk.queries import own

EXCERPT = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class MentionRow:
    """Where one is mentioned."""

    author: str
    title: str
    excerpt: str
    written_at: dt.datetime
    url: str
    seen_url: str


def build_mentions(actor: Actor) -> PanelContent | None:
    """Say where one is mentioned and has not looked yet; nothing where one is not."""
    rows = tuple(
        MentionRow(
            author=name_of(each.mention.comment),
            title=each.subject.title,
            excerpt=Truncator(" ".join(each.mention.comment.text.split())).chars(EXCERPT),
            written_at=each.mention.comment.written_at,
            url=reverse("talk:comment", args=[each.mention.comment_id]),
            seen_url=reverse("talk:mention_seen", args=[each.mention.id]),
        )
        for each in own.list_mentions(actor)
    )
    said = tuple(Sentence(f"{row.author}: {row.title}", row.url) for row in rows)
    return PanelContent("talk/panels/mentions.html", {"rows": rows}, sentences=said) if rows else None


SECTIONS = (Section("talk.mentions", gettext_lazy("Where you are mentioned"), 12, build_mentions),)


def list_known(actor: Actor) -> tuple[KnownFact, ...]:
    """Say what this room knows of one, for the page about one's own data."""
    number = own.count_comments(actor)
    return (
        KnownFact(
            term=_("What you wrote in conversations"),
            values=(ngettext("%(n)s comment", "%(n)s comments", number) % {"n": number},) if number else (),
            seen_by=_("Whoever may read what it is about"),
            source=_("You"),
            change_url="",
        ),
    )
