"""What may be shown of anonymous answers: atoms, release decisions, and an audit of what could be worked out."""
