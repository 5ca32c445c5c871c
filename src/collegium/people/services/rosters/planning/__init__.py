"""What an import would do: a pure comparison of what a roster says with what is there. No database, no clock."""

from collegium.people.services.rosters.planning.planner import Planner

__all__ = ["Planner"]
