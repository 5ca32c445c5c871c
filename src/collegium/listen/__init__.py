"""Listen: short pulses and fuller surveys, anonymous by construction, with honest statistics."""
