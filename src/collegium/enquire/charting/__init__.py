"""From numbers over time to a chart with its sentence: for the pages of the room and for the command line. No
tables."""
