"""The addresses of the room."""

from __future__ import annotations

from django.urls import URLPattern, path

from collegium.enquire.views import calendars, cycles, enquiries, grid, imports, measures

app_name = "enquire"

urlpatterns: list[URLPattern] = [
    path("u/<slug:slug>/enquire/", enquiries.unit_enquire, name="unit_enquire"),
    path("u/<slug:slug>/enquire/begin/", enquiries.enquiry_add, name="enquiry_add"),
    path("u/<slug:slug>/enquire/calendar/", calendars.calendar, name="calendar"),
    path("u/<slug:slug>/enquire/calendar/change/", calendars.calendar_change, name="calendar_change"),
    path("enquire/<uuid:enquiry_id>/", enquiries.enquiry, name="enquiry"),
    path("enquire/<uuid:enquiry_id>/change/", enquiries.enquiry_change, name="enquiry_change"),
    path("enquire/<uuid:enquiry_id>/close/", enquiries.enquiry_close, name="enquiry_close"),
    path("enquire/<uuid:enquiry_id>/move/", enquiries.enquiry_move, name="enquiry_move"),
    path("enquire/<uuid:enquiry_id>/stages/<slug:stage>/write/", enquiries.note_add, name="note_add"),
    path("enquire/<uuid:enquiry_id>/cycles/add/", cycles.cycle_add, name="cycle_add"),
    path("enquire/<uuid:enquiry_id>/cycles/<uuid:cycle_id>/change/", cycles.cycle_change, name="cycle_change"),
    path("enquire/<uuid:enquiry_id>/cycles/<uuid:cycle_id>/study/", cycles.cycle_study, name="cycle_study"),
    path("enquire/<uuid:enquiry_id>/enter/", grid.points_enter, name="points_enter"),
    path("enquire/<uuid:enquiry_id>/import/", imports.points_import, name="points_import"),
    path("enquire/<uuid:enquiry_id>/import/<uuid:point_import_id>/undo/", imports.import_undo, name="import_undo"),
    path("enquire/<uuid:enquiry_id>/numbers.<slug:form>", imports.points_export, name="points_export"),
    path("enquire/<uuid:enquiry_id>/measures/add/", measures.measure_add, name="measure_add"),
    path("enquire/<uuid:enquiry_id>/measures/<uuid:measure_id>/", measures.measure, name="measure"),
    path("enquire/<uuid:enquiry_id>/measures/<uuid:measure_id>/enter/", measures.point_add, name="point_add"),
    path(
        "enquire/<uuid:enquiry_id>/measures/<uuid:measure_id>/baseline/",
        measures.measure_baseline,
        name="measure_baseline",
    ),
]
