"""What each page shows: one frozen record a page, from queries and policies; templates see nothing else."""
