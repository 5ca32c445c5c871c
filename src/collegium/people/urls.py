"""Addresses of the room."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from collegium.people.views import groups, persons, rosters, staff_changes, start, trail, unit_changes, units

app_name = "people"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", start.home, name="home"),
    path("community/", start.switch_community, name="switch_community"),
    # oneself and others
    path("me/", persons.my_part, name="my_part"),
    path("me/strengths/", persons.my_strengths, name="my_strengths"),
    path("me/data/", persons.my_data, name="my_data"),
    path("me/data/export/", persons.my_export, name="my_export"),
    path("me/data/erase/", persons.my_erasure, name="my_erasure"),
    path("people/<uuid:person_id>/", persons.person, name="person"),
    path("people/<uuid:person_id>/name/", persons.person_name, name="person_name"),
    # units
    path("units/", units.unit_list, name="unit_list"),
    path("u/<slug:slug>/", units.unit_home, name="unit_home"),
    path("u/<slug:slug>/people/", units.unit_people, name="unit_people"),
    path("u/<slug:slug>/people/over-time/", units.unit_over_time, name="unit_over_time"),
    path("u/<slug:slug>/organisation/", units.unit_organisation, name="unit_organisation"),
    path("u/<slug:slug>/looking-after/", units.unit_roles, name="unit_roles"),
    path("u/<slug:slug>/groups/", groups.unit_groups, name="unit_groups"),
    path("u/<slug:slug>/trail/", trail.unit_audit, name="unit_audit"),
    path("u/<slug:slug>/trail/export/", trail.unit_audit_export, name="unit_audit_export"),
    path("u/<slug:slug>/trail/<uuid:event_id>/undo/", trail.ending_undo, name="ending_undo"),
    # what stewards change
    path("u/<slug:slug>/rename/", unit_changes.unit_rename, name="unit_rename"),
    path("u/<slug:slug>/end/", unit_changes.unit_end, name="unit_end"),
    path("u/<slug:slug>/units/add/", unit_changes.unit_add, name="unit_add"),
    path("u/<slug:slug>/ties/add/", unit_changes.tie_add, name="tie_add"),
    path("u/<slug:slug>/ties/<uuid:tie_id>/", unit_changes.tie_change, name="tie_change"),
    path("u/<slug:slug>/ties/<uuid:tie_id>/end/", unit_changes.tie_end, name="tie_end"),
    path("u/<slug:slug>/people/add/", staff_changes.person_add, name="person_add"),
    path("u/<slug:slug>/posts/add/", staff_changes.post_add, name="post_add"),
    path("u/<slug:slug>/posts/<uuid:post_id>/title/", staff_changes.post_title, name="post_title"),
    path("u/<slug:slug>/posts/<uuid:post_id>/end/", staff_changes.post_end, name="post_end"),
    path("u/<slug:slug>/roles/give/", staff_changes.role_give, name="role_give"),
    path("u/<slug:slug>/roles/<uuid:role_id>/end/", staff_changes.role_end, name="role_end"),
    # groups
    path("u/<slug:slug>/groups/add/", groups.group_add, name="group_add"),
    path("groups/<uuid:group_id>/", groups.group, name="group"),
    path("groups/<uuid:group_id>/change/", groups.group_change, name="group_change"),
    path("groups/<uuid:group_id>/end/", groups.group_end, name="group_end"),
    path("groups/<uuid:group_id>/members/add/", groups.member_add, name="member_add"),
    path("groups/<uuid:group_id>/members/<uuid:membership_id>/", groups.member_role, name="member_role"),
    path("groups/<uuid:group_id>/members/<uuid:membership_id>/end/", groups.member_end, name="member_end"),
    # rosters
    path("u/<slug:slug>/rosters/", rosters.roster_start, name="roster_start"),
    path("u/<slug:slug>/rosters/export/", rosters.roster_export, name="roster_export"),
    path("u/<slug:slug>/rosters/<uuid:import_id>/", rosters.roster, name="roster"),
    path("u/<slug:slug>/rosters/<uuid:import_id>/progress/", rosters.roster_progress, name="roster_progress"),
    path("u/<slug:slug>/rosters/<uuid:import_id>/columns/", rosters.roster_columns, name="roster_columns"),
    path("u/<slug:slug>/rosters/<uuid:import_id>/apply/", rosters.roster_apply, name="roster_apply"),
    path("u/<slug:slug>/rosters/<uuid:import_id>/again/", rosters.roster_again, name="roster_again"),
    path("u/<slug:slug>/rosters/<uuid:import_id>/discard/", rosters.roster_discard, name="roster_discard"),
    path("u/<slug:slug>/rosters/<uuid:import_id>/undo/", rosters.roster_undo, name="roster_undo"),
    path("u/<slug:slug>/rosters/<uuid:import_id>/lines.csv", rosters.roster_lines, name="roster_lines"),
]
