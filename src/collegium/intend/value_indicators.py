"""What can be measured of values: how many of a unit's people have signed what they carry together."""

from __future__ import annotations

import datetime as dt
import uuid

from django.utils.translation import gettext_lazy as _

from collegium.base.indicators import Indicator, Meaning, Reading
from collegium.intend import policies
from collegium.intend.queries import circles, values

NOT_SAID = Reading(value=None)


def _read_signed(unit_id: uuid.UUID, as_of: dt.date) -> Reading:
    statement = values.read_carried(unit_id, as_of)
    # In a very small unit the share would say who has not signed.
    if statement is None or statement.carried_of <= circles.OTHERS:
        return NOT_SAID
    return Reading(value=statement.carried_by / statement.carried_of, n=statement.carried_of)


INDICATORS = (
    Indicator(
        key="intend.values_signed",
        title=_("Have signed our statement of values"),
        unit_of_measure="percent",
        read=_read_signed,
        order=300,
        page="intend:unit_values",
        visible=policies.can_view_values,
        at_home=False,
        meaning=Meaning(
            definition=_("The share of a unit's people who have signed the statement of values that it carries."),
            formula=_("Those who signed, by everybody with a post in the unit, when it was last signed."),
            how_to_read=_("It is above half by definition: a wording that fewer have signed is not carried."),
            how_not_to_read=_("Not signing is no disloyalty. A low share asks for a better wording, not for pressure."),
        ),
    ),
)
