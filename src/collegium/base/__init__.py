"""What every room stands on: errors, ids, time, tenancy, events, jobs, indicators, panels, navigation."""
