"""Rosters against the database: plan, preview, apply, undo, export."""

from collegium.people.queries.rosters import KEPT_FOR
from collegium.people.services.rosters.exporting import export
from collegium.people.services.rosters.forgetting import forget_person
from collegium.people.services.rosters.importing import (
    apply,
    choose_columns,
    discard,
    headers_key,
    look_at,
    preview,
    remember_columns,
    request_apply,
    request_preview,
    request_undo,
    start_import,
    start_local_import,
    sweep_expired,
    undo,
)

__all__ = [
    "KEPT_FOR",
    "apply",
    "choose_columns",
    "discard",
    "export",
    "forget_person",
    "headers_key",
    "look_at",
    "preview",
    "remember_columns",
    "request_apply",
    "request_preview",
    "request_undo",
    "start_import",
    "start_local_import",
    "sweep_expired",
    "undo",
]
