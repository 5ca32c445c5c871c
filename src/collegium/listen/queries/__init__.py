"""Readings of the room. Each takes who asks, and says "not found" alike for what is absent and what is not theirs."""
