"""Texts that people word together: nothing is lost, and everybody can see who changed what and why."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from collegium.base import prose
from collegium.intend.errors import Conflict, Invalid, NotFound, TextMovedOn
from collegium.intend.models import Text, TextVersion
from collegium.intend.queries import texts as queries
from collegium.intend.queries.texts import Mark
from collegium.intend.services import texts
from collegium.people.actors import Actor
from tests import factories as make


def an_actor() -> Actor:
    return make.actor_of(make.make_person(make.make_community()))


@pytest.mark.django_db
def test_every_wording_is_kept_with_who_when_and_why() -> None:
    actor = an_actor()
    text = texts.write_text(actor, {"body": " We read.\r\n"}, required=["body"])
    texts.reword_text(actor, text, {"body": "We all read."}, reason="Pupils asked for it.", from_version=1)
    latest, first = queries.list_versions(text)
    assert (first.number, first.parts, first.reason) == (1, {"body": "We read."}, "")
    assert (latest.number, latest.parts, latest.reason) == (2, {"body": "We all read."}, "Pupils asked for it.")
    assert latest.written_by_id == actor.person_id
    text.refresh_from_db()
    assert (text.version, text.parts) == (2, latest.parts)
    assert [row["parts"]["body"] for row in queries.dump_own(actor.person_id)] == ["We read.", "We all read."]


@pytest.mark.django_db
def test_the_second_writer_loses_nothing_and_overwrites_nothing() -> None:
    actor = an_actor()
    text = texts.write_text(actor, {"body": "We read."})
    seen_by_both = Text.objects.get(id=text.id)
    texts.reword_text(actor, text, {"body": "We read aloud."}, reason="Clearer.", from_version=1)
    with pytest.raises(TextMovedOn) as moved:
        texts.reword_text(actor, seen_by_both, {"body": "We write."}, reason="Otherwise.", from_version=1)
    assert moved.value.version == 2
    assert moved.value.status == 409
    assert TextVersion.objects.filter(text=text).count() == 2
    texts.reword_text(actor, seen_by_both, {"body": "We read and write."}, reason="Both.", from_version=2)
    assert queries.get_version(text, 3).parts == {"body": "We read and write."}


@pytest.mark.django_db
def test_what_makes_no_sense_is_refused() -> None:
    actor = an_actor()
    text = texts.write_text(actor, {"body": "We read."})
    for parts, reason, error, code in (
        ({"body": "We write."}, " ", Invalid, "text_reason_missing"),
        ({"body": "We read. "}, "Why not", Conflict, "text_unchanged"),
        ({"body": "  "}, "Emptied", Invalid, "text_part_missing"),
        ({"body": "x" * (prose.LIMIT + 1)}, "Long", Invalid, "text_too_long"),
    ):
        with pytest.raises(error) as refused:
            texts.reword_text(actor, text, parts, reason=reason, from_version=1, required=["body"])
        assert refused.value.code == code
    with pytest.raises(NotFound):
        queries.get_version(text, 2)
    with pytest.raises(IntegrityError), transaction.atomic():
        TextVersion.objects.create(community_id=text.community_id, text=text, number=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        TextVersion.objects.create(community_id=text.community_id, text=text, number=2, reason="")


def test_differences_are_words_and_not_whole_texts() -> None:
    found = queries.compare("Every pupil reads.\nWe help.", "Every pupil reads for pleasure.\nWe help.")
    assert [(each.mark, each.words.strip()) for each in found] == [
        (Mark.KEPT, "Every pupil"),
        (Mark.REMOVED, "reads."),
        (Mark.ADDED, "reads for pleasure."),
        (Mark.KEPT, "We help."),
    ]


@given(st.text(alphabet="ab \n", max_size=40), st.text(alphabet="ab \n", max_size=40))
def test_a_difference_holds_both_texts(before: str, after: str) -> None:
    found = queries.compare(before, after)
    assert "".join(each.words for each in found if each.mark != Mark.ADDED) == before
    assert "".join(each.words for each in found if each.mark != Mark.REMOVED) == after


def test_long_texts_with_little_in_common_are_compared_at_once() -> None:
    found = queries.compare("the " * 4000, "The " * 4000)
    assert [each.mark for each in found] == [Mark.REMOVED, Mark.ADDED]
