"""Deciding together: matters, proposals, votes, what came of it, and whether those affected know."""
