"""Comments: in which unions the texts that people wrote may be read, and without whose names."""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from collegium.science.errors import UnusableInput

FEWEST_FOR_COMMENTS = 10
MASK = "[name]"
ADDRESS_MASK = "[address]"

# Parts of names that are words of everyday language; a full name that holds one is masked all the same.
_PARTICLES = frozenset(
    (
        *("a", "al", "ap", "bin", "bint", "da", "das", "de", "del", "della", "den", "der", "des", "di", "do", "dos"),
        *("du", "el", "ibn", "in", "la", "le", "les", "lo", "los", "mac", "o", "of", "op", "san", "st", "ter", "the"),
        *("van", "ver", "von", "y", "zu", "zum", "zur", "dr", "miss", "mr", "mrs", "ms", "mx", "prof", "sir"),
    )
)
_WORD = re.compile(r"[^\W_]+(?:['’‑-][^\W_]+)*")
_PART = re.compile(r"['’‑-]")
_ADDRESS = re.compile(r"\S+@\S+\.\w+|(?<!\w)@\w{2,}|\+?\d(?:[\s()/.-]{0,3}\d){6,}")
# Scripts that put no blanks between words: a name is looked for anywhere.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """One text somebody wrote. `key` is its own and tells nothing of the sheet that it was cut from."""

    key: str
    atom: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadableComment:
    """A comment as it may be read."""

    key: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentsOfView:
    """The comments of one view in an order that tells nothing; `withheld` counts those somebody held back."""

    comments: tuple[ReadableComment, ...]
    withheld: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasedComments:
    """The views whose comments may be read. Those in `lost` show none: the reader finds theirs in a larger one."""

    views: Mapping[str, CommentsOfView]
    lost: tuple[str, ...]


def release_comments(
    comments: Sequence[Comment],
    answers: Mapping[str, int],
    views: Mapping[str, Collection[str]],
    *,
    seed: int,
    names: Collection[str] = (),
    withheld: Collection[str] = (),
    fewest: int = FEWEST_FOR_COMMENTS,
) -> ReleasedComments:
    """Decide in which views comments may be read, mask names in them, and shuffle them.

    Parameters
    ----------
    comments : sequence of Comment
        All texts of one open question. Blank ones are left out.
    answers : mapping of str to int
        Every atom, and how many sheets were handed in there, with a comment or without.
    views : mapping of str to collection of str
        A name and its atoms. Earlier views are preferred: a text is known again wherever it stands, so that two views
        that overlap tell of each text on which side of the difference it was written.
    seed : int
        At least 0. The same seed gives the same order; nobody who reads should know it.
    names : collection of str
        Of the people of the unit, as they are written in full.
    withheld : collection of str
        Keys of comments that somebody decided to hold back.
    fewest : int
        At least 5. No part in which published views overlap or differ holds fewer answers.

    Returns
    -------
    ReleasedComments
        The same for any order of the comments. In the texts the full names, and each of their parts, are replaced by
        ``[name]``, whatever the case and accents; addresses and numbers to call by ``[address]``.

    Raises
    ------
    UnusableInput
        If a comment or a view names an unknown atom, two comments have the same key, a key to hold back is unknown, a
        count is negative, `seed` is negative, or `fewest` is below 5.

    Notes
    -----
    Atoms that lie in the same of the published views form one class. A view is published if then no class holds between
    1 and ``fewest - 1`` answers. This looks at the numbers of sheets alone, never at who wrote something.

    References
    ----------
    Classes of a set of queries: Chin and Ozsoyoglu (1982), IEEE Transactions on Software Engineering SE-8, 574-582. The
    rule is ours.

    Examples
    --------
    >>> found = release_comments(
    ...     [
    ...         Comment(key="1", atom="hill", text="Ask ZOE or Mr Ng, zoe@hill.example"),
    ...         Comment(key="2", atom="vale", text="Time."),
    ...     ],
    ...     {"hill": 12, "vale": 6},
    ...     {"all": ["hill", "vale"], "hill": ["hill"]},
    ...     names=["Zoë Hart", "Bo Ng"],
    ...     seed=4,
    ... )
    >>> found.lost, sorted(comment.text for comment in found.views["all"].comments)
    (('hill',), ['Ask [name] or Mr [name], [address]', 'Time.'])
    """
    _check(comments, answers, views, withheld, seed, fewest)
    chosen: dict[str, frozenset[str]] = {}
    lost = []
    for name, atoms in views.items():
        asked = {**chosen, name: frozenset(atoms)}
        if atoms and _is_open(asked, answers, fewest):
            chosen = asked
        else:
            lost.append(name)
    masker = _Masker(names)
    readable = sorted((each for each in comments if each.text.strip()), key=lambda each: each.key)
    masked = {each.key: masker.mask(each.text.strip()) for each in readable if each.key not in withheld}
    found = {}
    for name, atoms in chosen.items():
        inside = [each.key for each in readable if each.atom in atoms]
        order = np.random.default_rng([seed, zlib.crc32(name.encode())]).permutation(len(inside))
        keys = [inside[place] for place in order]
        found[name] = CommentsOfView(
            comments=tuple(ReadableComment(key=key, text=masked[key]) for key in keys if key in masked),
            withheld=sum(key not in masked for key in keys),
        )
    return ReleasedComments(views=found, lost=tuple(lost))


def _check(
    comments: Sequence[Comment],
    answers: Mapping[str, int],
    views: Mapping[str, Collection[str]],
    withheld: Collection[str],
    seed: int,
    fewest: int,
) -> None:
    keys = {comment.key for comment in comments}
    unknown = {comment.atom for comment in comments} | {atom for atoms in views.values() for atom in atoms}
    unknown -= set(answers)
    UnusableInput.unless(not unknown, "unknown_atom", f"Unknown atoms: {', '.join(sorted(unknown))}.")
    UnusableInput.unless(len(keys) == len(comments), "same_name", "Two comments have the same key.")
    UnusableInput.unless(set(withheld) <= keys, "unknown_comment", "A comment to hold back is not there.")
    UnusableInput.unless(all(n >= 0 for n in answers.values()), "not_counts", "Answers are counted from 0.")
    UnusableInput.unless(seed >= 0, "seed", "A seed is at least 0.", seed=seed)
    UnusableInput.unless(fewest >= 5, "fewest", "Comments need at least 5 answers.", fewest=fewest)


def _is_open(views: Mapping[str, frozenset[str]], answers: Mapping[str, int], fewest: int) -> bool:
    """Say whether every class of atoms that the views tell apart holds enough answers, or none."""
    classes: dict[tuple[str, ...], int] = {}
    for atom, n in answers.items():
        inside = tuple(name for name, atoms in views.items() if atom in atoms)
        if inside:
            classes[inside] = classes.get(inside, 0) + n
    return all(n == 0 or n >= fewest for n in classes.values())


class _Masker:
    """Replaces names, whatever their case and accents."""

    def __init__(self, names: Collection[str]) -> None:
        self.parts: set[str] = set()
        self.unspaced: set[str] = set()
        for name in names:
            for word in _words(name):
                if _UNSPACED.search(word):
                    self.unspaced.update({word, unicodedata.normalize("NFKC", name).strip()})
                for part in (word, *_PART.split(word)):
                    folded = _folded(part)
                    if len(folded) > 1 and folded not in _PARTICLES:
                        self.parts.add(folded)

    def mask(self, text: str) -> str:
        """Return the text without names and addresses."""
        text = _ADDRESS.sub(ADDRESS_MASK, unicodedata.normalize("NFKC", text))
        for name in sorted(self.unspaced, key=len, reverse=True):
            if len(name) > 1:
                text = text.replace(name, MASK)
        text = _WORD.sub(self._masked, text)
        # A full name is one name.
        return re.sub(rf"{re.escape(MASK)}(?:\s+{re.escape(MASK)})+", MASK, text)

    def _masked(self, found: re.Match[str]) -> str:
        word = found.group()
        if _folded(word) in self.parts:
            return MASK
        pieces = re.split(r"(['’‑-])", word)
        return "".join(MASK if _folded(piece) in self.parts else piece for piece in pieces)


def _words(name: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFKC", name))


def _folded(word: str) -> str:
    """Return a word without case, accents and the signs inside it."""
    plain = unicodedata.normalize("NFKD", word).casefold()
    return "".join(letter for letter in plain if letter.isalnum())
