"""The addresses of promises, roles and boards."""

from __future__ import annotations

from django.urls import URLPattern, path

from collegium.intend.views import boards, confirming, own_promises, promises, public, roles

PROMISE = "promises/<uuid:promise_id>"

urlpatterns: list[URLPattern] = [
    # promises
    path("u/<slug:slug>/promises/", promises.promise_list, name="promises"),
    path("u/<slug:slug>/promises/add/", promises.promise_add, name="promise_add"),
    path(f"{PROMISE}/", promises.promise, name="promise"),
    path(f"{PROMISE}/make/", promises.promise_make, name="promise_make"),
    path(f"{PROMISE}/reword/", promises.promise_reword, name="promise_reword"),
    path(f"{PROMISE}/renew/", promises.promise_renew, name="promise_renew"),
    path(f"{PROMISE}/release/", promises.promise_release, name="promise_release"),
    path(f"{PROMISE}/second/", promises.promise_second, name="promise_second"),
    path(f"{PROMISE}/owner/", promises.promise_owner, name="promise_owner"),
    path(f"{PROMISE}/note/", promises.promise_note, name="promise_note"),
    path(f"{PROMISE}/check-in/", confirming.promise_check_in, name="promise_check_in"),
    path(f"{PROMISE}/ask/", confirming.promise_ask, name="promise_ask"),
    path(f"{PROMISE}/confirm/", confirming.promise_confirm, name="promise_confirm"),
    # the public board, for those who keep it
    path("u/<slug:slug>/board/", boards.board, name="board"),
    path("u/<slug:slug>/board/change/", boards.board_change, name="board_change"),
    path("u/<slug:slug>/board/poster/", boards.board_poster, name="board_poster"),
    path("u/<slug:slug>/board/put/<uuid:promise_id>/", boards.board_put, name="board_put"),
    path("u/<slug:slug>/board/<uuid:board_entry_id>/reword/", boards.board_reword, name="board_reword"),
    path("u/<slug:slug>/board/<uuid:board_entry_id>/take-off/", boards.board_take_off, name="board_take_off"),
    path("u/<slug:slug>/board/<uuid:board_entry_id>/up/", boards.board_up, name="board_up"),
    path("me/board/<uuid:board_entry_id>/name/", boards.my_board_name, name="my_board_name"),
    # roles in groups
    path("u/<slug:slug>/work-roles/", roles.work_roles, name="work_roles"),
    path("groups/<uuid:group_id>/work-roles/add/", roles.work_role_add, name="work_role_add"),
    path("work-roles/<uuid:work_role_id>/change/", roles.work_role_change, name="work_role_change"),
    path("work-roles/<uuid:work_role_id>/end/", roles.work_role_end, name="work_role_end"),
    path("work-roles/<uuid:work_role_id>/give/", roles.work_role_give, name="work_role_give"),
    path(
        "work-roles/<uuid:work_role_id>/holders/<uuid:holding_id>/end/",
        roles.work_role_lay_down,
        name="work_role_lay_down",
    ),
    # one's own
    path("me/promises/reminders/", own_promises.my_reminders, name="my_reminders"),
    path("me/promises/calendar/make/", own_promises.my_calendar_make, name="my_calendar_make"),
    path("me/promises/calendar/end/", own_promises.my_calendar_end, name="my_calendar_end"),
    path("calendar/<str:secret>.ics", own_promises.calendar, name="calendar"),
    path("reminders/stop/<str:token>/", own_promises.reminders_stop, name="reminders_stop"),
    # the board, for anybody
    path("board/<slug:address>/", public.public_board, name="public_board"),
    path("board/<slug:address>/frame/", public.public_board_frame, name="public_board_frame"),
    path("board/<slug:address>/feed/", public.public_board_feed, name="public_board_feed"),
]
