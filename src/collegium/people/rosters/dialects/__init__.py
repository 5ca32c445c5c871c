"""One module for each family of formats; each turns recognised tables into what a `Collector` gathers."""
