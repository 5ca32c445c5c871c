"""Turns a signed-in account, or the token of a program, into an actor, keeps the whole request inside that person's
community, and keeps what they saw out of the browser's store: staff-room computers are shared."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control

from collegium.base import tenancy, time
from collegium.people import reauthentication
from collegium.people.actors import Actor
from collegium.people.queries import actors
from collegium.people.queries import tokens as token_queries
from collegium.people.queries.tokens import Bearer
from collegium.people.services import tokens as token_services

PERSON_KEY = "collegium_person"
PROGRAMS_PATH = "/api/v1/"  # where programs come with a token, and no browser is known by its session


class ActorMiddleware:
    """Sets `request.actor`: the person acting, or None when nobody is signed in or the account has no community."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Find the actor and answer inside the community."""
        is_program = request.path_info.startswith(PROGRAMS_PATH)
        request.bearer = bearer = self._find_bearer(request) if is_program else None  # type: ignore[attr-defined]
        actor = (bearer.actor if bearer else None) if is_program else self._find(request)
        request.actor = actor  # type: ignore[attr-defined]
        with tenancy.community_scope(actor.community_id) if actor else nullcontext():
            response = self.get_response(request)
        if bearer or request.user.is_authenticated:
            patch_cache_control(response, private=True, no_store=True)
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Send a person who has to confirm who they are to do so."""
        if isinstance(error, reauthentication.ConfirmationNeeded):
            return reauthentication.redirect_to_confirm(request, error)
        return None

    def _find_bearer(self, request: HttpRequest) -> Bearer | None:
        scheme, _space, secret = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not secret:
            return None
        with tenancy.across_communities():
            bearer = token_queries.find_bearer(secret.strip(), time.today())
            if bearer:
                token_services.note_use(bearer.token)
            return bearer

    def _find(self, request: HttpRequest) -> Actor | None:
        if not request.user.is_authenticated:
            return None
        with tenancy.across_communities():
            persons = actors.list_persons_of_account(request.user.pk)
            chosen = request.session.get(PERSON_KEY)
            person = next((person for person in persons if str(person.id) == chosen), persons[0] if persons else None)
            return actors.get_actor(person, time.today()) if person else None
