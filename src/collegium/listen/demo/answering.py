"""What people of the story answer: a facet's middle, the person, the day and the item, cut at thresholds.

Pure: numpy, and dice that follow from the seed.
"""

from __future__ import annotations

import uuid
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from collegium.listen.demo import story
from collegium.listen.instruments.model import Instrument
from collegium.science.measurement.moments import NO_ANSWER
from collegium.science.results import FloatArray, IntArray

Middle = Mapping[str, float]  # by facet


@dataclass(frozen=True, slots=True)
class Respondent:
    """Somebody who answers, and the middle of what people in their place think."""

    person_id: uuid.UUID
    middle: Middle


@dataclass(frozen=True)
class Minds:
    """What is lasting about each person: the same in every pulse of one seed."""

    seed: int

    def of(self, person_id: uuid.UUID, instrument: Instrument) -> FloatArray:
        """Return how far a person stands above the middle, by facet of an instrument."""
        own = [self.seed, person_id.int & 0xFFFFFFFF]
        general = np.random.default_rng(own).normal(0, story.PERSON)
        facets = np.random.default_rng([*own, zlib.crc32(instrument.key.encode())])
        return general + facets.normal(0, story.PERSON_AND_FACET, len(instrument.facets))


def answer(instrument: Instrument, people: Sequence[Respondent], minds: Minds, dice: np.random.Generator) -> IntArray:
    """Return a row for each person and a column for each of the instrument's."""
    facets = [facet.key for facet in instrument.facets]
    place = np.array([facets.index(column.item.facet) for column in instrument.columns])
    middles = np.array([[person.middle.get(facet, story.USUAL) for facet in facets] for person in people])
    lasting = np.array([minds.of(person.person_id, instrument) for person in people])
    day = dice.normal(0, story.DAY, size=middles.shape)
    felt = (middles + lasting + day)[:, place]
    felt += dice.normal(0, story.ITEM, size=felt.shape)
    return _cut(instrument, felt, dice)


def _cut(instrument: Instrument, felt: FloatArray, dice: np.random.Generator) -> IntArray:
    """Cut what is felt at the thresholds of each item; reversed items are answered the other way round."""
    answers = np.full(felt.shape, NO_ANSWER, dtype=np.int64)
    for place, column in enumerate(instrument.columns):
        easier = np.random.default_rng(zlib.crc32(column.key.encode())).normal(0, story.ITEMS_APART)
        options = column.highest - column.lowest + 1
        # Five options cut the line of one to five at 1.5, 2.5 and so on; other numbers cut it in as many parts.
        cuts = 1 + 4 * (np.arange(1, options) - 0.5) / (options - 1)
        codes = column.lowest + np.searchsorted(cuts, felt[:, place] + easier)
        answers[:, place] = column.lowest + column.highest - codes if column.item.reversed else codes
    left_out = dice.random(answers.shape) < dice.uniform(*story.LEFT_OUT)
    left_out &= ~left_out.all(axis=1, keepdims=True)  # a sheet without any answer is not handed in
    answers[left_out] = NO_ANSWER
    return answers
