"""The addresses of the room."""

from __future__ import annotations

from django.urls import URLPattern, path, register_converter

from collegium.intend import promise_urls, value_urls
from collegium.intend.views import alignment, challenges, conversing, line, plans, throughline


class ThingKind:
    """Matches the kinds of things that have a text and a standing."""

    regex = "visions|intents|challenges"

    def to_python(self, value: str) -> str:
        """Return it as it is."""
        return value

    def to_url(self, value: str) -> str:
        """Return it as it is."""
        return value


register_converter(ThingKind, "thing_kind")

app_name = "intend"

urlpatterns: list[URLPattern] = [
    # where a unit is going
    path("u/<slug:slug>/intend/", line.unit_intend, name="unit_intend"),
    path("u/<slug:slug>/intend/visions/write/", line.vision_write, name="vision_write"),
    path("u/<slug:slug>/intend/visions/<uuid:vision_id>/", line.vision, name="vision"),
    path("u/<slug:slug>/intend/intents/write/", line.intent_write, name="intent_write"),
    path("u/<slug:slug>/intend/intents/<uuid:intent_id>/", line.intent, name="intent"),
    path("u/<slug:slug>/intend/intents/<uuid:intent_id>/arrange/", line.intent_arrange, name="intent_arrange"),
    path(
        "u/<slug:slug>/intend/<thing_kind:thing_kind>/<uuid:thing_id>/history/",
        line.thing_history,
        name="thing_history",
    ),
    path(
        "u/<slug:slug>/intend/<thing_kind:thing_kind>/<uuid:thing_id>/reword/", line.thing_reword, name="thing_reword"
    ),
    path(
        "u/<slug:slug>/intend/<thing_kind:thing_kind>/<uuid:thing_id>/publish/",
        line.thing_publish,
        name="thing_publish",
    ),
    path(
        "u/<slug:slug>/intend/<thing_kind:thing_kind>/<uuid:thing_id>/withdraw/",
        line.thing_withdraw,
        name="thing_withdraw",
    ),
    # what is said around it
    path("u/<slug:slug>/intend/conversations/add/", conversing.conversation_add, name="conversation_add"),
    path(
        "u/<slug:slug>/intend/conversations/<uuid:conversation_id>/withdraw/",
        conversing.conversation_withdraw,
        name="conversation_withdraw",
    ),
    path("u/<slug:slug>/intend/intents/<uuid:intent_id>/otherwise/", conversing.dissent_add, name="dissent_add"),
    path(
        "u/<slug:slug>/intend/intents/<uuid:intent_id>/otherwise/<uuid:dissent_id>/withdraw/",
        conversing.dissent_withdraw,
        name="dissent_withdraw",
    ),
    path(
        "u/<slug:slug>/intend/intents/<uuid:intent_id>/otherwise/<uuid:dissent_id>/answer/",
        conversing.dissent_answer,
        name="dissent_answer",
    ),
    path("u/<slug:slug>/intend/intents/<uuid:intent_id>/serve/", conversing.link_add, name="link_add"),
    path(
        "u/<slug:slug>/intend/intents/<uuid:intent_id>/serve/<uuid:link_id>/end/", conversing.link_end, name="link_end"
    ),
    # the throughline
    path("u/<slug:slug>/intend/throughline/", throughline.throughline, name="throughline"),
    path("u/<slug:slug>/intend/throughline/table/", throughline.throughline_table, name="throughline_table"),
    path("u/<slug:slug>/intend/throughline/line.<slug:form>", throughline.throughline_file, name="throughline_file"),
    path("u/<slug:slug>/intend/plans/", plans.plan_start, name="plan_start"),
    path("u/<slug:slug>/intend/plans/template.<slug:form>", plans.plan_template, name="plan_template"),
    path("u/<slug:slug>/intend/plans/<uuid:plan_id>/", plans.plan, name="plan"),
    path("u/<slug:slug>/intend/plans/<uuid:plan_id>/apply/", plans.plan_apply, name="plan_apply"),
    path("u/<slug:slug>/intend/plans/<uuid:plan_id>/discard/", plans.plan_discard, name="plan_discard"),
    path("u/<slug:slug>/intend/points/add/", throughline.point_add, name="point_add"),
    path("u/<slug:slug>/intend/points/<uuid:point_id>/", throughline.point, name="point"),
    path("u/<slug:slug>/intend/points/<uuid:point_id>/change/", throughline.point_change, name="point_change"),
    path("u/<slug:slug>/intend/points/<uuid:point_id>/withdraw/", throughline.point_withdraw, name="point_withdraw"),
    path("u/<slug:slug>/intend/alignment/", alignment.alignment, name="alignment"),
    # challenges
    path("u/<slug:slug>/intend/challenges/write/", challenges.challenge_write, name="challenge_write"),
    path("u/<slug:slug>/intend/challenges/<uuid:challenge_id>/", challenges.challenge, name="challenge"),
    path(
        "u/<slug:slug>/intend/challenges/<uuid:challenge_id>/arrange/",
        challenges.challenge_arrange,
        name="challenge_arrange",
    ),
    path(
        "u/<slug:slug>/intend/challenges/<uuid:challenge_id>/owner/",
        challenges.challenge_owner,
        {"is_second": False},
        name="challenge_owner",
    ),
    path(
        "u/<slug:slug>/intend/challenges/<uuid:challenge_id>/second-owner/",
        challenges.challenge_owner,
        {"is_second": True},
        name="challenge_second_owner",
    ),
    path("u/<slug:slug>/intend/challenges/<uuid:challenge_id>/cite/", challenges.challenge_cite, name="challenge_cite"),
    path(
        "u/<slug:slug>/intend/challenges/<uuid:challenge_id>/cite/<uuid:citation_id>/withdraw/",
        challenges.citation_withdraw,
        name="citation_withdraw",
    ),
    path(
        "u/<slug:slug>/intend/challenges/<uuid:challenge_id>/check/", challenges.challenge_check, name="challenge_check"
    ),
    path(
        "u/<slug:slug>/intend/challenges/<uuid:challenge_id>/start/", challenges.challenge_start, name="challenge_start"
    ),
    path(
        "u/<slug:slug>/intend/challenges/<uuid:challenge_id>/close/", challenges.challenge_close, name="challenge_close"
    ),
    path("u/<slug:slug>/intend/challenges/<uuid:challenge_id>/sign/", challenges.challenge_sign, name="challenge_sign"),
    *promise_urls.urlpatterns,
    *value_urls.urlpatterns,
]
