"""How large an instrument may be. Beyond these a questionnaire could not be answered, or a file means harm."""

from __future__ import annotations

MOST_BYTES = 512 * 1024
LONGEST_LINE = 6000
MOST_ITEMS = 200
MOST_FACETS = 60
MOST_SCALES = 20
MOST_OPTIONS_OF_SCALE = 11
MOST_OPTIONS = 60
MOST_LANGUAGES = 20
MOST_REFERENTS = 12
MOST_SOURCES = 40
MOST_PROBLEMS = 100
HIGHEST_VERSION = 10_000
# A count is kept for each number that may be answered.
WIDEST_NUMBER = 100
HIGHEST_NUMBER = 1000
HIGHEST_LOWEST = 10

LONGEST_LABEL = 120
LONGEST_TEXT = 300
LONGEST_PASSAGE = 2000
LONGEST_SOURCE = 500
