"""Conversations: a thread of comments that any room may hang on any of its objects."""
