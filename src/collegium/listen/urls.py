"""The addresses of this room."""

from __future__ import annotations

from django.urls import URLPattern, path

from collegium.listen.views import answering, instruments, pulses, results, slips
from collegium.listen.views import instrument_editor as editor

app_name = "listen"
urlpatterns: list[URLPattern] = [
    # instruments
    path("u/<slug:slug>/listen/questionnaires/", instruments.instrument_list, name="instruments"),
    path("u/<slug:slug>/listen/questionnaires/bring-in/", instruments.instrument_import, name="instrument_import"),
    path("u/<slug:slug>/listen/questionnaires/<slug:key>/", instruments.instrument, name="instrument"),
    path("u/<slug:slug>/listen/questionnaires/<slug:key>/file/", instruments.instrument_file, name="instrument_file"),
    path("u/<slug:slug>/listen/questionnaires/<slug:key>/copy/", instruments.instrument_copy, name="instrument_copy"),
    path(
        "u/<slug:slug>/listen/questionnaires/<slug:key>/discard/",
        instruments.instrument_discard,
        name="instrument_discard",
    ),
    path("u/<slug:slug>/listen/questionnaires/<slug:key>/edit/", editor.instrument_edit, name="instrument_edit"),
    path(
        "u/<slug:slug>/listen/questionnaires/<slug:key>/edit/text/", instruments.instrument_text, name="instrument_text"
    ),
    path("u/<slug:slug>/listen/questionnaires/<slug:key>/edit/head/", editor.instrument_head, name="instrument_head"),
    path(
        "u/<slug:slug>/listen/questionnaires/<slug:key>/edit/add/",
        editor.instrument_item_add,
        name="instrument_item_add",
    ),
    path(
        "u/<slug:slug>/listen/questionnaires/<slug:key>/edit/questions/<slug:item>/",
        editor.instrument_item,
        name="instrument_item",
    ),
    path(
        "u/<slug:slug>/listen/questionnaires/<slug:key>/edit/questions/<slug:item>/step/",
        editor.instrument_item_step,
        name="instrument_item_step",
    ),
    path(
        "u/<slug:slug>/listen/questionnaires/<slug:key>/edit/facets/<slug:facet>/",
        editor.instrument_facet,
        name="instrument_facet",
    ),
    path(
        "u/<slug:slug>/listen/questionnaires/<slug:key>/edit/answers/",
        editor.instrument_scale,
        name="instrument_scale_add",
    ),
    path(
        "u/<slug:slug>/listen/questionnaires/<slug:key>/edit/answers/<slug:scale>/",
        editor.instrument_scale,
        name="instrument_scale",
    ),
    # pulses: preparing, opening, watching
    path("u/<slug:slug>/listen/", pulses.unit_listen, name="unit_listen"),
    path("u/<slug:slug>/listen/open/", pulses.pulse_add, name="pulse_add"),
    path("u/<slug:slug>/listen/<uuid:pulse_id>/change/", pulses.pulse_change, name="pulse_change"),
    path("u/<slug:slug>/listen/<uuid:pulse_id>/discard/", pulses.pulse_discard, name="pulse_discard"),
    path("u/<slug:slug>/listen/<uuid:pulse_id>/preview/", pulses.pulse_preview, name="pulse_preview"),
    path("u/<slug:slug>/listen/<uuid:pulse_id>/opening/", pulses.pulse_opening, name="pulse_opening"),
    path("u/<slug:slug>/listen/<uuid:pulse_id>/watch/", pulses.pulse_watch, name="pulse_watch"),
    path("u/<slug:slug>/listen/<uuid:pulse_id>/naming/", pulses.pulse_naming, name="pulse_naming"),
    path("u/<slug:slug>/listen/series/<uuid:series_id>/end/", pulses.series_end, name="series_end"),
    path("me/asking/", pulses.my_asking, name="my_asking"),
    # answering
    path("a/<str:token>/", answering.answer_by_link, name="answer_by_link"),
    path("listen/<uuid:pulse_id>/answer/", answering.answer, name="answer"),
    path("p/<uuid:pulse_id>/", answering.answer_by_code, name="answer_by_code"),
    path("p/<uuid:pulse_id>/answer/", answering.answer_sheet, name="answer_sheet"),
    path("p/<uuid:pulse_id>/thanks/", answering.answer_thanks, name="answer_thanks"),
    path("u/<slug:slug>/listen/<uuid:pulse_id>/slips/", slips.slips_page, name="slips"),
    path("u/<slug:slug>/listen/<uuid:pulse_id>/poster/", slips.poster, name="poster"),
    # results
    path("listen/how-the-numbers-are-made/", results.formulas, name="formulas"),
    path("u/<slug:slug>/listen/<uuid:pulse_id>/", results.result, name="result"),
    path("u/<slug:slug>/listen/<uuid:pulse_id>/print/", results.result_print, name="result_print"),
    path("u/<slug:slug>/listen/<uuid:pulse_id>/summary/", results.result_summary, name="result_summary"),
    path("u/<slug:slug>/listen/<uuid:pulse_id>/slide/", results.result_slide, name="result_slide"),
    path("u/<slug:slug>/listen/<uuid:pulse_id>/result.csv", results.result_csv, name="result_csv"),
    path("u/<slug:slug>/listen/<uuid:pulse_id>/result.xlsx", results.result_xlsx, name="result_xlsx"),
    path("u/<slug:slug>/listen/<uuid:pulse_id>/sense/", results.sense_page, name="sense"),
    path("u/<slug:slug>/listen/<uuid:pulse_id>/sense/<uuid:note_id>/", results.note_change, name="note_change"),
    path(
        "u/<slug:slug>/listen/<uuid:pulse_id>/comments/<uuid:comment_id>/withhold/",
        results.comment_withhold,
        name="comment_withhold",
    ),
]
