"""The tables of the room. Every row belongs to one community; accounts alone stand outside."""

from collegium.people.models.accounts import Account
from collegium.people.models.groups import Group, GroupMembership
from collegium.people.models.persons import ExternalId, Person, Post, Strength
from collegium.people.models.rosters import ColumnMapping, RosterChange, RosterImport
from collegium.people.models.tokens import ApiToken
from collegium.people.models.units import Community, Unit, UnitRole, UnitTie

__all__ = [
    "Account",
    "ApiToken",
    "ColumnMapping",
    "Community",
    "ExternalId",
    "Group",
    "GroupMembership",
    "Person",
    "Post",
    "RosterChange",
    "RosterImport",
    "Strength",
    "Unit",
    "UnitRole",
    "UnitTie",
]
