"""Who turns to whom: how a staff holds together, who links it, and what breaks when someone leaves."""
