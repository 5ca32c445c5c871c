"""Links in a mail that end mails of its kind with one click (RFC 8058): signed, and good without signing in."""

from __future__ import annotations

import uuid

from django.core import signing

from collegium.people.errors import NotFound
from collegium.people.models import Person

MAIL_PROGRAM = "List-Unsubscribe=One-Click"


def write_token(person: Person, salt: str) -> str:
    """Return what the address of a link ends in; `salt` names what it ends, so that no link ends anything else."""
    return signing.dumps([person.community_id.hex, person.id.hex], salt=salt)


def read_token(token: str, salt: str) -> tuple[uuid.UUID, uuid.UUID]:
    """Return the community and the person that a link was written for; NotFound for any other text."""
    try:
        community, person = (uuid.UUID(each) for each in signing.loads(token, salt=salt))
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise NotFound from error
    return community, person


def headers(address: str) -> dict[str, str]:
    """Return the headers by which a mail program offers the link."""
    return {"List-Unsubscribe": f"<{address}>", "List-Unsubscribe-Post": MAIL_PROGRAM}
