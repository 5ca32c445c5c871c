"""What may be shown of ties: from plain arrays to one report, without the web."""
