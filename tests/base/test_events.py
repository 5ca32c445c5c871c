import datetime as dt
import uuid

import pytest

from collegium.base import events, time
from collegium.base.models import Event

pytestmark = pytest.mark.django_db


def test_an_event_keeps_who_what_and_when():
    community, actor, post = uuid.uuid4(), uuid.uuid4(), uuid.uuid4()
    with time.at(dt.date(2025, 3, 1)):
        events.record(
            "post.ended",
            community_id=community,
            actor_id=actor,
            object_kind="post",
            object_id=post,
            data={"on": "2025-03-31"},
        )
    event = Event.objects.get(object_id=post)
    assert (event.verb, event.actor_id, event.community_id) == ("post.ended", actor, community)
    assert event.at.date() == dt.date(2025, 3, 1)
    assert event.data == {"on": "2025-03-31"}
