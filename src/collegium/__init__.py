"""Collegium: schools, districts and alliances of schools lead together."""

__version__ = "0.1.0"
