"""What the views of this room share."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse

from collegium.enquire.queries import enquiries
from collegium.enquire.queries.enquiries import FoundEnquiry
from collegium.people.actors import Actor
from collegium.people.views.frame import ActorRequest, View, signed_in

Load = Callable[[Actor, uuid.UUID], FoundEnquiry]


class EnquiryRequest(ActorRequest):
    """A request about an enquiry that was found for whoever asks."""

    found: FoundEnquiry


def of_enquiry(load: Load = enquiries.get_enquiry_for) -> Callable[[View], View]:
    """Find the enquiry of the address, and tell the shell its unit; the view reads `request.found`."""

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapped(request: Any, enquiry_id: uuid.UUID, *args: Any, **kwargs: Any) -> HttpResponse:
            request.found = load(request.actor, enquiry_id)
            request.place = request.found.place
            return view(request, *args, **kwargs)

        return signed_in(wrapped)

    return decorate
