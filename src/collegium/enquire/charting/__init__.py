"""From numbers over time to a chart with its sentence: for the pages of the room and for the command line.

Only `series` knows tables: it reads the points of a measure that were found for somebody.
"""
