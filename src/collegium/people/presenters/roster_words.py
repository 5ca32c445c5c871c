"""Every reason of an import's line in plain words, for pages, downloads and the command line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from collegium.base import time
from collegium.people.enums import ChangeAction, ChangeKind, Governance, Level, UnitKind
from collegium.people.rosters import NoteCode, RefusalCode, UnreadableCode, words

__all__ = ["ACTIONS", "REASONS", "field_name", "left_out", "note", "problem", "reason", "value", "values"]

ACTIONS: Mapping[str, Any] = {
    ChangeAction.ADDED: _("Added"),
    ChangeAction.CHANGED: _("Changed"),
    ChangeAction.ENDED: _("Ended"),
    ChangeAction.LEFT: _("Left alone"),
    ChangeAction.REFUSED: _("Refused"),
}
KINDS: Mapping[str, Any] = {
    ChangeKind.UNIT: _("Unit"),
    ChangeKind.PERSON: _("Person"),
    ChangeKind.POST: _("Post"),
    ChangeKind.ROW: _("Row"),
}
REASONS: Mapping[str, Any] = {
    # ended
    "not_in_file": _("No longer in the file."),
    "ended_in_file": _("The file says that it is over."),
    "unit_ends": _("The unit ends."),
    "moved": _("The file gives this post to somebody else or to another unit."),
    # added and changed
    "follows": _("Begins where an earlier post with the same id ended."),
    "taken": _("Edited here before; you chose the roster’s value."),
    # left alone
    "linked": _("Recognised; from now on known by the roster’s id."),
    "same_person": _("A second id of somebody who is already in the file."),
    "agrees": _("Edited here before, and the roster now says the same."),
    "edited": _("Edited here since the last import; the roster still says what it said then."),
    "differs": _("The roster says something else than what is here. Yours is kept unless you take the roster’s."),
    "shared": _("Others look after this person too, so this roster may not change them."),
    "not_from_here": _("It was added by hand or by another roster, so this one does not change it."),
    "not_here": _("The file says that it is over; it was never here."),
    "same_post": _("The same person holds the same post in the same unit already."),
    "scope_ends": _("The file says that the unit you import for is over. End it on its own page if that is so."),
    "holds_units": _("The file says that it is over, but other units are still in it."),
    "forgotten": _("This person asked to be forgotten, so they are not brought back."),
    "not_confirmed": _("It would have ended, but you did not confirm that."),
    # refused
    "duplicate_id": _("The id was already used further up. The first row was taken."),
    "unit_outside": _("The unit is not inside {scope}."),
    "unit_elsewhere": _("The roster’s unit has been moved out of {scope}."),
    "unit_kind_unknown": _("We do not know what kind of unit this is."),
    "unit_refused": _("Its unit was refused."),
    "unit_unknown": _("There is no unit {unit} in the file or here."),
    "unit_over": _("Its unit has ended."),
    "person_refused": _("Its person was refused."),
    "person_ended": _("The file says that its person has left."),
    "person_unknown": _("There is no person {person} in the file or here."),
    "person_elsewhere": _("This person is no longer in your community."),
    "posts_outside": _("All posts of this person are in units outside of the one you import for."),
    "email_of_other": _("The address {email} belongs to {other}, whose name is clearly another one."),
    "email_taken": _("The address {email} belongs to {other} already."),
    # after undoing
    "edited_since": _("Edited since the import, so it was left as it is."),
    "used_since": _("Something else has come to depend on it since the import, so it was left as it is."),
    "taken_since": _("Somebody else has its old address or post by now, so it was left as it is."),
}
_FIELDS: Mapping[str, Any] = {
    "name": _("name"),
    "identifier": _("identifier"),
    "kind": _("kind"),
    "parents": _("is in"),
    "given_name": _("given name"),
    "family_name": _("family name"),
    "email": _("email address"),
    "title": _("title"),
    "level": _("level"),
    "is_primary": _("main post"),
    "starts_on": _("first day"),
    "ends_on": _("until"),
}
_LABELS: Mapping[str, Mapping[Any, Any]] = {
    "level": dict(Level.choices),
    "kind": dict(UnitKind.choices),
    "governance": dict(Governance.choices),
}


class _Lenient(dict[str, Any]):
    """After an import its lines hold no data any more; a sentence must still be one."""

    def __missing__(self, key: str) -> str:
        return "…"


def reason(code: str, data: Mapping[str, Any]) -> str:
    """Say why a line is what it is; empty where there is nothing to explain."""
    if code.startswith("row."):
        return gettext(words.REFUSED[RefusalCode(code[4:])]).format_map(_Lenient(data))
    return str(REASONS[code]).format_map(_Lenient(data)) if code else ""


def note(code: str, data: Mapping[str, Any]) -> str:
    """Say what was decided while the file was read."""
    return gettext(words.NOTED[NoteCode(code)]).format_map(_Lenient(data))


def problem(code: str, data: Mapping[str, Any]) -> str:
    """Say why a file could not be read."""
    return gettext(words.UNREADABLE[UnreadableCode(code)]).format_map(_Lenient(data))


def left_out(what: str) -> str:
    """Name what is counted and never kept."""
    return gettext(words.LEFT_OUT[what])  # type: ignore[index]


def field_name(name: str) -> str:
    """Name a field."""
    return str(_FIELDS.get(name, name))


def value(name: str, said: Any) -> str:
    """Write a field's value as people read it."""
    if said in (None, ""):
        return gettext("nothing")
    if name in ("starts_on", "ends_on") and (day := time.parse_date(str(said))):
        return date_format(day, "DATE_FORMAT")
    if isinstance(said, bool):
        return gettext("yes") if said else gettext("no")
    if isinstance(said, list):
        return ", ".join(map(str, said))
    return str(_LABELS.get(name, {}).get(said, said))


def values(fields: Mapping[str, Any], skip: frozenset[str] = frozenset()) -> str:
    """Write several fields in one line."""
    shown = ((name, said) for name, said in fields.items() if name not in skip and said not in (None, "", []))
    return "; ".join(f"{field_name(name)}: {value(name, said)}" for name, said in shown)
