"""Being heard, publishing what was decided, understanding it, looking at it again."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from collegium.decide import policies
from collegium.decide.enums import Answer, Heard, Verdict
from collegium.decide.forms import outcomes as forms
from collegium.decide.presenters import frame
from collegium.decide.presenters import norms as norms_presenter
from collegium.decide.presenters import outcomes as presenter
from collegium.decide.queries import choosing, matters, polls
from collegium.decide.queries import heard as heard_queries
from collegium.decide.queries import outcomes as queries
from collegium.decide.services import heard as heard_services
from collegium.decide.services import outcomes as services
from collegium.people.views.frame import ActorRequest, answer_form, get_or_post, sent, signed_in


@get_or_post
@signed_in
def heard(request: ActorRequest, matter_id: uuid.UUID) -> HttpResponse:
    """Show what people said that wants an answer; put it into themes."""
    found = matters.get_matter_to_run(request.actor, matter_id)
    request.place = found.place  # type: ignore[attr-defined]
    url = reverse("decide:heard", args=[matter_id])
    themes = {str(each.theme.id): each.theme for each in heard_queries.list_themes(found.matter)}

    def act(cleaned: dict[str, Any]) -> str:
        heard_services.put_into_theme(
            actor=request.actor,
            matter=found.matter,
            standing=found.standing,
            comment_ids=cleaned["comments"],
            theme=themes.get(cleaned["theme"]),
            title=cleaned["title"],
        )
        return url

    form = forms.ThemeForm(
        sent(request),
        comments=presenter.list_comment_choices(found),
        themes=[(key, theme.title) for key, theme in themes.items()],
    )
    texts = {"lede": _("Whoever said something hears what came of it."), "submit": _("Put it there")}
    page = frame.form_of_matter(found, heading=_("Being heard"), **texts)
    extra = {"heard": presenter.present_heard(request.actor, found)}
    return answer_form(
        request, form=form, page=page, act=act, done=_("It is there."), template="decide/heard.html", extra=extra
    )


@get_or_post
@signed_in
def theme_answer(request: ActorRequest, matter_id: uuid.UUID, theme_id: uuid.UUID) -> HttpResponse:
    """Answer a theme."""
    found = matters.get_matter_to_run(request.actor, matter_id)
    theme = heard_queries.get_theme(found.matter, theme_id)
    url = reverse("decide:heard", args=[matter_id])

    def act(cleaned: dict[str, Any]) -> str:
        heard_services.answer_theme(
            actor=request.actor,
            matter=found.matter,
            standing=found.standing,
            theme=theme,
            kind=Answer(cleaned["kind"]),
            answer=cleaned["answer"],
        )
        return url

    page = frame.form_of_matter(
        found,
        heading=_("What came of it?"),
        lede=theme.title,
        submit=_("Answer it"),
        back_url=url,
        back_title=_("Being heard"),
    )
    form = forms.AnswerForm(sent(request), initial={"kind": theme.kind, "answer": theme.answer})
    return answer_form(request, form=form, page=page, act=act, done=_("It is answered."))


@get_or_post
@signed_in
def dissent(request: ActorRequest, matter_id: uuid.UUID) -> HttpResponse:
    """Say what one sees otherwise."""
    found = matters.get_matter_for(request.actor, matter_id)
    policies.check_can_speak(request.actor, found.place, found.matter.stage, found.standing)
    own = heard_queries.get_own_dissent(request.actor, found.matter)

    def act(cleaned: dict[str, Any]) -> str:
        heard_services.dissent(actor=request.actor, matter=found.matter, standing=found.standing, **cleaned)
        return frame.address_of(found.matter)

    page = frame.form_of_matter(
        found,
        heading=_("I see it otherwise"),
        lede=_("To carry a decision together does not mean to agree with it. What you see otherwise stays on record."),
        submit=_("Keep it"),
    )
    form = forms.DissentForm(sent(request), initial={"text": own.text if own else ""})
    return answer_form(request, form=form, page=page, act=act, done=_("It is kept."))


@get_or_post
@signed_in
def publish(request: ActorRequest, matter_id: uuid.UUID) -> HttpResponse:
    """Publish what was decided."""
    found = matters.get_matter_to_run(request.actor, matter_id)
    request.place = found.place  # type: ignore[attr-defined]
    people = choosing.list_facilitators(found.matter, found.place)
    steps = forms.StepFormSet(sent(request), form_kwargs={"people": people}, prefix="steps")
    moves_to = norms_presenter.say_where_to(found)
    form = forms.OutcomeForm(sent(request), polls=polls.list_closed(found.matter), moves_to=moves_to)
    if request.method == "POST" and not steps.is_valid():
        form.add_error(None, _("Look at the steps again: each needs who, what and by when."))

    def act(cleaned: dict[str, Any]) -> str:
        said = [services.Step(**each) for each in (one.step for one in steps.forms) if each is not None]
        services.publish(
            actor=request.actor,
            matter=found.matter,
            standing=found.standing,
            words=services.Words(**cleaned, steps=said),
        )
        return frame.address_of(found.matter)

    page = frame.form_of_matter(
        found, heading=_("Publish what was decided"), lede=found.matter.question, submit=_("Publish and send it")
    )
    done = _("It is published, and goes to everybody whom it affects.")
    return answer_form(
        request, form=form, page=page, act=act, done=done, template="decide/publish.html", extra={"steps": steps}
    )


@get_or_post
@signed_in
def told(request: ActorRequest, matter_id: uuid.UUID) -> HttpResponse:
    """Say that one knows and understands what was decided, or ask."""
    found, own = queries.get_told_for(request.actor, matter_id)
    request.place = found.place  # type: ignore[attr-defined]

    def act(cleaned: dict[str, Any]) -> str:
        services.say_heard(actor=request.actor, told=own, state=Heard(cleaned["state"]), question=cleaned["question"])
        return frame.address_of(found.matter)

    page = frame.form_of_matter(
        found,
        heading=_("Do you know and understand it?"),
        lede=_("It does not mean that you agree. Those who facilitate read a question, and answer it."),
        submit=_("Say so"),
    )
    form = forms.HeardForm(sent(request), initial={"state": own.state, "question": own.question})
    return answer_form(request, form=form, page=page, act=act, done=_("Thank you."))


@get_or_post
@signed_in
def review(request: ActorRequest, matter_id: uuid.UUID) -> HttpResponse:
    """Say what was found when a decision was looked at again."""
    found = matters.get_matter_to_run(request.actor, matter_id)
    request.place = found.place  # type: ignore[attr-defined]
    outcome = queries.get_latest(found.matter)

    def act(cleaned: dict[str, Any]) -> str:
        services.review(
            actor=request.actor,
            matter=found.matter,
            standing=found.standing,
            verdict=Verdict(cleaned["verdict"]),
            found=cleaned["found"],
        )
        return frame.address_of(found.matter)

    page = frame.form_of_matter(
        found,
        heading=_("Look at it again"),
        lede=outcome.stop_if and _("You said that this would make you stop: %(words)s") % {"words": outcome.stop_if},
        submit=_("Say what was found"),
    )
    form = forms.ReviewForm(sent(request))
    return answer_form(request, form=form, page=page, act=act, done=_("The review is on record."))
