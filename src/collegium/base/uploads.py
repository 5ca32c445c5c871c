"""Uploads are taken up to a size; what is larger is not kept, not even for a moment."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

MOST_BYTES = 100 * 1024 * 1024


class CappedUploadHandler(FileUploadHandler):
    """Stands before the handlers that keep files, and drops what goes beyond the size."""

    taken = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:  # noqa: ARG002 Django passes it
        """Pass on what still fits."""
        self.taken += len(raw_data)
        if self.taken > MOST_BYTES:
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> Any:
        """Leave it to the next handler to keep the file."""


def is_too_large(request: HttpRequest) -> bool:
    """Whether a request announced more than is taken, so that a file may be missing from it."""
    return int(request.headers.get("Content-Length") or 0) > MOST_BYTES
