"""From the sheets of a closed pulse to what everybody may see: worked out once, and kept as it was shown."""
