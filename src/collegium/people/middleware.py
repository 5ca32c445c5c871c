"""Turns a signed-in account into an actor, and keeps the whole request inside that person's community."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from collegium.base import tenancy, time
from collegium.people.actors import Actor
from collegium.people.queries import actors

PERSON_KEY = "collegium_person"


class ActorMiddleware:
    """Sets `request.actor`: the person acting, or None when nobody is signed in or the account has no community."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Find the actor and answer inside the community."""
        request.actor = actor = self._find(request)  # type: ignore[attr-defined]
        if actor is None:
            return self.get_response(request)
        with tenancy.community_scope(actor.community_id):
            return self.get_response(request)

    def _find(self, request: HttpRequest) -> Actor | None:
        if not request.user.is_authenticated:
            return None
        with tenancy.across_communities():
            persons = actors.list_persons_of_account(request.user.pk)
            chosen = request.session.get(PERSON_KEY)
            person = next((person for person in persons if str(person.id) == chosen), persons[0] if persons else None)
            return actors.get_actor(person, time.today()) if person else None
