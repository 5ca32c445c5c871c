"""Every page of the house, found by following links through the demo as each of its people, and looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.urls import resolve, reverse
from playwright.sync_api import Browser, Page
from pytest_django.fixtures import Settings

from collegium.base import time
from collegium.people import demo
from collegium.people.services import demo_links
from tests.browser import looking
from tests.browser.conftest import LAUNCH_ARGUMENTS
from tests.security.urls_of_the_house import TABLE

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

TRIES = 3  # addresses of a kind that are tried until one of them is not sent on elsewhere

# --- who finds what ---------------------------------------------------------------------------------------------------
OUTSIDE = {
    "people:home",
    "account_login",
    "account_login_password",
    "account_inactive",
    "socialaccount_login_cancelled",
}
INSIDE = {
    "connect:my_name_colleague",
    "connect:my_ties",
    "connect:unit_connect",
    "connect:waves",
    "listen:my_asking",
    "listen:unit_listen",
    "account_add_passkey",
    "account_add_token",
    "api_reference",
    "account_logout",
    "account_set_password",
    "account_settings",
    "listen:instrument",
    "listen:instruments",
    "people:group",
    "people:my_data",
    "people:my_erasure",
    "people:my_part",
    "people:my_strengths",
    "people:person",
    "people:person_name",
    "people:unit_groups",
    "people:unit_home",
    "people:unit_list",
    "people:unit_organisation",
    "people:unit_over_time",
    "people:unit_people",
    "people:unit_roles",
}
LEADING = INSIDE | {
    "listen:pulse_add",
    "listen:instrument_copy",
    "listen:instrument_import",
    "people:ending_undo",
    "people:group_add",
    "people:member_end",
    "people:person_add",
    "people:post_add",
    "people:role_end",
    "people:role_give",
    "people:roster_start",
    "people:tie_add",
    "people:tie_end",
    "people:unit_add",
    "people:unit_audit",
    "people:unit_end",
    "people:unit_rename",
}
OF_A_SCHOOL = {"connect:my_name_unit"}
ASKING = {"connect:wave_add", "connect:import_start"}
# What an empty house offers to whoever leads one: nothing has been intended, decided or enquired into yet.
BEGINNING = {
    "decide:bring",
    "decide:matter_add",
    "decide:meeting_add",
    "decide:meetings",
    "decide:norms",
    "decide:norms_write",
    "decide:right_add",
    "decide:rights",
    "decide:unit_decide",
    "enquire:calendar",
    "enquire:calendar_change",
    "enquire:enquiry_add",
    "enquire:unit_glance",
    "enquire:unit_ideas",
    "enquire:unit_enquire",
    "guide:indicator",
    "guide:indicators",
    "guide:move",
    "guide:my_digest",
    "guide:review_bring",
    "guide:review_open",
    "guide:reviews",
    "guide:unit_guide",
    "guide:unit_report",
    "intend:alignment",
    "intend:beginning_choose",
    "intend:board_change",
    "intend:challenge_write",
    "intend:conversation_add",
    "intend:my_reminders",
    "intend:my_value_write",
    "intend:my_values",
    "intend:point_add",
    "intend:promise_add",
    "intend:promises",
    "intend:throughline",
    "intend:unit_beginning",
    "intend:unit_intend",
    "intend:unit_values",
    "intend:vision_write",
    "intend:work_role_add",
    "intend:work_roles",
}
# In this order: a page is looked at closely if nobody before saw one of its kind, or if anything on it has a shape that
# no page had before. Those of one school come first, because the same page of an alliance is the longer one.
FOUND = {
    "Signed out": OUTSIDE,
    "Teacher": INSIDE | OF_A_SCHOOL | {"people:member_end"},
    "Team facilitator": LEADING | OF_A_SCHOOL | {"people:post_end", "people:post_title"},
    "Governor": INSIDE | OF_A_SCHOOL,
    "Principal": LEADING
    | OF_A_SCHOOL
    | ASKING
    | BEGINNING
    | {"people:post_end", "people:post_title", "people:tie_change", "account_reauthenticate"},
    "Alliance leader": LEADING
    | ASKING
    | {"people:group_change", "people:group_end", "people:member_add", "people:member_role", "people:tie_change"}
    | {"guide:system"},
}
# Pages that no link leads to, but an address does.
BY_ADDRESS = {
    "Signed out": ["account_inactive", "socialaccount_login_cancelled"],
    "Principal": ["account_reauthenticate"],
}
# Not looked at here, and why.
ELSEWHERE = {
    "health": "answers machines",
    "ready": "answers machines",
    "gallery": "for those who build pages: test_gallery.py",
    "api:api-root": "not there",
    "api:enquiries": "answers programs, as all of these: tests/site/test_api.py",
    "api:indicators": "answers programs",
    "api:measures": "answers programs",
    "api:openapi-json": "answers programs",
    "api:readings": "answers programs",
    "api:readings_csv": "a file",
    "api:units": "answers programs",
    "api:values": "answers programs",
    "api:values_enter": "answers programs",
    "guide:system_svg": "a picture",
    "mfa_login_webauthn": "answers the script of passkeys",
    "account_request_login_code": "sends on to sign-in",
    "account_confirm_login_code": "after asking for a code: test_sign_in.py",
    "openid_connect_login": "an issuer's: test_sign_in.py",
    "openid_connect_callback": "an issuer's: test_sign_in.py",
    "listen:answer": "sends on to the questions",
    "listen:answer_by_code": "with a slip in hand: test_listen_answer.py",
    "listen:answer_by_link": "sends on to the questions",
    "listen:answer_sheet": "with a pulse that is open: test_listen_answer.py",
    "listen:answer_thanks": "after handing in: test_listen_answer.py",
    "listen:poster": "a file",
    "listen:pulse_change": "with a draft, as the next two: test_listen_open.py",
    "listen:pulse_discard": "test_listen_open.py",
    "listen:pulse_preview": "test_listen_open.py",
    "listen:pulse_opening": "part of a page",
    "connect:wave_opening": "part of a page",
    "listen:pulse_naming": "with an open pulse, as the next two: test_listen_open.py",
    "listen:pulse_watch": "test_listen_open.py",
    "listen:series_end": "test_listen_open.py",
    "listen:slips": "with slips to print: test_listen_answer.py",
    "listen:instrument_discard": "with a questionnaire of one's own, as all of these: test_instruments.py",
    "listen:instrument_edit": "test_instruments.py",
    "listen:instrument_facet": "test_instruments.py",
    "listen:instrument_file": "a file",
    "listen:instrument_head": "test_instruments.py",
    "listen:instrument_item": "test_instruments.py",
    "listen:instrument_item_add": "test_instruments.py",
    "listen:instrument_scale": "test_instruments.py",
    "listen:instrument_scale_add": "test_instruments.py",
    "listen:instrument_text": "test_instruments.py",
    "listen:comment_withhold": "with a published result: tests/listen/test_results_pages.py",
    "listen:formulas": "with a published result: tests/listen/test_results_pages.py",
    "listen:note_change": "with a published result: tests/listen/test_results_pages.py",
    "listen:result": "with a published result: test_listen_results.py",
    "listen:result_csv": "a file",
    "listen:result_print": "test_listen_results.py",
    "listen:result_slide": "test_listen_results.py",
    "listen:result_summary": "test_listen_results.py",
    "listen:result_xlsx": "a file",
    "listen:sense": "test_listen_results.py",
    "connect:answer": "with a tie survey that is open, as all of these: test_connect_answer.py",
    "connect:answer_people": "answers the script of the questions",
    "connect:answer_question": "test_connect_answer.py",
    "connect:answer_review": "test_connect_answer.py",
    "connect:answer_thanks": "test_connect_answer.py",
    "connect:my_ties_withdraw": "after handing in: test_connect_answer.py",
    "connect:wave": "test_connect_answer.py",
    "connect:wave_stop": "test_connect_answer.py",
    "connect:import": "with an import under way: tests/connect/test_import_pages.py",
    "connect:import_lines": "a file",
    "connect:import_progress": "part of a page",
    "connect:import_undo": "with an import under way: tests/connect/test_import_pages.py",
    "connect:web": "with a wave that has closed, as all of these: tests/connect/test_web_pages.py",
    "connect:web_data": "answers the script of the map",
    "connect:web_export": "tests/connect/test_exports.py",
    "connect:web_leaving": "tests/connect/test_web_pages.py",
    "connect:web_map": "tests/connect/test_web_pages.py",
    "connect:web_scenario": "tests/connect/test_web_pages.py",
    "connect:web_svg": "a picture",
    "connect:web_words": "tests/connect/test_web_pages.py",
    **dict.fromkeys(
        (
            *("decide:dissent", "decide:draw", "decide:draw_announce", "decide:draw_do", "decide:draw_list"),
            *("decide:draw_pass_on", "decide:heard", "decide:idea_say", "decide:idea_withdraw", "decide:matter"),
            *("decide:matter_change", "decide:matter_close", "decide:matter_public", "decide:matter_stage"),
            *("decide:objection", "decide:option_withdraw", "decide:part_add_many", "decide:part_add_person"),
            *("decide:part_remove", "decide:poll", "decide:poll_add", "decide:poll_stop", "decide:proposal"),
            *("decide:proposal_amend", "decide:proposal_withdraw", "decide:propose", "decide:propose_from_ideas"),
            *("decide:public", "decide:publish", "decide:review", "decide:right_change", "decide:right_move"),
            *("decide:theme_answer", "decide:told"),
        ),
        "with a decision: tests/decide",
    ),
    "decide:meeting": "with a meeting: tests/decide/test_meetings.py",
    "decide:meeting_agenda": "with a meeting: tests/decide/test_meetings.py",
    "decide:meeting_call_off": "with a meeting: tests/decide/test_meetings.py",
    "decide:meeting_change": "with a meeting: tests/decide/test_meetings.py",
    "decide:meeting_decided": "with a meeting: tests/decide/test_meetings.py",
    "decide:meeting_file": "a file",
    "decide:meeting_minutes": "with a meeting: tests/decide/test_meetings.py",
    "decide:poll_csv": "a file",
    "enquire:cycle_add": "with an enquiry: tests/enquire",
    "enquire:cycle_change": "with an enquiry: tests/enquire",
    "enquire:cycle_study": "with an enquiry: tests/enquire",
    "enquire:unit_report": "with an enquiry: tests/enquire",
    "enquire:enquiry": "with an enquiry: tests/enquire",
    "enquire:enquiry_change": "with an enquiry: tests/enquire",
    "enquire:enquiry_close": "with an enquiry: tests/enquire",
    "enquire:measure": "with an enquiry: tests/enquire",
    "enquire:measure_add": "with an enquiry: tests/enquire",
    "enquire:drivers": "with an enquiry: tests/enquire",
    "enquire:drivers_version": "with an enquiry: tests/enquire",
    "enquire:driver_add": "with an enquiry: tests/enquire",
    "enquire:driver_change": "with an enquiry: tests/enquire",
    "enquire:driver_move": "with an enquiry: tests/enquire",
    "enquire:driver_remove": "with an enquiry: tests/enquire",
    "enquire:drivers_svg": "with an enquiry: tests/enquire",
    "enquire:drivers_png": "with an enquiry: tests/enquire",
    "enquire:enquiry_glance": "with an enquiry: tests/enquire",
    "enquire:evidence_files": "with an enquiry: tests/enquire",
    "enquire:evidence_link": "with an enquiry: tests/enquire",
    "enquire:evidence_cite": "with an enquiry: tests/enquire",
    "enquire:evidence_file": "with an enquiry: tests/enquire",
    "enquire:evidence_withdraw": "with an enquiry: tests/enquire",
    "enquire:practice": "with an enquiry: tests/enquire",
    "enquire:practice_file": "with an enquiry: tests/enquire",
    "enquire:practice_change": "with an enquiry: tests/enquire",
    "enquire:help_ask": "with an enquiry: tests/enquire",
    "enquire:progress_set": "with an enquiry: tests/enquire",
    "enquire:idea": "with an enquiry: tests/enquire",
    "enquire:idea_change": "with an enquiry: tests/enquire",
    "enquire:idea_tell": "with an enquiry: tests/enquire",
    "enquire:trial_keep": "with an enquiry: tests/enquire",
    "enquire:trial_pick": "with an enquiry: tests/enquire",
    "enquire:measure_baseline": "with an enquiry: tests/enquire",
    "enquire:note_add": "with an enquiry: tests/enquire",
    "enquire:import_undo": "with an enquiry: tests/enquire",
    "enquire:point_add": "with an enquiry: tests/enquire",
    "enquire:points_enter": "with an enquiry: tests/enquire",
    "enquire:points_export": "a file",
    "enquire:points_import": "with an enquiry: tests/enquire",
    "guide:indicators_file": "a file",
    "guide:unit_report_file": "a file",
    "guide:review_file": "a file",
    "guide:review": "with a review: tests/browser/test_review_pages.py",
    "guide:review_judge": "with a review: tests/browser/test_review_pages.py",
    "guide:review_agree": "with a review: tests/browser/test_review_pages.py",
    "guide:review_dissent": "a form: tests/guide/test_reviews.py",
    "guide:review_finish": "a form: tests/guide/test_reviews.py",
    "guide:review_friend": "a form: tests/guide/test_reviews.py",
    "guide:review_stop": "a form: tests/guide/test_reviews.py",
    "guide:review_weights": "with a review: tests/browser/test_review_pages.py",
    "guide:unit_slide": "one slide of a report: tests/guide/test_report.py",
    "guide:digest_stop": "from a mail: tests/guide/test_digests.py",
    "guide:move_back": "with readings: tests/guide",
    "guide:move_finish": "with readings: tests/guide",
    "intend:beginning_leave": "on a path: tests/intend/test_path_pages.py",
    "intend:board": "with a board: tests/intend/test_board_pages.py",
    "intend:board_poster": "with a board: tests/intend/test_board_pages.py",
    "intend:board_put": "with a board: tests/intend/test_board_pages.py",
    "intend:board_reword": "with a board: tests/intend/test_board_pages.py",
    "intend:board_take_off": "with a board: tests/intend/test_board_pages.py",
    "intend:calendar": "a file",
    "intend:challenge": "with texts of a unit: tests/intend/test_line_pages.py",
    "intend:challenge_arrange": "with texts of a unit: tests/intend/test_line_pages.py",
    "intend:challenge_check": "with texts of a unit: tests/intend/test_line_pages.py",
    "intend:challenge_cite": "with texts of a unit: tests/intend/test_line_pages.py",
    "intend:challenge_close": "with texts of a unit: tests/intend/test_line_pages.py",
    "intend:challenge_owner": "with texts of a unit: tests/intend/test_line_pages.py",
    "intend:challenge_second_owner": "with texts of a unit: tests/intend/test_line_pages.py",
    "intend:challenge_start": "with texts of a unit: tests/intend/test_line_pages.py",
    "intend:circle": "with statements: tests/intend/test_value_pages.py",
    "intend:citation_withdraw": "with texts of a unit: tests/intend/test_line_pages.py",
    "intend:conversation_withdraw": "with texts of a unit: tests/intend/test_line_pages.py",
    "intend:dissent_add": "with texts of a unit: tests/intend/test_line_pages.py",
    "intend:dissent_answer": "with texts of a unit: tests/intend/test_line_pages.py",
    "intend:dissent_withdraw": "with texts of a unit: tests/intend/test_line_pages.py",
    "intend:intent": "with texts of a unit: tests/intend/test_line_pages.py",
    "intend:intent_arrange": "with texts of a unit: tests/intend/test_line_pages.py",
    "intend:intent_write": "with texts of a unit: tests/intend/test_line_pages.py",
    "intend:link_add": "with texts of a unit: tests/intend/test_line_pages.py",
    "intend:link_end": "with texts of a unit: tests/intend/test_line_pages.py",
    "intend:my_value_change": "with statements: tests/intend/test_value_pages.py",
    "intend:my_value_delete": "with statements: tests/intend/test_value_pages.py",
    "intend:my_value_share": "with statements: tests/intend/test_value_pages.py",
    "intend:plan": "with a plan brought in: tests/intend",
    "intend:plan_start": "with a plan brought in: tests/intend",
    "intend:plan_template": "a file",
    "intend:point": "with points on the line: tests/intend/test_throughline_pages.py",
    "intend:point_change": "with points on the line: tests/intend/test_throughline_pages.py",
    "intend:point_withdraw": "with points on the line: tests/intend/test_throughline_pages.py",
    "intend:promise": "with a promise: tests/intend/test_promise_pages.py",
    "intend:promise_ask": "with a promise: tests/intend/test_promise_pages.py",
    "intend:promise_check_in": "with a promise: tests/intend/test_promise_pages.py",
    "intend:promise_confirm": "with a promise: tests/intend/test_promise_pages.py",
    "intend:promise_make": "with a promise: tests/intend/test_promise_pages.py",
    "intend:promise_note": "with a promise: tests/intend/test_promise_pages.py",
    "intend:promise_owner": "with a promise: tests/intend/test_promise_pages.py",
    "intend:promise_release": "with a promise: tests/intend/test_promise_pages.py",
    "intend:promise_renew": "with a promise: tests/intend/test_promise_pages.py",
    "intend:promise_reword": "with a promise: tests/intend/test_promise_pages.py",
    "intend:promise_second": "with a promise: tests/intend/test_promise_pages.py",
    "intend:public_board": "with a board: tests/intend/test_board_pages.py",
    "intend:public_board_feed": "a file",
    "intend:public_board_frame": "with a board: tests/intend/test_board_pages.py",
    "intend:reminders_stop": "with a promise: tests/intend/test_promise_pages.py",
    "intend:step_done": "on a path: tests/intend/test_path_pages.py",
    "intend:step_plan": "on a path: tests/intend/test_path_pages.py",
    "intend:step_revisit": "on a path: tests/intend/test_path_pages.py",
    "intend:thing_history": "with texts of a unit: tests/intend/test_line_pages.py",
    "intend:thing_publish": "with texts of a unit: tests/intend/test_line_pages.py",
    "intend:thing_reword": "with texts of a unit: tests/intend/test_line_pages.py",
    "intend:thing_withdraw": "with texts of a unit: tests/intend/test_line_pages.py",
    "intend:throughline_file": "a file",
    "intend:throughline_table": "with points on the line: tests/intend/test_throughline_pages.py",
    "intend:values_statement": "with statements: tests/intend/test_value_pages.py",
    "intend:values_word": "with statements: tests/intend/test_value_pages.py",
    "intend:vision": "with texts of a unit: tests/intend/test_line_pages.py",
    "intend:work_role_change": "with a role: tests/intend/test_role_pages.py",
    "intend:work_role_end": "with a role: tests/intend/test_role_pages.py",
    "intend:work_role_give": "with a role: tests/intend/test_role_pages.py",
    "talk:appeal": "with a conversation: tests/talk/test_pages.py",
    "talk:appeal_answer": "with a conversation: tests/talk/test_pages.py",
    "talk:attachment": "with a conversation: tests/talk/test_pages.py",
    "talk:comment": "with a conversation: tests/talk/test_pages.py",
    "talk:edit": "with a conversation: tests/talk/test_pages.py",
    "talk:hide": "with a conversation: tests/talk/test_pages.py",
    "talk:history": "with a conversation: tests/talk/test_pages.py",
    "talk:thread": "with a conversation: tests/talk/test_pages.py",
    "talk:withdraw": "with a conversation: tests/talk/test_pages.py",
    "talk:write": "with a conversation: tests/talk/test_pages.py",
    "demo_sign_in": "the door each of these walks begins at",
    "people:roster": "with an import under way: test_roster.py",
    "people:roster_columns": "with an import under way: test_roster.py",
    "people:roster_lines": "a file",
    "people:roster_progress": "part of a page",
    "people:roster_undo": "with an import under way: test_roster.py",
}


def test_every_kind_of_page_is_found_by_somebody() -> None:
    answers_get = {name for name, (get, _post) in TABLE.items() if "never" not in get}
    found: set[str] = set().union(*FOUND.values())
    assert found | ELSEWHERE.keys() == answers_get
    assert not found & ELSEWHERE.keys()


# --- the walk ---------------------------------------------------------------------------------------------------------
@dataclass
class Walk:
    """Follows every link of this site, to one page of each kind."""

    page: Page
    found: dict[str, str] = field(default_factory=dict)
    tried: dict[str, int] = field(default_factory=dict)

    def go(self, starts: list[str]) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield the kind of each page that opens, which is then the browser's page, and what it says."""
        waiting, seen = list(starts), set(starts)
        host = urlsplit(starts[0]).netloc
        for url in waiting:
            name = resolve(urlsplit(url).path).view_name
            if name in self.found or name in ELSEWHERE or self.tried.get(name, 0) == TRIES:
                continue
            self.tried[name] = self.tried.get(name, 0) + 1
            response = self.page.goto(url)
            assert response is not None
            assert response.status == 200, f"{response.status} for {url}"
            name = resolve(urlsplit(self.page.url).path).view_name
            if name in self.found:
                continue
            self.found[name] = self.page.url
            says = looking.read(self.page)
            yield name, says
            for link in says["links"]:
                if urlsplit(link).netloc == host and link not in seen:
                    seen.add(link)
                    waiting.append(link)


@pytest.fixture
def cast(settings: Settings) -> dict[str, str]:
    """Build the demo; return the one-click address of each of its people."""
    settings.DEMO = True
    community = demo.build(seed=demo.SEED, today=time.today())
    return {label: demo_links.path_of(person) for label, person in demo.list_cast(community.id)}


@pytest.fixture(scope="module")
def browser(launch_browser: Callable[..., Browser]) -> Iterator[Browser]:
    """Start a browser of our own that draws nothing on its screen, which nobody looks at.

    It lays pages out as any other, but does not wait for what comes after that: nothing can be clicked in it.
    """
    browser = launch_browser(args=[*LAUNCH_ARGUMENTS, "--disable-threaded-compositing"])
    yield browser
    browser.close()


def test_every_page(cast: dict[str, str], page: Page, base_url: str, axe: Callable[[Page], None]) -> None:
    """In one go, because what one person's pages show need not be looked at closely again for the next."""
    assert FOUND.keys() == {"Signed out", *cast}
    # Each page is opened in the narrowest window, so that most need no other.
    page.set_viewport_size(looking.ZOOMED)
    scales, kinds, shapes = looking.Scales(page), set[str](), set[str]()
    problems: list[str] = []
    for who, expected in FOUND.items():
        # Away from the last page first: from there, a browser that draws nothing does not get to another's.
        page.goto("about:blank")
        page.context.clear_cookies()
        if who in cast:
            page.goto(cast[who])
        walk = Walk(page)
        scales.begin()
        for name, says in walk.go([base_url + path for path in ("/", *map(reverse, BY_ADDRESS.get(who, [])))]):
            wrong = list(glance(page, says, scales))
            if name not in kinds or not shapes.issuperset(says["shapes"]):
                wrong += look_closely(page, axe)
                page.set_viewport_size(looking.ZOOMED)
            kinds.add(name)
            shapes.update(says["shapes"])
            problems += [f"{who}, {name} {page.url}: {text}" for text in wrong]
            scales.begin()
        problems += [f"{who} does not find {name}" for name in expected - walk.found.keys()]
    assert not problems, "\n".join(problems)
    assert kinds == set().union(*FOUND.values())


def glance(page: Page, says: dict[str, Any], scales: looking.Scales) -> Iterator[str]:
    """Yield what is wrong with a page at first sight."""
    if len(says["headings"]) != 1 or not says["headings"][0]:
        yield f"headings of the first level: {says['headings']}"
    if not says["title"].endswith(" · Collegium") or len(says["title"]) < len(" · Collegium") + 3:
        yield f"title: {says['title']!r}"
    if not says["lede"]:
        yield "no sentence says what the page tells"
    first, repeat = scales.weigh()
    if not repeat < first <= looking.FIRST_VISIT_BYTES or repeat > looking.REPEAT_VISIT_BYTES:
        yield f"weighs {first} bytes at first and {repeat} later"
    for direction in ("rtl", "ltr"):
        if (width := looking.find_width(page, direction)) != looking.ZOOMED["width"]:
            yield f"{width} wide at 400%, {direction}"


def look_closely(page: Page, axe: Callable[[Page], None]) -> Iterator[str]:
    """Yield what is wrong with a page to axe and to the keyboard, at a desk in the light and on a phone in the dark."""
    looking.unfold(page)
    for window, scheme in ((looking.DESK, "light"), (looking.PHONE, "dark")):
        page.set_viewport_size(window)
        page.emulate_media(color_scheme=scheme)
        try:
            axe(page)
        except AssertionError as found:
            yield f"{scheme}: {found}"
        yield from looking.find_lost_focus(page)
    page.emulate_media(color_scheme="light")


# Each shows only on a phone in the dark.
FAULTS = """() => {
    const [pale, nameless, ...small] = ['p', 'img', 'button', 'button'].map(tag => document.createElement(tag));
    pale.textContent = 'Pale';
    pale.className = 'fault-pale';
    nameless.src = 'data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==';
    for (const button of small) button.textContent = 'x';
    document.querySelector('main').append(pale, nameless, ...small);
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`
        main > :is(img, button) { display: none }
        @media (max-width: 500px) {
            main > img { display: block }
            main > button { all: unset; display: inline-block; outline: 2px solid; width: 10px; height: 10px }
        }
        @media (max-width: 500px) and (prefers-color-scheme: dark) { .fault-pale { color: #222; background: #111 } }`);
    document.adoptedStyleSheets = [sheet];
}"""


def test_a_close_look_finds_what_is_wrong_in_one_window_only(page: Page, axe: Callable[[Page], None]) -> None:
    page.goto("/an-address-that-leads-nowhere")
    assert not list(look_closely(page, axe))
    page.evaluate(FAULTS)
    found = "\n".join(look_closely(page, axe))
    assert "light" not in found
    for fault in ("color-contrast", "image-alt", "target-size"):
        assert f"- {fault} " in found
