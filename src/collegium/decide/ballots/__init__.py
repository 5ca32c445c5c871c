"""Secret ballots: the only module of the house that reads one before it is published, which is never by itself.

While a vote is open its ballots lie together in sealed boxes, each under a key that is used once (`base.sealing`).
Whoever copies the disk finds earlier states of a box that nobody can open, and nothing that leads from a ballot to its
voter, to when it was cast, or to which came first. When the vote closes all boxes are opened in one step, and either
everything is published, sorted by code, or, where too few voted, nothing is kept at all. docs/explanation/anonymity.md
says what this holds against, and what it does not.
"""
