"""Everything that reads in this room, and says whether the reader may."""
