"""The throughline as a typed graph: its rules, its gaps, who has a line, and how it is drawn. Pure: no Django."""
