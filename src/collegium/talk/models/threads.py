"""The tables of conversations. What a thread hangs on is named by kind and id: rooms above know what it is."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from collegium.base import time
from collegium.people.models import Person
from collegium.people.models.dated import Owned
from collegium.talk.enums import ReactionKind


class Thread(Owned):
    """The conversation about one object; it begins with its first comment."""

    subject_kind = models.CharField(max_length=40)
    subject_id = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "subject_kind", "subject_id"], name="thread_once"),
        ]

    def __str__(self) -> str:
        return f"{self.subject_kind} {self.subject_id}"


class Comment(Owned):
    """What somebody wrote: to the thread itself, or as a reply under a comment of it.

    Nothing disappears: a writer may withdraw a comment and a moderator may take one out, with a reason, and where it
    stood says so. `number` counts through the thread.
    """

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="comments")
    number = models.PositiveIntegerField()
    under = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="replies")
    quoted = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    author = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    text = models.TextField(blank=True)
    written_at = models.DateTimeField(default=time.now)
    edited_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    hidden_because = models.TextField(blank=True)
    appeal = models.TextField(blank=True)
    appealed_at = models.DateTimeField(null=True, blank=True)
    appeal_answer = models.TextField(blank=True)
    appeal_answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["thread", "number"], name="comment_number_once"),
            models.CheckConstraint(condition=Q(withdrawn_at__isnull=True) | Q(text=""), name="comment_withdrawn_empty"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=False) | ~Q(text=""), name="comment_says_something"
            ),
            models.CheckConstraint(
                condition=Q(hidden_at__isnull=True) | ~Q(hidden_because=""), name="comment_hidden_with_reason"
            ),
        ]
        indexes = [
            models.Index(fields=["thread", "under", "-number"], name="comment_by_place"),
            models.Index(fields=["under", "number"], name="comment_by_reply"),
            models.Index(fields=["author", "-written_at"], name="comment_by_author"),
        ]

    def __str__(self) -> str:
        return f"{self.thread_id}:{self.number}"


class CommentVersion(Owned):
    """How a comment read before it was changed."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    written_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["comment", "number"], name="commentversion_once")]

    def __str__(self) -> str:
        return f"{self.comment_id}.{self.number}"


class Reaction(Owned):
    """One person's press of a button under a comment."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="reactions")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=ReactionKind.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["comment", "kind", "person"], name="reaction_once"),
            models.CheckConstraint(condition=Q(kind__in=ReactionKind.values), name="reaction_kind_known"),
        ]
        indexes = [models.Index(fields=["person"], name="reaction_by_person")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.comment_id}"


class Mention(Owned):
    """Somebody was named in a comment with @, and has seen it or not."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="mentions")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["comment", "person"], name="mention_once")]
        indexes = [models.Index(fields=["person", "seen_at"], name="mention_by_person")]

    def __str__(self) -> str:
        return str(self.id)


class Attachment(Owned):
    """A file that came with a comment, kept beside it so that a backup holds both."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="attachments")
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(size__gte=1), name="attachment_not_empty")]

    def __str__(self) -> str:
        return str(self.id)
