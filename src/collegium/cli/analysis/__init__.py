"""`collegium analyse` in steps: files, questions, counts, groups, what may be shown, and the folder it is written to.

Needs no database. Django is only asked to draw the report.
"""
