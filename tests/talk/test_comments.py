"""Writing, changing, withdrawing, reacting: what a conversation keeps, and for whom."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from collegium.base import events
from collegium.base.errors import CollegiumError
from collegium.base.models import Event
from collegium.people import erasure
from collegium.talk import files, mentions
from collegium.talk.enums import ReactionKind
from collegium.talk.errors import Conflict, Invalid, NotAllowed, NotFound
from collegium.talk.models import Attachment, Comment, CommentVersion, Mention, Reaction
from collegium.talk.presenters import own as own_presenter
from collegium.talk.presenters import threads as presenter
from collegium.talk.queries import own, threads
from collegium.talk.services import comments, moderation
from tests import factories as make
from tests.talk import worlds
from tests.talk.worlds import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return worlds.build()


def present(world: World, person: Any, page: int = 1) -> presenter.Talk:
    return presenter.present_talk(make.actor_of(person), world.subject(person), page)


# --- writing ----------------------------------------------------------------------------------------------------------
def test_comments_are_numbered_and_replies_stand_under_them(world: World) -> None:
    first = world.write(world.ada, "One")
    reply = world.write(world.ben, "To one", under_id=first.id)
    deeper = world.write(world.cleo, "To the reply", under_id=reply.id, quoted_id=reply.id)
    second = world.write(world.ben, "Two")
    assert [first.number, reply.number, deeper.number, second.number] == [1, 2, 3, 4]
    assert deeper.under_id == first.id
    talk = present(world, world.ada)
    assert [line.comment.text for line in talk.lines] == ["Two", "One"]
    assert [reply.text for reply in talk.lines[1].replies] == ["To one", "To the reply"]
    assert talk.lines[1].replies[1].quoted_text == "To one"
    assert talk.total == 4


def test_the_trail_says_who_wrote_and_not_what(world: World) -> None:
    world.write(world.ada, "Cormorants everywhere")
    event = Event.objects.get(verb="comment.written")
    assert "Cormorant" not in json.dumps(event.data)
    assert events.get_phrase("comment.written")


@pytest.mark.parametrize(
    ("text", "code"), [("", "comment_empty"), (" \n\0 ", "comment_empty"), ("x" * 10_001, "text_too_long")]
)
def test_what_is_empty_or_endless_is_refused(world: World, text: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        world.write(world.ada, text)
    assert refused.value.code == code
    assert not Comment.objects.exists()


def test_a_reply_to_what_is_gone_or_elsewhere_is_refused(world: World) -> None:
    elsewhere = worlds.build()
    theirs = elsewhere.write(elsewhere.ada)
    gone = world.write(world.ada)
    comments.withdraw_comment(actor=make.actor_of(world.ada), subject=world.subject(world.ada), comment=gone)
    for target in (theirs, gone):
        with pytest.raises(Conflict, match="comment_not_there"):
            world.write(world.ben, under_id=target.id)


def test_a_closed_conversation_takes_nothing_more(world: World) -> None:
    said = world.write(world.ada)
    subject = dataclasses.replace(world.subject(world.ada), can_post=False)
    actor = make.actor_of(world.ada)
    for act in (
        lambda: comments.write_comment(actor=actor, subject=subject, text="More"),
        lambda: comments.change_comment(actor=actor, subject=subject, comment=said, text="Other"),
        lambda: comments.withdraw_comment(actor=actor, subject=subject, comment=said),
        lambda: comments.react(actor=actor, subject=subject, comment=said, kind=ReactionKind.AGREE, is_on=True),
    ):
        with pytest.raises(NotAllowed, match="talk_closed"):
            act()


# --- changing, withdrawing --------------------------------------------------------------------------------------------
def test_every_wording_stays_to_be_read(world: World) -> None:
    said = world.write(world.ada, "First words")
    actor, subject = make.actor_of(world.ada), world.subject(world.ada)
    for text in ("Second words", "Second words", "Third words"):
        comments.change_comment(actor=actor, subject=subject, comment=said, text=text)
    page = presenter.present_history(threads.get_history_for(make.actor_of(world.ben), said.id))
    assert [wording.text for wording in page.wordings] == ["Third words", "Second words", "First words"]
    with pytest.raises(NotAllowed, match="comment_of_another"):
        comments.change_comment(
            actor=make.actor_of(world.ben), subject=world.subject(world.ben), comment=said, text="Mine"
        )


def test_what_is_withdrawn_is_gone_with_its_files_and_earlier_words(world: World) -> None:
    said = world.write(world.ada, "Words @Ben Okri", uploads=[SimpleUploadedFile("a.txt", b"abc")])
    reply = world.write(world.ben, "Answer", under_id=said.id)
    actor, subject = make.actor_of(world.ada), world.subject(world.ada)
    comments.change_comment(actor=actor, subject=subject, comment=said, text="Other words")
    comments.withdraw_comment(actor=actor, subject=subject, comment=said)
    assert not CommentVersion.objects.exists()
    assert not Attachment.objects.exists()
    assert not Mention.objects.exists()
    line = present(world, world.steward).lines[0]
    assert (line.comment.text, line.comment.gone) == ("", "Withdrawn by whoever wrote it.")
    assert [each.text for each in line.replies] == [reply.text]
    with pytest.raises(Conflict, match="comment_gone"):
        comments.change_comment(actor=actor, subject=subject, comment=said, text="Back")


# --- reactions, mentions ----------------------------------------------------------------------------------------------
def test_a_button_pressed_twice_is_pressed_once(world: World) -> None:
    said = world.write(world.ada)
    for person in (world.ben, world.ben, world.cleo):
        comments.react(
            actor=make.actor_of(person),
            subject=world.subject(person),
            comment=said,
            kind=ReactionKind.PLEASE_ANSWER,
            is_on=True,
        )
    shown = {each.kind: (each.count, each.is_own) for each in present(world, world.ben).lines[0].comment.reactions}
    assert shown == {"agree": (0, False), "answer": (2, True), "thanks": (0, False)}
    comments.react(
        actor=make.actor_of(world.ben),
        subject=world.subject(world.ben),
        comment=said,
        kind=ReactionKind.PLEASE_ANSWER,
        is_on=False,
    )
    assert Reaction.objects.count() == 1


def test_the_longest_name_after_an_at_is_meant(world: World) -> None:
    people = {world.ada.id: "Ada Byron", world.ben.id: "Ben Okri", world.cleo.id: "Ada Byron Smith"}
    assert mentions.find_mentioned("Ask @Ada Byron, please", people) == {world.ada.id}
    assert mentions.find_mentioned("Ask @ada byron smith!", people) == {world.cleo.id}
    assert mentions.find_mentioned("ada@byron.example or @Nobody Here or @", people) == frozenset()
    assert mentions.find_mentioned("@Ben Okri and (@Ada Byron)", people) == {world.ada.id, world.ben.id}


def test_whoever_is_mentioned_is_told_until_they_have_seen_it(world: World) -> None:
    world.write(world.ada, "What do you say, @Ben Okri? And I, @Ada Byron?")
    actor = make.actor_of(world.ben)
    assert own_presenter.build_mentions(make.actor_of(world.ada)) is None
    panel = own_presenter.build_mentions(actor)
    assert panel is not None
    assert panel.context["rows"][0].author == "Ada Byron"
    mention = own.get_mention(actor, Mention.objects.get().id)
    comments.see_mention(actor=actor, mention=mention)
    assert own_presenter.build_mentions(actor) is None
    with pytest.raises(NotFound):
        own.get_mention(make.actor_of(world.ada), mention.id)


# --- files ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("uploads", "code"),
    [
        ([("a.txt", b"")], "file_empty"),
        ([("a.exe", b"MZ")], "file_kind"),
        ([("a.html", b"<p>")], "file_kind"),
        ([("a.svg", b"<svg>")], "file_kind"),
        ([("a.png", b"not a picture")], "file_kind"),
        ([("a.pdf", b"MZ\x90")], "file_kind"),
        ([("a.txt", b"\xff\xfe\0")], "file_kind"),
        ([("noending", b"abc")], "file_kind"),
        ([("a.txt", b"x" * (files.MOST_BYTES + 1))], "file_too_large"),
        ([(f"{n}.txt", b"x") for n in range(4)], "files_too_many"),
    ],
)
def test_files_of_other_kinds_and_sizes_are_refused(world: World, uploads: list[tuple[str, bytes]], code: str) -> None:
    with pytest.raises(CollegiumError) as refused:
        world.write(world.ada, "With a file", uploads=[SimpleUploadedFile(*each) for each in uploads])
    assert refused.value.code == code
    assert not Comment.objects.exists()


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\x\\a b.pdf", "a b.pdf"),
        ('a"\r\n.csv', "a___.csv"),
        ("", "file"),
    ],
)
def test_a_file_keeps_nothing_but_a_name(given: str, kept: str) -> None:
    assert files.safe_name(given) == kept


# --- size -------------------------------------------------------------------------------------------------------------
def fill_thread(world: World, first_level: int, replies: int) -> None:
    first = world.write(world.ada, "First")
    owner = {"community": world.unit.community, "thread": first.thread, "author": world.ben}
    tops = Comment.objects.bulk_create(
        Comment(**owner, number=number, text=f"Point {number}") for number in range(2, first_level + 1)
    )
    Comment.objects.bulk_create(
        Comment(**owner, number=first_level + 1 + number, under=tops[number % len(tops)] if tops else first, text="R")
        for number in range(replies)
    )


@pytest.mark.parametrize("page", [1, 2])
def test_a_part_takes_as_many_statements_however_long_the_conversation(world: World, page: int) -> None:
    counts = []
    for size in (2, 30, 300):
        place = worlds.build()
        fill_thread(place, size, size * 3)
        actor, subject = make.actor_of(place.ben), place.subject(place.ben)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            presenter.present_talk(actor, subject, page)
        counts.append(len(queries))
    assert len(set(counts)) == 1, counts


def test_a_long_conversation_comes_in_parts(world: World) -> None:
    fill_thread(world, 45, 400)
    talk = present(world, world.ada, 3)
    assert [line.comment.number for line in talk.lines] == [5, 4, 3, 2, 1]
    assert talk.lines[0].more_replies == 400 // 44 + 1 - threads.REPLIES_SHOWN
    assert present(world, world.ada, 99).page.number == 3  # type: ignore[union-attr]
    found = threads.get_comment_for(make.actor_of(world.ada), Comment.objects.get(number=2).id)
    assert len(presenter.present_comment(make.actor_of(world.ada), found).lines[0].replies) == 10


# --- one's own data ---------------------------------------------------------------------------------------------------
def test_what_one_wrote_is_in_ones_file_and_an_erasure_empties_it(world: World) -> None:
    said = world.write(world.ada, "My words")
    world.write(world.ben, "An answer", under_id=said.id)
    dumped = own.dump(world.ada.id)
    assert [row["text"] for row in dumped["comments"]] == ["My words"]
    assert own_presenter.list_known(make.actor_of(world.ada))[0].values == ("1 comment",)
    erasure.forget_person(world.ada.id)
    said.refresh_from_db()
    assert said.text == ""
    assert Comment.objects.get(under=said).text == "An answer"


# --- moderation -------------------------------------------------------------------------------------------------------
def test_a_comment_is_taken_out_with_a_reason_and_another_looks_again(world: World) -> None:
    said = world.write(world.ada, "Rude words")
    as_steward = {"actor": make.actor_of(world.steward), "subject": world.subject(world.steward), "comment": said}
    with pytest.raises(NotAllowed, match="moderators_only"):
        moderation.hide_comment(
            actor=make.actor_of(world.ben), subject=world.subject(world.ben), comment=said, reason="No"
        )
    with pytest.raises(Invalid, match="reason_missing"):
        moderation.hide_comment(**as_steward, reason=" ")
    moderation.hide_comment(**as_steward, reason="It names a pupil.")
    shown = present(world, world.ben).lines[0].comment
    assert (shown.text, shown.gone) == ("", "Taken out by those who keep order here: It names a pupil.")
    assert present(world, world.ada).lines[0].comment.text == "Rude words"
    with pytest.raises(NotFound):
        threads.get_history_for(make.actor_of(world.ben), said.id)
    as_ada = {"actor": make.actor_of(world.ada), "subject": world.subject(world.ada), "comment": said}
    moderation.appeal(**as_ada, text="It does not.")
    with pytest.raises(Conflict, match="appealed_already"):
        moderation.appeal(**as_ada, text="Really.")
    with pytest.raises(NotAllowed, match="appeal_to_another"):
        moderation.answer_appeal(**as_steward, restore=False, answer="It does.")
    assert len(present(world, world.other_steward).appeals) == 1
    as_other = {
        "actor": make.actor_of(world.other_steward),
        "subject": world.subject(world.other_steward),
        "comment": said,
    }
    moderation.answer_appeal(**as_other, restore=True, answer="No pupil is named.")
    assert present(world, world.ben).lines[0].comment.text == "Rude words"
    with pytest.raises(Conflict, match="appeal_not_open"):
        moderation.answer_appeal(**as_other, restore=True, answer="Again.")


def test_a_taken_out_comment_is_quoted_no_more(world: World) -> None:
    said = world.write(world.ada, "Rude words")
    world.write(world.ben, "I quote", under_id=said.id, quoted_id=said.id)
    moderation.hide_comment(
        actor=make.actor_of(world.steward), subject=world.subject(world.steward), comment=said, reason="Rude."
    )
    assert "Rude words" not in str(present(world, world.cleo))


def test_an_object_of_an_unknown_kind_or_of_others_is_not_found(world: World) -> None:
    elsewhere = worlds.build()
    theirs = elsewhere.write(elsewhere.ada)
    with pytest.raises(NotFound):
        threads.get_comment_for(make.actor_of(world.ada), theirs.id)
    with pytest.raises(NotFound):
        worlds.subjects.get_subject_for(make.actor_of(world.ada), "no-such", world.unit.id)
