"""The addresses of the room."""

from __future__ import annotations

from django.urls import URLPattern, path

from collegium.connect.views import answering, exports, imports, own_ties, surveys, webs

app_name = "connect"

urlpatterns: list[URLPattern] = [
    # opening and following a tie survey
    path("u/<slug:slug>/connect/surveys/", surveys.wave_list, name="waves"),
    path("u/<slug:slug>/connect/surveys/open/", surveys.wave_add, name="wave_add"),
    path("u/<slug:slug>/connect/surveys/<uuid:survey_id>/", surveys.wave, name="wave"),
    path("u/<slug:slug>/connect/surveys/<uuid:survey_id>/opening/", surveys.wave_opening, name="wave_opening"),
    path("u/<slug:slug>/connect/surveys/<uuid:survey_id>/stop/", surveys.wave_stop, name="wave_stop"),
    # answering
    path("connect/<uuid:survey_id>/", answering.answer, name="answer"),
    path("connect/<uuid:survey_id>/<int:number>/", answering.answer_question, name="answer_question"),
    path("connect/<uuid:survey_id>/<int:number>/people/", answering.answer_people, name="answer_people"),
    path("connect/<uuid:survey_id>/hand-in/", answering.answer_review, name="answer_review"),
    path("connect/<uuid:survey_id>/thanks/", answering.answer_thanks, name="answer_thanks"),
    # my ties
    path("me/ties/", own_ties.my_ties, name="my_ties"),
    path("me/ties/mark/", own_ties.my_mark, name="my_mark"),
    path("me/ties/name/colleague/", own_ties.my_name_colleague, name="my_name_colleague"),
    path("me/ties/name/unit/", own_ties.my_name_unit, name="my_name_unit"),
    path("me/ties/name/<uuid:permission_id>/hide/", own_ties.my_name_hide, name="my_name_hide"),
    path("me/ties/one/<uuid:said_id>/withdraw/", own_ties.my_tie_withdraw, name="my_tie_withdraw"),
    path("me/ties/<uuid:survey_id>/withdraw/", own_ties.my_ties_withdraw, name="my_ties_withdraw"),
    # files in and out
    path("u/<slug:slug>/connect/files/", imports.import_start, name="import_start"),
    path("u/<slug:slug>/connect/files/<uuid:tie_import_id>/", imports.import_, name="import"),
    path("u/<slug:slug>/connect/files/<uuid:tie_import_id>/progress/", imports.import_progress, name="import_progress"),
    path("u/<slug:slug>/connect/files/<uuid:tie_import_id>/apply/", imports.import_apply, name="import_apply"),
    path("u/<slug:slug>/connect/files/<uuid:tie_import_id>/again/", imports.import_again, name="import_again"),
    path("u/<slug:slug>/connect/files/<uuid:tie_import_id>/discard/", imports.import_discard, name="import_discard"),
    path("u/<slug:slug>/connect/files/<uuid:tie_import_id>/undo/", imports.import_undo, name="import_undo"),
    path("u/<slug:slug>/connect/files/<uuid:tie_import_id>/lines.csv", imports.import_lines, name="import_lines"),
    path("u/<slug:slug>/connect/<uuid:wave_id>/files/", exports.web_export, name="web_export"),
    # what it says
    path("u/<slug:slug>/connect/", webs.unit_connect, name="unit_connect"),
    path("u/<slug:slug>/connect/<uuid:wave_id>/", webs.web, name="web"),
    path("u/<slug:slug>/connect/<uuid:wave_id>/map/", webs.web_map, name="web_map"),
    path("u/<slug:slug>/connect/<uuid:wave_id>/map.json", webs.web_data, name="web_data"),
    path("u/<slug:slug>/connect/<uuid:wave_id>/map.svg", webs.web_svg, name="web_svg"),
    path("u/<slug:slug>/connect/<uuid:wave_id>/words/", webs.web_words, name="web_words"),
    path("u/<slug:slug>/connect/<uuid:wave_id>/leaving/", webs.web_leaving, name="web_leaving"),
    path("u/<slug:slug>/connect/<uuid:wave_id>/what-if/", webs.web_scenario, name="web_scenario"),
]
