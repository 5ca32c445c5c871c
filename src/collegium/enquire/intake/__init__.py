"""Tables of numbers from a spreadsheet: read, looked at for what is about single pupils, and their columns guessed.

No tables of the database; nothing that is read here is kept longer than the request it came with.
"""
