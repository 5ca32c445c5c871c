"""How a group stands: moments of the answers, reliability, agreement, estimates, change between waves."""
