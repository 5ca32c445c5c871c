"""Where a school, or many, find out what works: enquiries, measures, charts, cycles."""
