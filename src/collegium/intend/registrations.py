"""What this room puts into the registries of `base`."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from collegium.base import errors, events
from collegium.intend import values_errors
from collegium.intend.errors import WORDINGS
from collegium.intend.queries import mindscapes as mindscape_queries
from collegium.intend.queries import values as values_queries
from collegium.intend.services import mindscapes as mindscape_services
from collegium.intend.services import paths as path_services
from collegium.people import erasure
from collegium.people.queries import own_data


def register_all() -> None:
    """Register the room's navigation, panels, indicators and words."""
    errors.register_wordings(WORDINGS)
    _register_values()


def _register_values() -> None:
    errors.register_wordings(values_errors.WORDINGS)
    events.register_phrases(values_errors.PHRASES)
    events.register_kinds(values_errors.KINDS)
    erasure.register(
        mindscape_services.forget_person,
        consequence=_(
            "What you wrote of your values is deleted, shared or not, and your name is taken off statements."
        ),
    )
    erasure.register(path_services.forget_person)
    own_data.register("values", mindscape_queries.dump)
    own_data.register("values_signed", values_queries.dump_signatures)
