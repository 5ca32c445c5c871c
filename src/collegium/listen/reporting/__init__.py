"""What a page may show of answers: moments and atoms in, released figures out.

Pure: no Django, no clock, no rows. The web's result pages and `collegium analyse` show this and nothing else.
"""

from collegium.listen.reporting.changes import ChangeReport, Moved, compare_waves
from collegium.listen.reporting.comparing import GroupComparison, Standing, compare_groups
from collegium.listen.reporting.levels import LevelDifference, compare_levels
from collegium.listen.reporting.reliability import FacetReliability, report_reliability
from collegium.listen.reporting.survey import Rules, Survey, make_survey
from collegium.listen.reporting.views import Agreement, FacetReport, ItemReport, ViewReport, favours_of, report_view

__all__ = [
    "Agreement",
    "ChangeReport",
    "FacetReliability",
    "FacetReport",
    "GroupComparison",
    "ItemReport",
    "LevelDifference",
    "Moved",
    "Rules",
    "Standing",
    "Survey",
    "ViewReport",
    "compare_groups",
    "compare_levels",
    "compare_waves",
    "favours_of",
    "make_survey",
    "report_reliability",
    "report_view",
]
