"""The board as an Atom feed: an entry for each promise, whose time is when what it says last changed."""

from __future__ import annotations

import datetime as dt

from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from collegium.base import time
from collegium.intend.presenters import promise_words as words
from collegium.intend.presenters.public_board import PublicBoardPage, PublicPromise


def write_atom(page: PublicBoardPage) -> str:
    """Return the feed."""
    feed = Atom1Feed(
        title=page.title,
        link=page.url,
        description=page.intro or page.title,
        language=get_language() or "en",
        feed_url=page.feed_url,
        feed_guid=page.url,
        author_name=page.unit_name,
    )
    for promise in page.promises:
        feed.add_item(
            title=words.write_line(promise.words),
            link=f"{page.url}#{promise.id}",
            description=_describe(promise),
            unique_id=f"urn:uuid:{promise.id}",
            pubdate=time.start_of(promise.since),
            updateddate=_updated(page, promise),
        )
    return str(feed.writeString("utf-8"))


def _describe(promise: PublicPromise) -> str:
    said = [f"{promise.who}: {promise.words}", f"{promise.state_words} ({words.write_day(promise.since)})"]
    if promise.next_step:
        said.append(_("Next: %(step)s") % {"step": promise.next_step})
    return "\n".join(said)


def _updated(page: PublicBoardPage, promise: PublicPromise) -> dt.datetime:
    return max(time.start_of(promise.since), page.changed_at if promise.next_step else time.start_of(promise.since))
