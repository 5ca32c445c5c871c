"""Improvement: whether a measure taken again and again has changed, and what many results add up to."""
