"""Driver diagrams: a tree from an aim to what is tried and measured, how it is changed, and how it is drawn."""
