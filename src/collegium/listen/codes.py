"""Personal links and codes on slips: made from the site's key, so that nothing secret lies in the database."""

from __future__ import annotations

import hashlib
import hmac
import uuid
from base64 import urlsafe_b64decode, urlsafe_b64encode

from django.utils.crypto import salted_hmac

# Letters and digits that nobody mistakes for one another on paper.
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
CODE_LENGTH = 10
_TAG = 16


def _mac(purpose: str, value: bytes) -> bytes:
    return salted_hmac(f"collegium.listen.{purpose}", value, algorithm="sha256").digest()


def link_token(invitation_id: uuid.UUID) -> str:
    """Return what stands in the personal link of somebody who is asked."""
    return urlsafe_b64encode(invitation_id.bytes + _mac("link", invitation_id.bytes)[:_TAG]).decode().rstrip("=")


def read_link_token(token: str) -> uuid.UUID | None:
    """Return whose link it is, or None for one that is not ours."""
    try:
        raw = urlsafe_b64decode(token.encode("ascii") + b"=" * (-len(token) % 4))
    except ValueError:
        return None
    if len(raw) != 16 + _TAG or not hmac.compare_digest(raw[16:], _mac("link", raw[:16])[:_TAG]):
        return None
    return uuid.UUID(bytes=raw[:16])


def slip_code(slip_id: uuid.UUID) -> str:
    """Return the code on a slip, without spaces."""
    number = int.from_bytes(_mac("slip", slip_id.bytes), "big")
    letters = []
    for _place in range(CODE_LENGTH):
        number, letter = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[letter])
    return "".join(letters)


def hash_code(code: str) -> str:
    """Return how a code is known in the database; spaces, dashes and small letters make no difference."""
    plain = "".join(letter for letter in code.upper() if letter.isalnum())
    return hashlib.sha256(_mac("code", plain.encode())).hexdigest()
