"""Opening a vote, and voting."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from django import forms
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext_lazy as _

from collegium.base import time
from collegium.base.errors import sentence
from collegium.decide.enums import Method
from collegium.decide.errors import Conflict, Invalid
from collegium.decide.forms.matters import area
from collegium.decide.marking import HIGHEST_SCORE, REASON_LIMIT, Marks
from collegium.decide.methods import TIMES, Shape, way_of
from collegium.decide.models import Norms, Option, Poll, Proposal
from collegium.decide.services.matters import QUESTION_LIMIT
from collegium.decide.services.polls import FINEST, MOST_OPTIONS
from collegium.listen.forms.pulses import CLOSING_HOUR, MomentField

USUAL_DAYS = 7
SHARE = re.compile(r"(?P<part>[0-9]{1,4}) ?(?:/ ?(?P<of>[0-9]{1,4})|%)")


def default_closing() -> dt.datetime:
    """Return a week from today, in the afternoon."""
    day = time.today() + dt.timedelta(days=USUAL_DAYS)
    return dt.datetime.combine(day, CLOSING_HOUR, tzinfo=get_current_timezone())


class OpeningForm(forms.Form):
    """All that is chosen about a vote by one method; fields that the method does not use are not there."""

    question = forms.CharField(label=_("What is voted on?"), max_length=QUESTION_LIMIT)
    proposal = forms.ChoiceField(label=_("Which proposal?"), widget=forms.RadioSelect)
    options = forms.CharField(
        label=_("Options, one on each line"),
        widget=area(6),
        help_text=_("At most %(most)s. For projects, what each costs after a semicolon: Bicycle stand; 1200")
        % {"most": MOST_OPTIONS},
    )
    closes_at = MomentField(label=_("Closes"), help_text=_("It closes by itself, and is counted then."))
    is_secret = forms.BooleanField(
        label=_("Secret"),
        required=False,
        help_text=_(
            "Nothing that is kept leads from a ballot to its voter, and results are hidden until it closes. It cannot "
            "be made open later, and a ballot cannot be changed. At least six people must be able to vote."
        ),
    )
    quorum_percent = forms.IntegerField(
        label=_("Quorum, in percent of those who may vote"), min_value=0, max_value=100, initial=0
    )
    needed = forms.CharField(
        label=_("Share that is needed"),
        max_length=12,
        initial="2/3",
        help_text=_("A fraction such as 2/3, or in percent such as 60%. It is counted exactly."),
    )
    places = forms.IntegerField(label=_("How many can win?"), min_value=1, max_value=MOST_OPTIONS, initial=1)
    most = forms.IntegerField(label=_("Most on a ballot"), min_value=1, max_value=MOST_OPTIONS, required=False)
    highest = forms.IntegerField(label=_("Highest score"), min_value=1, max_value=HIGHEST_SCORE, initial=5)
    budget = forms.IntegerField(label=_("Budget"), min_value=0)

    def __init__(
        self, *args: Any, method: Method, proposals: Sequence[Proposal], norms: Norms | None, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self._method, self._proposals = method, {str(each.id): each for each in proposals}
        way = way_of(method)
        is_of_proposal = way.shape is Shape.POSITION
        used = {"question", "closes_at", *way.settings, "proposal" if is_of_proposal else "options"}
        used |= {"is_secret"} if way.may_be_secret else set()
        for name in set(self.fields) - used:
            del self.fields[name]
        if is_of_proposal:
            self.fields["proposal"].choices = [(key, each.title) for key, each in self._proposals.items()]  # type: ignore[attr-defined]
        if "quorum_percent" in self.fields and norms is not None:
            self.fields["quorum_percent"].initial = norms.quorum_percent
        if method is Method.DOTS:
            most = self.fields["most"]
            most.label, most.required, most.initial = _("How many dots has each?"), True, 5

    def clean_proposal(self) -> Proposal:
        """Return the proposal."""
        return self._proposals[self.cleaned_data["proposal"]]

    def clean_needed(self) -> Fraction:
        """Return the share; a qualified majority is more than a simple one."""
        needed = _read_share(self.cleaned_data["needed"])
        if needed is None or (self._method is Method.QUALIFIED and needed <= Fraction(1, 2)):
            raise forms.ValidationError(sentence(Invalid("vote_needed")))
        return needed

    def clean_options(self) -> list[tuple[str, int | None]]:
        """Return titles, with what each costs where projects are chosen."""
        lines = [line.strip() for line in self.cleaned_data["options"].splitlines() if line.strip()]
        if self._method is not Method.BUDGET:
            return [(line, None) for line in lines]
        return [_read_cost(line) for line in lines]


def _read_share(text: str) -> Fraction | None:
    """Return a share of at most one that is written as a fraction or in percent; None where it is neither."""
    found = SHARE.fullmatch(text.strip())
    if found is None:
        return None
    part, of = int(found["part"]), int(found["of"] or 100)
    return Fraction(part, of) if 0 < part <= of <= FINEST else None


def _read_cost(line: str) -> tuple[str, int | None]:
    title, _semicolon, cost = line.rpartition(";")
    digits = cost.replace(" ", "").replace("\u00a0", "")
    if not title or not digits.isascii() or not digits.isdigit() or len(digits) > 12:
        raise forms.ValidationError(sentence(Invalid("vote_costs", title=title.strip() or line)))
    return title.strip(), int(digits)


class BallotForm(forms.Form):
    """A ballot, as the method has it. `seen` is how many options stood when the page was opened."""

    reason = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=REASON_LIMIT,
        widget=area(3),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput())

    def __init__(
        self, *args: Any, poll: Poll, options: Sequence[Option], own: Marks | None = None, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self._shape, self._number = way_of(poll.method).shape, len(options)
        self._standing = [option for option in options if option.withdrawn_at is None]
        self.fields["seen"].initial = len(self._standing)
        _ADD[self._shape](self, poll, own)
        if self._shape is not Shape.POSITION:
            self.fields["abstain"] = forms.BooleanField(
                label=_("I abstain"), required=False, help_text=_("It counts for the quorum and chooses nothing.")
            )
        if poll.is_secret:
            self.fields["reason"].help_text = _(
                "Shown without your name, cut from your ballot, and only if at least five people write "
                "something. You may "
                "be recognised by what you write."
            )
            self.fields["reason"].max_length = 1000  # type: ignore[attr-defined]
        self.order_fields([name for name in self.fields if name not in ("reason", "abstain")] + ["abstain", "reason"])

    def marks(self) -> Marks:
        """Return what is on the ballot; Conflict where an option was withdrawn meanwhile, Invalid where it is empty."""
        if self.cleaned_data["seen"] != len(self._standing):
            raise Conflict("ballot_withdrawn")
        if self._shape is Shape.POSITION:
            return str(self.cleaned_data["position"])
        marks: list[int | None] = [None] * self._number
        if not self.cleaned_data["abstain"]:
            for option in self._standing:
                marks[option.position - 1] = self._mark_of(option)
            if not any(mark for mark in marks):
                raise Invalid("ballot_empty")
        return marks

    def _mark_of(self, option: Option) -> int | None:
        if self._shape is Shape.CHOICES:
            return 1 if str(option.position) in self.cleaned_data["choices"] else None
        mark = self.cleaned_data[f"mark_{option.position}"]
        return None if mark in (None, "") else int(mark)

    def add_position(self, poll: Poll, own: Marks | None) -> None:
        """Let one position be chosen."""
        self.fields["position"] = forms.ChoiceField(
            label=_("Where do you stand?"),
            choices=way_of(poll.method).positions,
            widget=forms.RadioSelect,
            initial=own if isinstance(own, str) else None,
        )

    def add_choices(self, poll: Poll, own: Marks | None) -> None:
        """Let any number of options be ticked."""
        self.fields["choices"] = forms.MultipleChoiceField(
            label=_("Which would you choose?"),
            choices=[(str(option.position), _with_cost(option)) for option in self._standing],
            widget=forms.CheckboxSelectMultiple,
            required=False,
            initial=[str(at + 1) for at, mark in enumerate(own) if mark] if isinstance(own, list) else None,
            help_text=_("At most %(most)s.") % {"most": poll.most} if poll.most else "",
        )

    def add_numbers(self, poll: Poll, own: Marks | None) -> None:
        """Let each option have a number."""
        is_rank = self._shape is Shape.RANKS
        highest = len(self._standing) if is_rank else poll.most if poll.method == Method.DOTS else poll.highest
        for option in self._standing:
            self.fields[f"mark_{option.position}"] = forms.IntegerField(
                label=option.title,
                required=False,
                min_value=1 if is_rank else 0,
                max_value=self._number if is_rank else highest,
                initial=own[option.position - 1] if isinstance(own, list) else None,
            )

    def add_times(self, poll: Poll, own: Marks | None) -> None:  # noqa: ARG002 all are called alike
        """Let each option suit, suit if need be, or not."""
        for option in self._standing:
            self.fields[f"mark_{option.position}"] = forms.ChoiceField(
                label=option.title,
                required=False,
                choices=[(str(value), label) for value, label in TIMES],
                widget=forms.RadioSelect,
                initial=_written(own[option.position - 1]) if isinstance(own, list) else None,
            )


_ADD = {
    Shape.POSITION: BallotForm.add_position,
    Shape.CHOICES: BallotForm.add_choices,
    Shape.NUMBERS: BallotForm.add_numbers,
    Shape.RANKS: BallotForm.add_numbers,
    Shape.TIMES: BallotForm.add_times,
}


def _with_cost(option: Option) -> str:
    return f"{option.title} ({option.cost:,})" if option.cost else option.title


def _written(mark: int | None) -> str | None:
    return None if mark is None else str(mark)
