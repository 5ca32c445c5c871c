"""`collegium network`: from a file of ties to the report of a web, without a site or a database."""
