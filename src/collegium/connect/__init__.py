"""Connect: who turns to whom, what holds a staff together, and what breaks when someone leaves."""
