"""The addresses of what people value, and of how a unit begins."""

from __future__ import annotations

from django.urls import URLPattern, path

from collegium.intend.views import mindscapes, paths, values

urlpatterns: list[URLPattern] = [
    # what one values, and what a circle says together
    path("me/values/", mindscapes.my_values, name="my_values"),
    path("me/values/write/", mindscapes.my_value_write, name="my_value_write"),
    path("me/values/<uuid:mindscape_id>/change/", mindscapes.my_value_change, name="my_value_change"),
    path("me/values/<uuid:mindscape_id>/share/", mindscapes.my_value_share, name="my_value_share"),
    path("me/values/<uuid:mindscape_id>/take-back/", mindscapes.my_value_take_back, name="my_value_take_back"),
    path("me/values/<uuid:mindscape_id>/delete/", mindscapes.my_value_delete, name="my_value_delete"),
    path("values/<uuid:circle_id>/", mindscapes.circle, name="circle"),
    path("values/<uuid:circle_id>/see-so/<uuid:shared_id>/", mindscapes.circle_echo, name="circle_echo"),
    path("values/<uuid:circle_id>/statement/", values.statement, name="values_statement"),
    path("values/<uuid:circle_id>/statement/word/", values.statement_word, name="values_word"),
    path("values/<uuid:circle_id>/statement/sign/", values.statement_sign, name="values_sign"),
    path(
        "values/<uuid:circle_id>/statement/take-name-off/", values.statement_take_name_off, name="values_take_name_off"
    ),
    path("u/<slug:slug>/intend/values/", values.unit_values, name="unit_values"),
    # how a unit begins
    path("u/<slug:slug>/intend/beginning/", paths.unit_beginning, name="unit_beginning"),
    path("u/<slug:slug>/intend/beginning/choose/", paths.beginning_choose, name="beginning_choose"),
    path("u/<slug:slug>/intend/beginning/leave/", paths.beginning_leave, name="beginning_leave"),
    path("u/<slug:slug>/intend/beginning/<uuid:step_id>/plan/", paths.step_plan, name="step_plan"),
    path("u/<slug:slug>/intend/beginning/<uuid:step_id>/done/", paths.step_done, name="step_done"),
    path("u/<slug:slug>/intend/beginning/<uuid:step_id>/undo/", paths.step_undo, name="step_undo"),
    path(
        "u/<slug:slug>/intend/beginning/<uuid:step_id>/revisit/<uuid:text_id>/", paths.step_revisit, name="step_revisit"
    ),
]
