"""Invitations and reminders by mail. Who was reminded is seen by nobody and kept nowhere."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from collegium.base import jobs, time
from collegium.base.jobs import Report
from collegium.base.letters import send_letters
from collegium.listen import codes
from collegium.listen.enums import PulseState, WayIn
from collegium.listen.languages import speaking
from collegium.listen.models import Invitation, Pulse
from collegium.listen.queries import invitations, versions

INVITE_JOB = "listen.invite"
REMIND_JOB = "listen.remind"


def invite_later(pulse: Pulse) -> None:
    """Send the invitations of an open pulse once its opening time has come."""
    if pulse.state == PulseState.OPEN and pulse.invited_at is None and pulse.opens_at <= time.now():
        jobs.enqueue(INVITE_JOB, community_id=pulse.community_id, started_by=None, pulse_id=str(pulse.id))


def invite(*, report: Report, pulse_id: str) -> dict[str, int]:
    """Send the invitations; run twice, the second finds them sent."""
    with transaction.atomic():
        pulse = _locked(pulse_id)
        if pulse is None or pulse.invited_at is not None:
            return {"sent": 0}
        pulse.invited_at = time.now()
        pulse.save(update_fields=["invited_at"])
    asked = Invitation.objects.filter(pulse=pulse, way=WayIn.LINK, person__erased_at__isnull=True)
    asked = asked.exclude(person__email="").select_related("person")
    return {"sent": _send(pulse, asked, "listen/email/invitation", report)}


def remind(*, report: Report, pulse_id: str, number: int) -> dict[str, int]:
    """Send one of the reminders to those who have not answered; run twice, the second finds it sent."""
    with transaction.atomic():
        pulse = _locked(pulse_id)
        if pulse is None or pulse.reminders_sent >= number or pulse.closes_at <= time.now():
            return {"sent": 0}
        pulse.reminders_sent = number
        pulse.save(update_fields=["reminders_sent"])
    sent = _send(pulse, invitations.list_unanswered(pulse), "listen/email/reminder", _say_nothing)
    # How many were left would be a rate without steps: neither the result nor the progress on the way says it.
    report(1, 1, "")
    return {"sent": 1 if sent else 0}


def _say_nothing(_done: int, _total: int, _step: str) -> None:
    """Report to nobody."""


def _locked(pulse_id: str) -> Pulse | None:
    pulses = Pulse.objects.select_for_update(of=("self",)).select_related("unit", "instrument", "community")
    return pulses.filter(id=pulse_id, state=PulseState.OPEN).first()


def _send(pulse: Pulse, asked: Iterable[Invitation], template: str, report: Report) -> int:
    everybody = list(asked)
    with speaking(pulse.language):
        same = {"pulse": pulse, "minutes": versions.read(pulse.instrument).minutes}
        letters = ((each.person.email, {**same, "person": each.person, "link": _link(each)}) for each in everybody)
        return send_letters(template, letters, total=len(everybody), report=report)


def _link(invitation: Invitation) -> str:
    return settings.BASE_URL + reverse("listen:answer_by_link", args=[codes.link_token(invitation.id)])
