"""Geometry of the charts: pure functions from figures to drawings. Templates turn drawings into SVG.

Along the page a drawing uses percentages, so that a chart fits any width without scaling its text; up and down it uses
pixels.
"""
