"""What may be said of ties: arrays in, one report and its maps out.

Pure: no Django, no clock, no names of people. The pages of Connect and `collegium network report` show this and nothing
else. Groups of fewer than k are put together before anything is counted between groups.
"""

from collegium.connect.reporting.figures import Figure, GroupTies, Headline, LayerReport, Report, Section
from collegium.connect.reporting.maps import GroupMap, PeopleMap, draw_groups, draw_people
from collegium.connect.reporting.marks import Said, say_of_marks
from collegium.connect.reporting.report import compare_reports, make_report
from collegium.connect.reporting.seen import Seen
from collegium.connect.reporting.web import Layer, Rules, Web, make_web

__all__ = [
    "Figure",
    "GroupMap",
    "GroupTies",
    "Headline",
    "Layer",
    "LayerReport",
    "PeopleMap",
    "Report",
    "Rules",
    "Said",
    "Section",
    "Seen",
    "Web",
    "compare_reports",
    "draw_groups",
    "draw_people",
    "make_report",
    "make_web",
    "say_of_marks",
]
