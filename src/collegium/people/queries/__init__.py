"""Readings of the room. Each takes who asks and, where it matters, the day it is asked for."""
