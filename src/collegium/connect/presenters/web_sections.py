"""The sections of a report, for the page of a unit and for the report of a file alike."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from collegium.connect.presenters.web_matrix import Matrix, present_matrix
from collegium.connect.report_words import Line, name_parts, write_line
from collegium.connect.reporting.figures import LayerReport, Section
from collegium.connect.section_words import SECTION_TITLES, say_of_section


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionBlock:
    """A section of the page: what it says in a sentence, its figures, and who turns to whom between groups."""

    key: str
    title: str
    sentence: str
    lines: tuple[Line, ...]
    more: tuple[Line, ...]
    before: str
    cares: tuple[str, ...]
    matrix: Matrix | None
    groups_left_out: int  # where there are too many for a table here
    links: tuple[str, ...]


def present_section(
    section: Section, layer: LayerReport, *, k: int, before: str = "", most_groups: int = 0
) -> SectionBlock:
    """Return a section in words; of more than `most_groups` (0: however many) there is no table."""
    between = section.between
    is_long = between is not None and 0 < most_groups < len(between.parts)
    lines = [write_line(figure, k=k) for figure in section]
    return SectionBlock(
        key=section.key,
        title=str(SECTION_TITLES[section.key]),
        sentence=say_of_section(section, layer, k),
        lines=tuple(line for line in lines if line.is_main),
        more=tuple(line for line in lines if not line.is_main),
        before=before if any(line.before for line in lines) else "",
        cares=tuple(dict.fromkeys(care for line in lines for care in line.cares)),
        matrix=present_matrix(between) if between and not is_long else None,
        groups_left_out=len(between.parts) if between and is_long else 0,
        links=tuple(
            _("Somebody of %(first)s in %(second)s, or the other way round.")
            % {"first": name_parts(link.first), "second": name_parts(link.second)}
            for link in section.links
        ),
    )
