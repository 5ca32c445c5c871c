"""Promises on "My part": what I am asked, what I promised and to whom, and where each leads."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from collegium.base import time
from collegium.base.indicators import look_up
from collegium.base.own_part import Section
from collegium.base.panels import PanelContent, Sentence
from collegium.intend.models import Commitment
from collegium.intend.presenters import promise_words as words
from collegium.intend.promise_enums import Going, PromiseState
from collegium.intend.queries import boards, own_promises, promises
from collegium.intend.queries.carriers import Carriers, list_carriers
from collegium.people.actors import Actor
from collegium.people.presenters.persons import KnownFact

CHECK_IN_AFTER = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPromise:
    """A promise that the reader carries."""

    what: str
    url: str
    who: str
    whom: str
    due_on: dt.date
    state: str
    state_words: str
    leads_to: str
    asks_for_owner: bool
    check_in_url: str
    checked_on: dt.date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnAsked:
    """Something about a promise that the reader is asked."""

    title: str
    what: str
    until: dt.datetime | None
    action: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnOnBoard:
    """Where a promise of the reader's own stands in public, and whether their name does."""

    words: str
    board: str
    name_allowed: bool
    url: str


def _list_own(actor: Actor) -> tuple[list[Commitment], dict[uuid.UUID, Carriers]]:
    """Return the open promises of the reader with who carries each; both sections of a page read them."""

    def read() -> tuple[list[Commitment], dict[uuid.UUID, Carriers]]:
        own = promises.list_own(actor)
        return own, list_carriers(own)

    return look_up(("own promises", actor.person_id), read)


def build_asked(actor: Actor) -> PanelContent | None:
    """Say what the reader is asked about promises; nothing where that is nothing."""
    rows = [
        OwnAsked(
            title=_("%(who)s promised, to you among others") % {"who": words.write_who(each.round.commitment)},
            what=words.write_line(each.round.commitment.what),
            until=each.round.closes_at,
            action=_("Say whether it was kept"),
            url=reverse("intend:promise_confirm", args=[each.round.commitment_id]),
        )
        for each in promises.list_asked(actor)
    ]
    own, carriers = _list_own(actor)
    for promise in own:
        rows += _asked_of_carrier(actor, promise, carriers[promise.id])
    said = tuple(Sentence(f"{row.title}: {row.what}", row.url) for row in rows)
    return PanelContent("intend/panels/asked.html", {"rows": rows}, sentences=said) if rows else None


def _asked_of_carrier(actor: Actor, promise: Commitment, carriers: Carriers) -> list[OwnAsked]:
    if promise.state == PromiseState.PROPOSED and actor.person_id in carriers.owner_ids:
        title, action, name = _("A promise is proposed to you"), _("Make it"), "promise_make"
    elif carriers.asks_for_owner and carriers.second is not None:
        title, action, name = _("A promise you could carry on asks for a new owner"), _("Look at it"), "promise"
    else:
        return []
    url = reverse(f"intend:{name}", args=[promise.id])
    return [OwnAsked(title=title, what=words.write_line(promise.what), until=None, action=action, url=url)]


def build_promises(actor: Actor) -> PanelContent | None:
    """Say what the reader promised and to whom, how it stands, and where it leads."""
    own, carriers = _list_own(actor)
    entries = boards.list_own_entries(actor)
    if not own and not entries:
        return None
    today = time.today()
    rows = [_own(actor, row, carriers[row.id], today) for row in own]
    due = [row for row in rows if row.check_in_url]
    return PanelContent(
        "intend/panels/promises.html",
        {
            "rows": rows,
            "goings": [(going.value, capfirst(str(going.label))) for going in Going],
            "on_board": [
                OwnOnBoard(
                    words=words.write_line(entry.words),
                    board=entry.board.title,
                    name_allowed=entry.name_allowed,
                    url=reverse("intend:my_board_name", args=[entry.id]),
                )
                for entry in entries
            ],
            "settings_url": reverse("intend:my_reminders"),
        },
        sentences=tuple(Sentence(_("How does it go? %(what)s") % {"what": row.what}, row.check_in_url) for row in due),
    )


def _own(actor: Actor, row: Commitment, carriers: Carriers, today: dt.date) -> OwnPromise:
    is_mine = actor.person_id in carriers.ids
    last = row.checked_on or row.made_on or today
    is_due = row.state == PromiseState.MADE and (today - last >= CHECK_IN_AFTER or row.due_on < today)
    is_alone = row.by_person_id == actor.person_id
    return OwnPromise(
        what=words.write_line(row.what),
        url=reverse("intend:promise", args=[row.id]),
        who="" if is_alone else words.write_who(row),
        whom=words.write_whom(row),
        due_on=row.due_on,
        state=words.state_key(row, today),
        state_words=words.write_state(row, today),
        leads_to=_leads_to(row),
        asks_for_owner=carriers.asks_for_owner,
        check_in_url=reverse("intend:promise_check_in", args=[row.id]) if is_mine and is_due else "",
        checked_on=row.checked_on,
    )


def _leads_to(row: Commitment) -> str:
    """What a promise serves, and what that leads to as far as it is known without asking further."""
    way = [row.goal, row.challenge, row.challenge.intent if row.challenge else None]
    return " → ".join(each.title for each in way if each is not None)


SECTIONS = (
    Section("intend.asked", gettext_lazy("Promises that ask you"), 12, build_asked),
    Section("intend.promises", gettext_lazy("What you promised"), 14, build_promises),
)


def list_known(actor: Actor) -> tuple[KnownFact, ...]:
    """Say what is known of the reader about promises, for the page about their own data."""
    held, weeks = own_promises.get_held(actor.person_id), own_promises.get_weeks_between(actor.person_id)
    feed = own_promises.find_feed(actor)
    url = reverse("intend:my_reminders")
    own = [row for row in held.promises if row.by_person_id == actor.person_id]
    counted = (
        ngettext("%(n)s check-in", "%(n)s check-ins", held.check_ins) % {"n": held.check_ins},
        ngettext("%(n)s note or reason", "%(n)s notes or reasons", held.notes) % {"n": held.notes},
    )
    seen_by = _("Those of the unit, and those it was made to")
    made = _("since %(day)s") % {"day": date_format(feed.made_at)} if feed else ""
    facts = (
        (_("What you promised"), tuple(words.write_line(row.what) for row in own), seen_by, ""),
        (_("What you said of promises"), counted if held.check_ins or held.notes else (), seen_by, ""),
        (_("What you said of a promise with your name"), tuple(row.said for row in held.named), seen_by, ""),
        (_("Your roles in groups"), tuple(row.role.title for row in held.roles), _("Those who see the group"), ""),
        (_("A secret address for your calendar"), (made,) if made else (), _("Only you"), url),
        (
            _("Reminders of your promises by mail"),
            (ngettext("every week at most", "every %(n)s weeks at most", weeks) % {"n": weeks},) if weeks else (),
            _("Only you"),
            url,
        ),
    )
    return tuple(
        KnownFact(term=term, values=values, seen_by=seen, source=_("You, on the pages of promises"), change_url=change)
        for term, values, seen, change in facts
        if values
    )
