"""How a group chooses: ballots in, tallies out, each by rules that are written down before anybody votes."""
