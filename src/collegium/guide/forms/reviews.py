"""Opening a review, judging, and writing down what was agreed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext_lazy as _

from collegium.base import time
from collegium.guide.reviews import Claim, Definition
from collegium.guide.services.agreeing import HIGHEST_WEIGHT, LOWEST_WEIGHT, TEXT_LIMIT
from collegium.guide.services.opening_reviews import ABOUT_LIMIT
from collegium.listen.forms.pulses import CLOSING_HOUR, MomentField

USUAL_DAYS = 14
CANNOT = "-"
Choices = Sequence[tuple[str, Any]]


def default_closing() -> dt.datetime:
    """Return two weeks from today, in the afternoon."""
    day = time.today() + dt.timedelta(days=USUAL_DAYS)
    return dt.datetime.combine(day, CLOSING_HOUR, tzinfo=get_current_timezone())


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class OpenForm(forms.Form):
    """Who judges, until when, and whether the schools do it too."""

    about = forms.CharField(
        label=_("What in particular is it about?"),
        required=False,
        max_length=ABOUT_LIMIT,
        help_text=_("Such as the change that you plan. Leave it empty where it is about all that you do."),
    )
    whom = forms.ChoiceField(
        label=_("Who judges?"),
        widget=forms.RadioSelect,
        help_text=_("At least six, so that nobody can be told by what they say. Who is asked is written down now."),
    )
    closes_at = MomentField(
        label=_("Judge until"), help_text=_("It closes by itself. Then everybody sees the spread, and you talk.")
    )
    in_schools = forms.BooleanField(
        label=_("Let every school do it too"),
        required=False,
        help_text=_(
            "Each school gets a review of its own, for everybody who works there. What it finds stays with the school, "
            "unless the school shares what it agreed."
        ),
    )

    def __init__(self, *args: Any, whom: Choices, has_schools: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["whom"].choices = list(whom)  # type: ignore[attr-defined]
        if not has_schools:
            del self.fields["in_schools"]


def _levels_of(claim: Claim) -> list[tuple[str, Any]]:
    return [
        (each.key, format_html("<strong>{}</strong> {}", each.title, each.text)) for each in claim.descriptors
    ]  # fmt: skip


class JudgeForm(forms.Form):
    """A level for each claim, or that one cannot tell."""

    def __init__(self, *args: Any, definition: Definition, **options: Any) -> None:
        super().__init__(*args, **options)
        self._definition = definition
        for claim in definition.claims:
            self.fields[claim.key] = forms.ChoiceField(
                label=_("%(title)s: where are we?") % {"title": claim.title},
                choices=[*_levels_of(claim), (CANNOT, _("I cannot tell from where I stand"))],
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose one, or say that you cannot tell.")},
            )

    def levels(self) -> dict[str, str]:
        """Return the level of each claim of which somebody can tell."""
        chosen = {claim.key: self.cleaned_data[claim.key] for claim in self._definition.claims}
        return {key: level for key, level in chosen.items() if level != CANNOT}


class AgreeForm(forms.Form):
    """What people agreed on one claim."""

    level = forms.ChoiceField(label=_("What do we agree on?"), widget=forms.RadioSelect)
    why = forms.CharField(
        label=_("What speaks for it"),
        required=False,
        max_length=TEXT_LIMIT,
        widget=_area(4),
        help_text=_("What you saw and said. Needed where you could not agree: between what you could not."),
    )

    def __init__(self, *args: Any, claim: Claim, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [*_levels_of(claim), (CANNOT, _("We could not agree"))]
        self.fields["level"].choices = choices  # type: ignore[attr-defined]

    def clean_level(self) -> str:
        """Return the level, empty where there is none."""
        level: str = self.cleaned_data["level"]
        return "" if level == CANNOT else level


class DissentForm(forms.Form):
    """What somebody has against it, in their own words."""

    text = forms.CharField(
        label=_("What I see differently"),
        required=False,
        max_length=TEXT_LIMIT,
        widget=_area(5),
        help_text=_("It stands under your name beside what was agreed. Leave it empty to take it back."),
    )


class FinishForm(forms.Form):
    """Whether an alliance may count what a school agreed."""

    is_shared = forms.BooleanField(
        label=_("Let the alliance count what we agreed"),
        required=False,
        help_text=_(
            "It then sees on which level how many schools agreed. Where few schools share, it may guess which."
        ),
    )

    def __init__(self, *args: Any, is_part: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not is_part:
            del self.fields["is_shared"]


class WeightsForm(forms.Form):
    """What each claim weighs, and why."""

    reason = forms.CharField(
        label=_("Why these weights"),
        max_length=TEXT_LIMIT,
        widget=_area(4),
        help_text=_("Everybody who reads the review sees it, with the day."),
    )

    def __init__(self, *args: Any, definition: Definition, weights: Mapping[str, int], **options: Any) -> None:
        super().__init__(*args, **options)
        self._keys = [claim.key for claim in definition.weighed]
        for claim in definition.weighed:
            self.fields[f"weight_{claim.key}"] = forms.IntegerField(
                label=claim.title,
                min_value=LOWEST_WEIGHT,
                max_value=HIGHEST_WEIGHT,
                initial=weights.get(claim.key, 1),
            )
        self.order_fields([*(f"weight_{key}" for key in self._keys), "reason"])

    def weights(self) -> dict[str, int]:
        """Return the weight of each claim."""
        return {key: self.cleaned_data[f"weight_{key}"] for key in self._keys}


class WhyForm(forms.Form):
    """A reason."""

    why = forms.CharField(
        label=_("Why"), max_length=TEXT_LIMIT, widget=_area(3), help_text=_("Everybody who reads it sees this.")
    )


class BringForm(forms.Form):
    """A file, or its text."""

    file = forms.FileField(label=_("A file of a review (.toml)"), required=False)
    pasted = forms.CharField(
        label=_("Or paste its text"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two."""
        cleaned = super().clean() or {}
        if not cleaned.get("file") and not (cleaned.get("pasted") or "").strip():
            raise forms.ValidationError(_("Choose a file, or paste its text."))
        return cleaned
