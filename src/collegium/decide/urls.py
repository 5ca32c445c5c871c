"""The addresses of the room."""

from __future__ import annotations

from django.urls import URLPattern, path

from collegium.decide.views import (
    draws,
    ideas,
    importing,
    matters,
    meetings,
    norms,
    outcomes,
    parts,
    polls,
    proposals,
    public,
)

app_name = "decide"

urlpatterns: list[URLPattern] = [
    # what a unit decides, and how
    path("u/<slug:slug>/decide/", matters.unit_decide, name="unit_decide"),
    path("u/<slug:slug>/decide/ask/", matters.matter_add, name="matter_add"),
    path("u/<slug:slug>/decide/how/", norms.norms, name="norms"),
    path("u/<slug:slug>/decide/how/write/", norms.norms_write, name="norms_write"),
    path("u/<slug:slug>/decide/whose/", norms.rights, name="rights"),
    path("u/<slug:slug>/decide/whose/add/", norms.right_add, name="right_add"),
    path("u/<slug:slug>/decide/whose/<uuid:right_id>/change/", norms.right_change, name="right_change"),
    path("u/<slug:slug>/decide/whose/<uuid:right_id>/withdraw/", norms.right_withdraw, name="right_withdraw"),
    path("u/<slug:slug>/decide/whose/<uuid:right_id>/move-down/", norms.right_move, name="right_move"),
    path("u/<slug:slug>/decide/bring/", importing.bring, name="bring"),
    path("u/<slug:slug>/decide/bring/keep/", importing.bring_keep, name="bring_keep"),
    # meetings
    path("u/<slug:slug>/decide/meetings/", meetings.meetings, name="meetings"),
    path("u/<slug:slug>/decide/meetings/add/", meetings.meeting_add, name="meeting_add"),
    path("decide/meeting/<uuid:meeting_id>/", meetings.meeting, name="meeting"),
    path("decide/meeting/<uuid:meeting_id>/meeting.ics", meetings.meeting_file, name="meeting_file"),
    path("decide/meeting/<uuid:meeting_id>/change/", meetings.meeting_change, name="meeting_change"),
    path("decide/meeting/<uuid:meeting_id>/call-off/", meetings.meeting_call_off, name="meeting_call_off"),
    path("decide/meeting/<uuid:meeting_id>/agenda/", meetings.meeting_agenda, name="meeting_agenda"),
    path("decide/meeting/<uuid:meeting_id>/minutes/", meetings.meeting_minutes, name="meeting_minutes"),
    path("decide/meeting/<uuid:meeting_id>/decided/", meetings.meeting_decided, name="meeting_decided"),
    # a matter
    path("decide/<uuid:matter_id>/", matters.matter, name="matter"),
    path("decide/<uuid:matter_id>/change/", matters.matter_change, name="matter_change"),
    path("decide/<uuid:matter_id>/public/", public.matter_public, name="matter_public"),
    path("decided/<uuid:matter_id>/", public.public, name="public"),
    path("decide/<uuid:matter_id>/stage/", matters.matter_stage, name="matter_stage"),
    path("decide/<uuid:matter_id>/close/", matters.matter_close, name="matter_close"),
    path("decide/<uuid:matter_id>/who/person/", parts.part_add_person, name="part_add_person"),
    path("decide/<uuid:matter_id>/who/many/", parts.part_add_many, name="part_add_many"),
    path("decide/<uuid:matter_id>/who/<uuid:part_id>/remove/", parts.part_remove, name="part_remove"),
    # people drawn by lot
    path("decide/<uuid:matter_id>/draw/", draws.draw_announce, name="draw_announce"),
    path("decide/draw/<uuid:draw_id>/", draws.draw, name="draw"),
    path("decide/draw/<uuid:draw_id>/list/", draws.draw_list, name="draw_list"),
    path("decide/draw/<uuid:draw_id>/do/", draws.draw_do, name="draw_do"),
    path("decide/draw/<uuid:draw_id>/pass-on/<uuid:entry_id>/", draws.draw_pass_on, name="draw_pass_on"),
    # votes
    path("decide/<uuid:matter_id>/vote/", polls.poll_add, name="poll_add"),
    path("decide/vote/<uuid:poll_id>/", polls.poll, name="poll"),
    path("decide/vote/<uuid:poll_id>/ballots.csv", polls.poll_csv, name="poll_csv"),
    path("decide/vote/<uuid:poll_id>/stop/", polls.poll_stop, name="poll_stop"),
    path("decide/vote/<uuid:poll_id>/objection/", polls.objection, name="objection"),
    path("decide/vote/<uuid:poll_id>/<uuid:option_id>/withdraw/", polls.option_withdraw, name="option_withdraw"),
    # being heard, and what came of it
    path("decide/<uuid:matter_id>/heard/", outcomes.heard, name="heard"),
    path("decide/<uuid:matter_id>/heard/<uuid:theme_id>/answer/", outcomes.theme_answer, name="theme_answer"),
    path("decide/<uuid:matter_id>/otherwise/", outcomes.dissent, name="dissent"),
    path("decide/<uuid:matter_id>/outcome/", outcomes.publish, name="publish"),
    path("decide/<uuid:matter_id>/known/", outcomes.told, name="told"),
    path("decide/<uuid:matter_id>/review/", outcomes.review, name="review"),
    # ideas
    path("decide/<uuid:matter_id>/idea/", ideas.idea_say, name="idea_say"),
    path("decide/<uuid:matter_id>/ideas/propose/", ideas.propose_from_ideas, name="propose_from_ideas"),
    path("decide/idea/<uuid:idea_id>/mark/", ideas.idea_mark, name="idea_mark"),
    path("decide/idea/<uuid:idea_id>/aside/", ideas.idea_withdraw, name="idea_withdraw"),
    # proposals
    path("decide/<uuid:matter_id>/propose/", proposals.propose, name="propose"),
    path("decide/proposal/<uuid:proposal_id>/", proposals.proposal, name="proposal"),
    path("decide/proposal/<uuid:proposal_id>/amend/", proposals.proposal_amend, name="proposal_amend"),
    path("decide/proposal/<uuid:proposal_id>/withdraw/", proposals.proposal_withdraw, name="proposal_withdraw"),
]
