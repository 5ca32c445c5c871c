"""Backups: one file that holds everything, whichever database it came from and goes to.

A backup is a zip archive: `manifest.json`, a file of JSON lines for each table, and the uploads. It is read from one
snapshot of the database while the server runs, so all of it is of the same moment. Because rows are kept as values and
not as a database's own files, a backup of SQLite restores into PostgreSQL and the other way round, and one of an older
version is brought up to date on the way in. Who is signed in at the moment is left out.
"""
