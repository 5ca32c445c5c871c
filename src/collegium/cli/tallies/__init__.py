"""What `collegium tally` prints."""
