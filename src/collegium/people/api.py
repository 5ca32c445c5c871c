"""What programs can do with people's units, and how they say whom they act as."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router, Schema
from ninja.security import HttpBearer
from ninja.throttling import SimpleRateThrottle
from pydantic import Field

from collegium.base import time
from collegium.people.actors import Actor
from collegium.people.enums import UnitKind
from collegium.people.errors import NotAllowed, TokenNeeded
from collegium.people.queries import units
from collegium.people.queries.tokens import Bearer
from collegium.people.sign_in_errors import TooManyRequests

READING = frozenset({"GET", "HEAD", "OPTIONS"})
MOST_ITEMS = 500
Day = Annotated[dt.date, Field(ge=dt.date(1600, 1, 1), le=dt.date(2999, 12, 31))]

router = Router(tags=["units"])


class ProgramRequest(HttpRequest):
    """A request of a program whose token works."""

    actor: Actor
    bearer: Bearer


class WrongTokens(SimpleRateThrottle):
    """How often somebody may come without a token that works."""

    def get_cache_key(self, request: HttpRequest) -> str:
        """Return one key for each address on the network."""
        return f"api_wrong_{self.get_ident(request)}"


class EachToken(SimpleRateThrottle):
    """How often one token may be used."""

    def get_cache_key(self, request: Any) -> str:
        """Return one key for each token."""
        return f"api_token_{request.bearer.token.id}"


class TokenAuth(HttpBearer):
    """Lets in whom the middleware found by their token; a session is never asked."""

    wrong = WrongTokens("60/m")

    def __call__(self, request: Any) -> Bearer:
        """Return the bearer; raise where there is none, or where the token may not do this."""
        return self.authenticate(request, "")

    def authenticate(self, request: Any, token: str) -> Bearer:  # noqa: ARG002 the middleware has read it
        """Do the same: the name that ninja asks for."""
        bearer: Bearer | None = request.bearer
        if bearer is None:
            raise TokenNeeded if self.wrong.allow_request(request) else TooManyRequests
        if not bearer.can_write and request.method not in READING:
            raise NotAllowed("token_read_only")
        return bearer


class UnitItem(Schema):
    """A unit: a team, school, district or trust, alliance or state."""

    slug: str = Field(description="Its name in addresses, also of this interface.")
    name: str
    kind: UnitKind
    identifier: str = Field(description="What the authorities call it; may be empty.")
    within: list[str] = Field(description="The slugs of the units that contain it themselves.")


class UnitList(Schema):
    """Units, and how many there are in all."""

    count: int
    items: list[UnitItem]


class Part(Schema):
    """Which part of a long list is asked for."""

    limit: int = Field(100, ge=1, le=MOST_ITEMS)
    offset: int = Field(0, ge=0)


@router.get("/units", response=UnitList, url_name="units", summary="List the units you may see")
def list_units(
    request: ProgramRequest, part: Query[Part], kind: UnitKind | None = None, as_of: Day | None = None
) -> dict[str, Any]:
    """The widest kinds first, then by name; `as_of` looks back to a day."""
    day = as_of or time.today()
    found = units.list_units_for(request.actor, day, kind=kind or "")
    rows = list(found[part.offset : part.offset + part.limit])
    parents = units.list_parents([row.id for row in rows], day)
    return {
        "count": found.count(),
        "items": [
            {
                "slug": row.slug,
                "name": row.name,
                "kind": row.kind,
                "identifier": row.identifier,
                "within": [upper.slug for upper in parents.get(row.id, ())],
            }
            for row in rows
        ],
    }
