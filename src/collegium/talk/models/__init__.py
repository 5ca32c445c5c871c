"""The tables of the room."""

from collegium.talk.models.threads import Attachment, Comment, CommentVersion, Mention, Reaction, Thread

__all__ = ["Attachment", "Comment", "CommentVersion", "Mention", "Reaction", "Thread"]
