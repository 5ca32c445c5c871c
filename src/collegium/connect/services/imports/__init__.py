"""Ties from files: preview, apply, take back."""

from collegium.connect.services.imports.importing import (
    apply,
    discard,
    preview,
    request_apply,
    request_preview,
    start_import,
    sweep_expired,
    take_back,
)

__all__ = [
    "apply",
    "discard",
    "preview",
    "request_apply",
    "request_preview",
    "start_import",
    "sweep_expired",
    "take_back",
]
