"""Charts on paper and as pictures, from series of a file."""
