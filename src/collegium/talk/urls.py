"""The addresses of the room."""

from __future__ import annotations

from django.urls import URLPattern, path

from collegium.talk.views import moderation, threads, writing

app_name = "talk"

urlpatterns: list[URLPattern] = [
    path("talk/about/<slug:kind>/<uuid:subject_id>/", threads.thread, name="thread"),
    path("talk/about/<slug:kind>/<uuid:subject_id>/write/", writing.write, name="write"),
    path("talk/<uuid:comment_id>/", threads.comment, name="comment"),
    path("talk/<uuid:comment_id>/before/", threads.history, name="history"),
    path("talk/<uuid:comment_id>/change/", writing.edit, name="edit"),
    path("talk/<uuid:comment_id>/withdraw/", writing.withdraw, name="withdraw"),
    path("talk/<uuid:comment_id>/react/", writing.react, name="react"),
    path("talk/<uuid:comment_id>/take-out/", moderation.hide, name="hide"),
    path("talk/<uuid:comment_id>/look-again/", moderation.appeal, name="appeal"),
    path("talk/<uuid:comment_id>/look-again/answer/", moderation.appeal_answer, name="appeal_answer"),
    path("talk/files/<uuid:attachment_id>/", threads.attachment, name="attachment"),
    path("me/mentions/<uuid:mention_id>/seen/", writing.mention_seen, name="mention_seen"),
]
