"""People: communities, units, persons, posts, groups, rosters, sign-in, and who may do what."""
