"""The forms of the room. They read what was typed; services decide whether it can be done."""
