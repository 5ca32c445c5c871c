"""Answers, from the moment they are handed in: the only module of the house that reads a single one.

While a pulse is open, the sheets of a school lie together in one sealed tray. Each new sheet is put among them, the
whole is sealed again under a key that was never used before, and the key before it is overwritten. Whoever copies the
disk finds, beside the tray as it is now, earlier states of it in logs and free pages that nobody can open any more; so
nothing tells which sheet came when. docs/explanation/anonymity.md says what this holds against, and what it does not.
"""
