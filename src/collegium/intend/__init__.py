"""From what a unit values to what somebody promised, in one line of sight."""
