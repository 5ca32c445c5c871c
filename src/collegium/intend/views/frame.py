"""What the views of this room share."""

from __future__ import annotations

import uuid
from functools import wraps
from typing import Any

from django.http import HttpResponse

from collegium.intend.queries import promises
from collegium.intend.queries.promises import Found
from collegium.people.views.frame import PlaceRequest, View, signed_in


class PromiseRequest(PlaceRequest):
    """A request about a promise that was found for the actor."""

    found: Found


def of_promise(view: View) -> View:
    """Find the promise of the address for the actor, and tell the shell the unit that it belongs to."""

    @wraps(view)
    def wrapped(request: Any, promise_id: uuid.UUID, *args: Any, **kwargs: Any) -> HttpResponse:
        request.found = promises.get_promise_for(request.actor, promise_id)
        request.place = request.found.place
        return view(request, *args, **kwargs)

    return signed_in(wrapped)
