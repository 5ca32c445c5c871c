"""What all of it adds up to, and the next sensible moves, with reasons."""
