"""How a unit begins: where trust stands, what the guidance says, what was chosen, and the steps of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collegium.base import time
from collegium.base.own_part import Section
from collegium.base.panels import Panel, PanelContent, Sentence
from collegium.intend import path_words as words
from collegium.intend import policies
from collegium.intend.enums import StepKind
from collegium.intend.models import Intent, TrustPath, TrustStep, Vision
from collegium.intend.presenters.tabs import TabLink, tabs_of
from collegium.intend.queries import paths
from collegium.intend.queries.paths import Guidance, Plan, Revisited
from collegium.intend.trusting import ENOUGH, RULE, Evidence, Reason, Suggested
from collegium.people.actors import Actor
from collegium.people.enums import UnitKind
from collegium.people.places import Place
from collegium.people.presenters.forms import FormPage
from collegium.people.presenters.frame import UnitFrame, frame_of


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustNow:
    """Where trust stands, and what follows from it."""

    value: float | None
    interval: tuple[float, float] | None
    n: int | None
    sentence: str
    result_url: str
    is_hidden: bool
    title: str
    meaning: str
    reason: str
    rule: str
    enough: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TextRow:
    """A published text that a step revisits."""

    kind: str
    title: str
    url: str
    state: str
    is_settled: bool
    learned: str
    stands_because: str
    reopen_url: str
    reword_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRow:
    """One step of the plan."""

    number: int
    title: str
    meaning: str
    link_url: str
    link_text: str
    owner: str
    second: str
    due_on: dt.date | None
    is_overdue: bool
    done_on: dt.date | None
    learned: str
    is_current: bool
    lacks_owner: bool
    lacks_second: bool
    owner_left: bool
    texts: tuple[TextRow, ...]
    plan_url: str
    done_url: str
    undo_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The path that a unit is on."""

    title: str
    chosen_on: dt.date
    chosen_by: str
    why: str
    is_otherwise: bool
    suggested: str
    then: str
    steps: tuple[StepRow, ...]
    labels: tuple[str, ...]
    current: int
    is_done: bool
    leave_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftRow:
    """A path that a unit was on before."""

    title: str
    chosen_on: dt.date
    left_on: dt.date
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BeginningPage:
    """How a unit begins."""

    unit: UnitFrame
    tabs: tuple[TabLink, ...]
    trust: TrustNow
    chosen: Chosen | None
    left: tuple[LeftRow, ...]
    choose_url: str


def address(name: str, place: Place, *args: Any) -> str:
    """Return an address of this part of the room."""
    return reverse(f"intend:{name}", args=[place.slug, *args])


def present_beginning(actor: Actor, place: Place) -> BeginningPage:
    """Return how a unit begins, as its people see it."""
    plan = paths.read_plan(place)
    can_keep = place.as_of == time.today() and policies.can_keep(actor, place)
    guidance = paths.read_guidance(actor, place)
    return BeginningPage(
        unit=frame_of(actor, place),
        tabs=tabs_of(actor, place, "beginning"),
        trust=_trust(place, guidance),
        chosen=_chosen(actor, place, plan, can_keep=can_keep, is_hidden=guidance.is_hidden) if plan else None,
        left=tuple(_left(path) for path in paths.list_left(place)),
        choose_url=address("beginning_choose", place) if can_keep and plan is None else "",
    )


def _trust(place: Place, guidance: Guidance) -> TrustNow:
    evidence, suggestion = guidance.evidence, guidance.suggestion
    shown = bool(words.write_trust(evidence))
    interval = None
    if shown and evidence is not None and evidence.low is not None and evidence.high is not None:
        interval = (evidence.low, evidence.high)
    reason = words.write_suggestion(suggestion.reason, place.name)
    if guidance.is_hidden:
        reason = _(
            "There is a result about trust, and it is for those who were asked and those who look after the unit."
        )
    return TrustNow(
        value=evidence.mean if shown and evidence else None,
        interval=interval,
        n=evidence.n if shown and evidence else None,
        sentence=guidance.source,
        result_url=reverse("listen:result", args=[place.slug, guidance.pulse_id]) if guidance.pulse_id else "",
        is_hidden=guidance.is_hidden,
        title=str(words.TITLES[suggestion.path.value]),
        meaning=str(words.MEANINGS[suggestion.path.value]),
        reason=reason,
        rule=RULE,
        enough=ENOUGH,
    )


def _chosen(actor: Actor, place: Place, plan: Plan, *, can_keep: bool, is_hidden: bool) -> Chosen:
    path, current = plan.path, plan.current
    rows = tuple(_step(actor, place, plan, step, can_keep=can_keep) for step in plan.steps)
    return Chosen(
        title=str(words.TITLES[path.path]),
        chosen_on=localtime(path.chosen_at).date(),
        chosen_by=path.chosen_by.full_name if path.chosen_by and path.chosen_by.erased_at is None else "",
        why=path.why,
        is_otherwise=not is_hidden and path.suggested not in (path.path, Suggested.UNKNOWN),
        suggested=str(words.TITLES[path.suggested]),
        then="" if is_hidden else _then(path),
        steps=rows,
        labels=tuple(row.title for row in rows),
        current=current.place if current else len(rows) + 1,
        is_done=current is None,
        leave_url=address("beginning_leave", place) if can_keep else "",
    )


def _then(path: TrustPath) -> str:
    """Say what the choice rested on: the figures of the day as they were published."""
    kept = path.evidence
    if kept.get("mean") is None:
        return str(words.write_suggestion(Reason(kept["reason"]), path.unit.name)) if kept.get("reason") else ""
    evidence = Evidence(
        closed_on=dt.date.fromisoformat(kept["closed_on"]),
        n=kept["n"],
        mean=kept["mean"],
        low=kept["low"],
        high=kept["high"],
    )
    return _("Trust stood at %(trust)s in “%(source)s”.") % {
        "trust": words.write_trust(evidence),
        "source": kept["source"],
    }


def _step(actor: Actor, place: Place, plan: Plan, step: TrustStep, *, can_keep: bool) -> StepRow:
    title, meaning = words.STEPS[step.kind]
    link_url, link_text = _link(place, step)
    is_current = plan.current is not None and plan.current.id == step.id
    can_do = place.as_of == time.today() and policies.can_do_step(actor, place, (step.owner_id, step.second_id))
    is_last_done = step.done_on is not None and (plan.current is None or plan.current.place == step.place + 1)
    is_last_done = is_last_done and (plan.current is not None or step.place == len(plan.steps))
    return StepRow(
        number=step.place,
        title=str(title),
        meaning=str(meaning),
        link_url=link_url,
        link_text=link_text,
        owner=_name(step.owner, plan, is_open=step.done_on is None),
        second=_name(step.second, plan, is_open=step.done_on is None),
        due_on=step.due_on,
        is_overdue=step.done_on is None and step.due_on is not None and step.due_on < place.as_of,
        done_on=step.done_on,
        learned=step.learned,
        is_current=is_current,
        lacks_owner=plan.lacks_owner(step),
        lacks_second=plan.lacks_second(step),
        owner_left=step.done_on is None and step.owner_id is not None and plan.lacks_owner(step),
        texts=tuple(_text(place, step, each, can_keep=can_keep) for each in _texts(step, is_current=is_current)),
        plan_url=address("step_plan", place, step.id) if can_keep and step.done_on is None else "",
        done_url=address("step_done", place, step.id) if can_do and is_current else "",
        undo_url=address("step_undo", place, step.id) if can_do and is_last_done else "",
    )


def _name(person: Any, plan: Plan, *, is_open: bool) -> str:
    """Return who is named; of those who have left, only what they have done stays theirs."""
    if person is None or person.erased_at is not None or (is_open and person.id not in plan.here):
        return ""
    return str(person.full_name)


def _texts(step: TrustStep, *, is_current: bool) -> list[Revisited]:
    is_open = is_current or step.done_on is not None
    return paths.list_revisited(step) if is_open and step.kind == StepKind.REVISIT else []


def _text(place: Place, step: TrustStep, each: Revisited, *, can_keep: bool) -> TextRow:
    state = _("not looked at again yet")
    if each.is_reworded:
        state = _("reworded with what was learned")
    elif each.revisit is not None and each.revisit.stands_because:
        state = _("stands as it is")
    elif each.revisit is not None:
        state = _("opened again, and not reworded yet")
    is_open = can_keep and step.done_on is None
    waits = each.revisit is not None and not each.is_settled
    return TextRow(
        kind=_("Vision") if each.is_vision else _("Intent"),
        title=each.row.title,
        url=text_url(place, each.row),
        state=state,
        is_settled=each.is_settled,
        learned=each.revisit.learned if each.revisit else "",
        stands_because=each.revisit.stands_because if each.revisit else "",
        reopen_url=address("step_revisit", place, step.id, each.row.text_id) if is_open else "",
        reword_url=reword_url(place, each.row) if is_open and waits else "",
    )


def text_url(place: Place, row: Vision | Intent) -> str:
    """Return the page of a vision or an intent."""
    return address("vision" if isinstance(row, Vision) else "intent", place, row.id)


def reword_url(place: Place, row: Vision | Intent) -> str:
    """Return the page on which a vision or an intent is reworded."""
    return address("thing_reword", place, "visions" if isinstance(row, Vision) else "intents", row.id)


def _link(place: Place, step: TrustStep) -> tuple[str, str]:
    if step.kind in (StepKind.TRUST, StepKind.USE):
        return reverse("listen:unit_listen", args=[place.slug]), _("What people said")
    return address("unit_intend", place), _("Where we are going")


def _left(path: TrustPath) -> LeftRow:
    return LeftRow(
        title=str(words.TITLES[path.path]),
        chosen_on=localtime(path.chosen_at).date(),
        left_on=localtime(path.left_at).date() if path.left_at else localtime(path.chosen_at).date(),
        because=path.left_because,
    )


def form_page(place: Place, **texts: Any) -> FormPage:
    """Return what stands around a form of this part."""
    return FormPage(
        kicker=place.name,
        home_url=reverse("people:unit_home", args=[place.slug]),
        home_title=place.name,
        back_url=address("unit_beginning", place),
        back_title=_("How we begin"),
        **texts,
    )


# --- on the home of a unit --------------------------------------------------------------------------------------------
def build_beginning(actor: Actor, place: Place, day: dt.date) -> PanelContent | None:
    """Say how a unit begins and what comes next; offer it to those who could choose."""
    if place.kind == UnitKind.TEAM or day != time.today() or not policies.can_view_path(actor, place):
        return None
    plan = paths.read_plan(place)
    url = address("unit_beginning", place)
    if plan is None:
        if not policies.can_keep(actor, place):
            return None
        trust = _trust(place, paths.read_guidance(actor, place))
        open_choice = (Sentence(f"{trust.title}. {trust.reason}", url),)
        return PanelContent("intend/panels/beginning.html", {"trust": trust, "choose_url": url}, url, open_choice)
    step = _step(actor, place, plan, plan.current, can_keep=False) if plan.current else None
    title = str(words.TITLES[plan.path.path])
    context = {"title": title, "step": step, "of": len(plan.steps)}
    numbered = {"number": step.number, "of": len(plan.steps), "step": step.title} if step else {}
    at = _("Step %(number)s of %(of)s: %(step)s.") % numbered if step else _("All steps are taken.")
    return PanelContent("intend/panels/beginning.html", context, url, (Sentence(f"{title}. {at}", url),))


PANELS = (Panel("intend.beginning", gettext_lazy("How we begin"), 19, build_beginning),)


# --- on "My part" -----------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True, kw_only=True)
class OwnStep:
    """A step that the reader sees to, or would if its owner could not."""

    title: str
    unit_name: str
    due_on: dt.date | None
    is_owner: bool
    url: str


def build_own_steps(actor: Actor) -> PanelContent | None:
    """Say which steps the reader sees to; nothing for those who see to none."""
    steps = [
        OwnStep(
            title=str(words.STEPS[step.kind][0]),
            unit_name=step.path.unit.name,
            due_on=step.due_on,
            is_owner=step.owner_id == actor.person_id,
            url=reverse("intend:unit_beginning", args=[step.path.unit.slug]),
        )
        for step in paths.list_own_steps(actor)
    ]
    said = tuple(Sentence(f"{step.title} ({step.unit_name})", step.url) for step in steps if step.is_owner)
    return PanelContent("intend/panels/own_steps.html", {"steps": steps}, sentences=said) if steps else None


SECTIONS = (Section("intend.steps", gettext_lazy("Steps you see to"), 55, build_own_steps),)
