"""Two hundred people vote in the same second and the server is killed: no confirmed ballot is lost or doubled."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.running import ROOT, environment, lay_tables

pytestmark = pytest.mark.slow

PEOPLE, THREADS, KILL_AFTER = 200, 8, 40

HEAD = """
import datetime as dt, json, sys, threading
import django
django.setup()
from collegium.base import tenancy
from collegium.decide.ballots import boxes
from collegium.decide.enums import Method
from collegium.decide.models import OpenBallot, Poll, Voter
from collegium.decide.models.ballots import Box
from collegium.decide.services import polls, voting
from collegium.people.models import Person
from collegium.people.queries import actors
from collegium.base import time
"""
OPEN = f"""
from collegium.cli import preparation
preparation.bring_database_up_to_date()
with tenancy.across_communities():
    from tests.decide import worlds
    world = worlds.build({PEOPLE})
    for secret in (False, True):
        polls.open_poll(
            **world.by(world.ada), matter=world.matter,
            opening=polls.Opening(
                method=Method.APPROVAL, question="Q?", closes_at=time.now() + dt.timedelta(days=1), is_secret=secret,
                options=[("a", None), ("b", None)],
            ),
        )
"""
VOTE = f"""
waiting = []
with tenancy.across_communities():
    today = time.today()
    for poll in Poll.objects.all():
        for voter in Voter.objects.filter(poll=poll).select_related("person"):
            waiting.append((poll, voter.person, actors.get_actor(voter.person, today)))
waiting.sort(key=lambda each: str(each[1].id))
start, alone = threading.Event(), threading.Lock()
def say(*words):
    with alone:
        print(json.dumps(words), flush=True)
def work():
    from django.db import connection
    start.wait()
    with tenancy.across_communities():
        while waiting:
            try:
                poll, person, actor = waiting.pop()
            except IndexError:
                return
            cast = voting.cast_secret if poll.is_secret else voting.cast_open
            try:
                code = cast(actor=actor, poll=poll, marks=[1, None])
            except Exception as error:
                say("refused", str(poll.is_secret), getattr(error, "code", repr(error)))
                continue
            say(str(person.id), poll.is_secret, code if poll.is_secret else "")
    connection.close()
threads = [threading.Thread(target=work) for _ in range({THREADS})]
for thread in threads:
    thread.start()
start.set()
for thread in threads:
    thread.join()
"""
COUNT = """
with tenancy.across_communities():
    secret, opened = Poll.objects.get(is_secret=True), Poll.objects.get(is_secret=False)
    held = [slip[0] for box in Box.objects.filter(poll=secret) for slip in boxes.BOXES.look_into(box)]
    print(json.dumps({
        "held": held,
        "open": [str(each) for each in OpenBallot.objects.filter(poll=opened).values_list("person_id", flat=True)],
        "marked": {
            name: [str(each.person_id) for each in Voter.objects.filter(poll=poll, has_voted=True)]
            for name, poll in (("secret", secret), ("open", opened))
        },
    }))
"""


def in_site(folder: Path, body: str) -> subprocess.Popen[str]:
    """Run something in a process of its own that has the site's database."""
    return subprocess.Popen(
        [sys.executable, "-c", HEAD + body],
        env=environment(
            folder, DJANGO_SETTINGS_MODULE="collegium.site.settings", PYTHONPATH=f"{ROOT / 'src'}{os.pathsep}{ROOT}"
        ),
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def finish(process: subprocess.Popen[str]) -> list[str]:
    said, _nothing = process.communicate(timeout=300)
    assert process.returncode == 0
    return said.splitlines()


def test_no_ballot_is_lost_and_none_is_there_twice(tmp_path: Path) -> None:
    finish(in_site(lay_tables(tmp_path), OPEN))
    crowd = in_site(tmp_path, VOTE)
    confirmed = []
    assert crowd.stdout is not None
    with crowd.stdout as said:
        for line in said:
            confirmed.append(json.loads(line))
            if len(confirmed) == KILL_AFTER:
                os.killpg(crowd.pid, signal.SIGKILL)
    crowd.wait(60)
    assert KILL_AFTER <= len(confirmed) < 2 * PEOPLE, "it was to be killed in the middle"
    assert "refused" not in {who for who, _secret, _code in confirmed}
    # Everybody sends the same again, as browsers do: who voted in secret is refused, the others are taken.
    counted, *again, counted_again = map(json.loads, finish(in_site(tmp_path, COUNT + VOTE + COUNT)))
    assert {code for _who, secret, code in confirmed if secret} <= set(counted["held"]), "confirmed and lost"
    assert {who for who, secret, _code in confirmed if not secret} <= set(counted["open"]), "confirmed and lost"
    assert len(counted["held"]) == len(counted["marked"]["secret"]), "a mark without a ballot, or a ballot without one"
    assert sorted(counted["open"]) == sorted(counted["marked"]["open"])
    refused = [why for who, secret, why in again if who == "refused"]
    assert refused == ["voted_already"] * len(counted["held"])
    assert len(set(counted_again["held"])) == len(counted_again["held"]) == PEOPLE
    assert len(counted_again["open"]) == PEOPLE
