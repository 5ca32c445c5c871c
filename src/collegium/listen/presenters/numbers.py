"""Facets of single rounds as numbers that other rooms cite: of a school's own questionnaires, and of older rounds."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.urls import reverse

from collegium.base.numbers import Number, Ref, Source
from collegium.listen.indicators import read_facet
from collegium.listen.presenters.results_reading import Reading
from collegium.listen.queries import rounds
from collegium.listen.queries.rounds import Round
from collegium.people.actors import Actor
from collegium.people.places import Place


def list_facets_for(actor: Actor, place: Place) -> list[Number]:
    """Return what was shown of the facets of the newest rounds that the actor may see, the newest first.

    The newest round of a questionnaire that comes with the house is left out: its facets are indicators.
    """
    found = rounds.list_rounds_for(actor, place)
    newest = {each.instrument.key: each for each in found if each.is_shipped}
    older = [each for each in reversed(found) if newest.get(each.instrument.key) is not each]
    return [
        _number(place, Ref(each.wave.pulse_id, facet.key), each) for each in older for facet in each.wave.report.facets
    ]


def find_facets_for(actor: Actor, place: Place, refs: Collection[Ref]) -> Mapping[Ref, Number]:
    """Return how facets stand in the newest round that they can be followed to from the one that was cited."""
    since = rounds.list_since_for(actor, place, {ref.source_id for ref in refs})
    found = {}
    for ref in refs:
        newest = rounds.find_newest(since, ref.source_id, ref.key)
        if newest is not None:
            found[ref] = _number(place, ref, newest)
    return found


def _number(place: Place, ref: Ref, shown: Round) -> Number:
    reading = read_facet(shown.wave, ref.key)
    words = Reading(instrument=shown.instrument, language=shown.language, referent=shown.referent, fewest=shown.wave.k)
    return Number(
        ref=ref,
        title=words.title(shown.wave.report.facet(ref.key)),
        whole=reading.source or shown.wave.title,
        unit_of_measure="score",
        reading=reading,
        url=reverse("listen:result", args=[place.slug, shown.wave.pulse_id]),
    )


FACETS = Source(kind="facet", list_for=list_facets_for, find_for=find_facets_for)
