"""The driver diagram of an enquiry, read for those who may read the enquiry."""

from __future__ import annotations

from dataclasses import dataclass

from collegium.enquire.drivers.tree import Tree
from collegium.enquire.errors import NotFound
from collegium.enquire.models import DriverVersion, Enquiry

MOST_VERSIONS = 100


@dataclass(frozen=True, slots=True)
class Version:
    """How a diagram stands, or stood; number 0 is before anything was drawn."""

    number: int
    tree: Tree


def get_newest(enquiry: Enquiry) -> Version:
    """Return how the diagram stands."""
    row = DriverVersion.objects.filter(enquiry=enquiry).order_by("-number").first()
    return Version(row.number, Tree.load(row.nodes)) if row else Version(0, Tree())


def get_version(enquiry: Enquiry, number: int) -> Version:
    """Return how the diagram stood; NotFound where there is no such version."""
    if number == 0:
        return Version(0, Tree())
    row = DriverVersion.objects.filter(enquiry=enquiry, number=number).first()
    if row is None:
        raise NotFound
    return Version(row.number, Tree.load(row.nodes))


def list_versions(enquiry: Enquiry) -> list[DriverVersion]:
    """Return what was changed when and by whom, the newest first, without the boxes."""
    rows = DriverVersion.objects.filter(enquiry=enquiry).select_related("made_by").defer("nodes")
    return list(rows.order_by("-number")[:MOST_VERSIONS])
