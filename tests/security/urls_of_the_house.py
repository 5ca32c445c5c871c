"""Who meets what at every address, for GET and for POST. Add a row for every address you add.

`in` is sent to sign in; `none` not found, the same as for an address that is not there; `no` is told that it is not
theirs to do; `yes` gets there (a form sent empty counts as there); `never` the address does not answer this method.
"""

from __future__ import annotations

VISITORS = ("out", "stranger", "colleague", "guest", "member", "steward")
# signed out; a steward of another community with our ids; somebody of another school; a guest, a member, a steward of
# the school
EVERYBODY = "yes yes yes yes yes yes"
NOBODY = "none none none none none none"
NEVER = "never never never never never never"
ONESELF = "in yes yes yes yes yes"
COMMUNITY = "in none yes yes yes yes"
INSIDERS = "in none no yes yes yes"
STEWARDS = "in none no no no yes"
COLLEAGUES = "in none none yes yes yes"  # a person or a group: to others it is not there
ASKED = "in none none none yes none"  # whom a tie survey asks, for what is theirs in it
TALKERS = "in none none yes yes yes"  # whoever may read what a conversation is about
TALKING = "in none none no yes yes"  # the same, to write in it
OWN_WORDS = "in none none no yes no"  # what somebody wrote, for them to change
MEMBERS = "in none no no yes yes"  # who belongs to a unit
KEEPING_ORDER = "in none none no no yes"
MEMBERS = "in none no no yes yes"  # those who belong to a unit, and those who look after it
LOOK_AFTER = "in none none no no yes"  # the same, to change
NOT_MINE = "in none none no no no"  # a promise of another: seen by those of the school, and not theirs to change

TABLE: dict[str, tuple[str, str]] = {
    # the site
    "health": (EVERYBODY, EVERYBODY),
    "ready": (EVERYBODY, EVERYBODY),
    "appearance": (NEVER, EVERYBODY),
    "gallery": (NOBODY, NOBODY),
    # signing in; without an issuer or a demo set up, their addresses are not there
    "account_login": (EVERYBODY, EVERYBODY),
    "account_request_login_code": (EVERYBODY, EVERYBODY),
    "account_confirm_login_code": (EVERYBODY, EVERYBODY),
    "account_login_password": (EVERYBODY, EVERYBODY),
    "mfa_login_webauthn": (EVERYBODY, EVERYBODY),
    "openid_connect_login": (NOBODY, NOBODY),
    "openid_connect_callback": (NOBODY, NOBODY),
    "socialaccount_login_cancelled": (EVERYBODY, NEVER),
    "account_inactive": (EVERYBODY, NEVER),
    "demo_sign_in": (NOBODY, NOBODY),
    "account_logout": (EVERYBODY, EVERYBODY),
    # one's own sign-in
    "account_settings": (ONESELF, ONESELF),
    "account_reauthenticate": (ONESELF, ONESELF),
    "account_set_password": (ONESELF, ONESELF),
    "account_add_passkey": (ONESELF, ONESELF),
    "account_remove_passkey": ("in never never never never never", "in none none none none none"),
    "account_end_devices": ("in never never never never never", ONESELF),
    # oneself and others
    "people:home": (EVERYBODY, NEVER),
    "people:switch_community": (NEVER, "in none none none none none"),
    "people:my_part": (ONESELF, NEVER),
    "people:my_strengths": (ONESELF, ONESELF),
    "people:my_data": (ONESELF, NEVER),
    "people:my_export": (NEVER, ONESELF),
    "people:my_erasure": (ONESELF, ONESELF),
    "people:person": (COLLEAGUES, NEVER),
    "people:person_name": (LOOK_AFTER, LOOK_AFTER),
    # units
    "people:unit_list": (ONESELF, NEVER),
    "people:unit_home": (COMMUNITY, NEVER),
    "people:unit_people": (INSIDERS, NEVER),
    "people:unit_over_time": (INSIDERS, NEVER),
    "people:unit_organisation": (COMMUNITY, NEVER),
    "people:unit_roles": (INSIDERS, NEVER),
    "people:unit_groups": (INSIDERS, NEVER),
    "people:unit_audit": (STEWARDS, NEVER),
    "people:unit_audit_export": (NEVER, STEWARDS),
    "people:ending_undo": (STEWARDS, STEWARDS),
    # what stewards change
    "people:unit_rename": (STEWARDS, STEWARDS),
    "people:unit_end": (STEWARDS, STEWARDS),
    "people:unit_add": (STEWARDS, STEWARDS),
    "people:tie_add": (STEWARDS, STEWARDS),
    "people:tie_change": (STEWARDS, STEWARDS),
    "people:tie_end": (STEWARDS, STEWARDS),
    "people:person_add": (STEWARDS, STEWARDS),
    "people:post_add": (STEWARDS, STEWARDS),
    "people:post_title": (STEWARDS, STEWARDS),
    "people:post_end": (STEWARDS, STEWARDS),
    "people:role_give": (STEWARDS, STEWARDS),
    "people:role_end": (STEWARDS, STEWARDS),
    # tie surveys: opening and following them; one is open in the school, and asks the member
    "connect:waves": (INSIDERS, NEVER),
    "connect:wave_add": (STEWARDS, STEWARDS),
    "connect:wave": (INSIDERS, NEVER),
    "connect:wave_stop": (STEWARDS, STEWARDS),
    # answering: to everybody else it is not there
    "connect:answer": (ASKED, NEVER),
    "connect:answer_question": (ASKED, ASKED),
    "connect:answer_people": (ASKED, NEVER),
    "connect:answer_review": (ASKED, ASKED),
    "connect:answer_thanks": (ASKED, NEVER),
    # one's own ties, mark and name
    "connect:my_ties": (ONESELF, NEVER),
    "connect:my_mark": (NEVER, ONESELF),
    "connect:my_name_colleague": (ONESELF, ONESELF),
    "connect:my_name_unit": (ONESELF, ONESELF),
    "connect:my_name_hide": (NEVER, ASKED),
    "connect:my_tie_withdraw": (NEVER, ASKED),
    "connect:my_ties_withdraw": (ASKED, ASKED),
    # ties from files
    "connect:import_start": (STEWARDS, STEWARDS),
    "connect:import": (STEWARDS, NEVER),
    "connect:import_progress": (STEWARDS, NEVER),
    "connect:import_apply": (NEVER, STEWARDS),
    "connect:import_again": (NEVER, STEWARDS),
    "connect:import_discard": (NEVER, STEWARDS),
    "connect:import_undo": (STEWARDS, STEWARDS),
    "connect:import_lines": (STEWARDS, NEVER),
    # what a closed tie survey says
    "connect:unit_connect": (INSIDERS, NEVER),
    "connect:web_export": (INSIDERS, INSIDERS),
    "connect:web": (INSIDERS, NEVER),
    "connect:web_map": (INSIDERS, NEVER),
    "connect:web_data": (INSIDERS, NEVER),
    "connect:web_svg": (INSIDERS, NEVER),
    "connect:web_words": (INSIDERS, NEVER),
    "connect:web_leaving": (STEWARDS, NEVER),
    "connect:web_scenario": (STEWARDS, NEVER),
    # what is decided, and how; of a matter the member takes part in, and that is open to the unit
    "decide:unit_decide": (COMMUNITY, NEVER),
    "decide:matter_add": (MEMBERS, MEMBERS),
    "decide:norms": (INSIDERS, NEVER),
    "decide:norms_write": (STEWARDS, STEWARDS),
    "decide:rights": (INSIDERS, NEVER),
    "decide:right_add": (STEWARDS, STEWARDS),
    "decide:right_change": (STEWARDS, STEWARDS),
    "decide:right_withdraw": (NEVER, STEWARDS),
    "decide:right_move": (MEMBERS, MEMBERS),
    "decide:matter": (COLLEAGUES, NEVER),
    "decide:matter_change": (LOOK_AFTER, LOOK_AFTER),
    "decide:matter_stage": (LOOK_AFTER, LOOK_AFTER),
    "decide:matter_close": (LOOK_AFTER, LOOK_AFTER),
    "decide:part_add_person": (LOOK_AFTER, LOOK_AFTER),
    "decide:part_add_many": (LOOK_AFTER, LOOK_AFTER),
    "decide:part_remove": (LOOK_AFTER, LOOK_AFTER),
    "decide:propose": (OWN_WORDS, OWN_WORDS),
    "decide:proposal": (COLLEAGUES, NEVER),
    "decide:proposal_amend": (OWN_WORDS, OWN_WORDS),
    "decide:proposal_withdraw": (OWN_WORDS, OWN_WORDS),
    # conversations; the comment is the member's, about the school
    "talk:thread": (TALKERS, NEVER),
    "talk:write": (TALKING, TALKING),
    "talk:comment": (TALKERS, NEVER),
    "talk:history": (TALKERS, NEVER),
    "talk:attachment": (TALKERS, NEVER),
    "talk:edit": (OWN_WORDS, OWN_WORDS),
    "talk:withdraw": (OWN_WORDS, OWN_WORDS),
    "talk:react": (NEVER, TALKING),
    "talk:hide": (KEEPING_ORDER, KEEPING_ORDER),
    "talk:appeal": (OWN_WORDS, OWN_WORDS),
    "talk:appeal_answer": (KEEPING_ORDER, KEEPING_ORDER),
    "talk:mention_seen": (NEVER, ASKED),
    # where a unit is going; what is published, the whole community reads
    "intend:unit_intend": (COMMUNITY, NEVER),
    "intend:vision_write": (MEMBERS, MEMBERS),
    "intend:vision": (COMMUNITY, NEVER),
    "intend:intent_write": (MEMBERS, MEMBERS),
    "intend:intent": (COMMUNITY, NEVER),
    "intend:intent_arrange": (STEWARDS, STEWARDS),
    "intend:thing_history": (COMMUNITY, NEVER),
    "intend:thing_reword": (STEWARDS, STEWARDS),
    "intend:thing_publish": (STEWARDS, STEWARDS),
    "intend:thing_withdraw": (STEWARDS, STEWARDS),
    "intend:conversation_add": (MEMBERS, MEMBERS),
    "intend:conversation_withdraw": (MEMBERS, "in none no no no yes"),
    "intend:dissent_add": (MEMBERS, MEMBERS),
    "intend:dissent_withdraw": ("in none no no no no", "in none no no no no"),
    "intend:dissent_answer": (STEWARDS, STEWARDS),
    "intend:link_add": (STEWARDS, STEWARDS),
    "intend:link_end": (STEWARDS, STEWARDS),
    "intend:challenge_write": (MEMBERS, MEMBERS),
    "intend:challenge": (COMMUNITY, NEVER),
    "intend:challenge_arrange": (STEWARDS, STEWARDS),
    "intend:challenge_owner": (STEWARDS, STEWARDS),
    "intend:challenge_cite": (STEWARDS, STEWARDS),
    "intend:citation_withdraw": (STEWARDS, STEWARDS),
    "intend:challenge_check": (MEMBERS, MEMBERS),
    "intend:challenge_start": (STEWARDS, STEWARDS),
    "intend:challenge_close": (STEWARDS, STEWARDS),
    "intend:challenge_sign": (NEVER, MEMBERS),
    # promises: one that a colleague made to the whole school, which the member is among and the steward only looks at
    "intend:promises": (INSIDERS, NEVER),
    "intend:promise_add": ("in none no no yes yes", "in none no no yes yes"),
    "intend:promise": (COLLEAGUES, NEVER),
    "intend:promise_make": (NOT_MINE, NOT_MINE),
    "intend:promise_reword": (NOT_MINE, NOT_MINE),
    "intend:promise_renew": (NOT_MINE, NOT_MINE),
    "intend:promise_release": (NOT_MINE, NOT_MINE),
    "intend:promise_second": (NOT_MINE, NOT_MINE),
    "intend:promise_owner": (NOT_MINE, NOT_MINE),
    "intend:promise_note": (COLLEAGUES, COLLEAGUES),
    "intend:promise_check_in": (NOT_MINE, NOT_MINE),
    "intend:promise_ask": (NOT_MINE, NOT_MINE),
    "intend:promise_confirm": ("in none none none none none", "in none none none none none"),  # it asks the colleague
    # the board of the school, for those who keep it, and for everybody
    "intend:board": (STEWARDS, NEVER),
    "intend:board_change": (STEWARDS, STEWARDS),
    "intend:board_poster": (STEWARDS, NEVER),
    "intend:board_put": (STEWARDS, STEWARDS),
    "intend:board_reword": (STEWARDS, STEWARDS),
    "intend:board_take_off": (STEWARDS, STEWARDS),
    "intend:board_up": (NEVER, STEWARDS),
    "intend:my_board_name": (NEVER, "in none none none none none"),
    "intend:public_board": (NOBODY, NEVER),  # it is not public
    "intend:public_board_frame": (NOBODY, NEVER),
    "intend:public_board_feed": (NOBODY, NEVER),
    # rosters
    "people:roster_start": (STEWARDS, STEWARDS),
    "people:roster_export": (NEVER, STEWARDS),
    "people:roster": (STEWARDS, NEVER),
    "people:roster_progress": (STEWARDS, NEVER),
    "people:roster_columns": (STEWARDS, STEWARDS),
    "people:roster_apply": (NEVER, STEWARDS),
    "people:roster_again": (NEVER, STEWARDS),
    "people:roster_discard": (NEVER, STEWARDS),
    "people:roster_undo": (STEWARDS, STEWARDS),
    "people:roster_lines": (STEWARDS, NEVER),
    # groups
    "people:group_add": (STEWARDS, STEWARDS),
    "people:group": (COLLEAGUES, NEVER),
    "people:group_change": (LOOK_AFTER, LOOK_AFTER),
    "people:group_end": (LOOK_AFTER, LOOK_AFTER),
    "people:member_add": (LOOK_AFTER, LOOK_AFTER),
    "people:member_role": (LOOK_AFTER, LOOK_AFTER),
    "people:member_end": (LOOK_AFTER, LOOK_AFTER),
    # questionnaires
    "listen:instruments": (INSIDERS, NEVER),
    "listen:instrument_import": (STEWARDS, STEWARDS),
    "listen:instrument": (INSIDERS, NEVER),
    "listen:instrument_file": (INSIDERS, NEVER),
    "listen:instrument_copy": (STEWARDS, STEWARDS),
    "listen:instrument_discard": (STEWARDS, STEWARDS),
    "listen:instrument_edit": (STEWARDS, NEVER),
    "listen:instrument_text": (STEWARDS, STEWARDS),
    "listen:instrument_head": (STEWARDS, STEWARDS),
    "listen:instrument_facet": (STEWARDS, STEWARDS),
    "listen:instrument_scale": (STEWARDS, STEWARDS),
    "listen:instrument_scale_add": (STEWARDS, STEWARDS),
    "listen:instrument_item_add": (STEWARDS, STEWARDS),
    "listen:instrument_item": (STEWARDS, STEWARDS),
    "listen:instrument_item_step": (NEVER, STEWARDS),
    # pulses: preparing, opening, watching
    "listen:unit_listen": (INSIDERS, NEVER),
    "listen:pulse_add": (STEWARDS, STEWARDS),
    "listen:pulse_change": (STEWARDS, STEWARDS),
    "listen:pulse_discard": (STEWARDS, STEWARDS),
    "listen:pulse_preview": (STEWARDS, STEWARDS),
    "listen:pulse_opening": (STEWARDS, NEVER),
    "listen:pulse_watch": (STEWARDS, NEVER),
    "listen:pulse_naming": (STEWARDS, STEWARDS),
    "listen:series_end": (STEWARDS, STEWARDS),
    "listen:my_asking": (ONESELF, ONESELF),
    # answering: whoever has a link or a code that fits; the pages around it say nothing of the pulse
    "listen:answer_by_link": (NOBODY, NEVER),
    "listen:answer": ("in none none none none none", NEVER),
    "listen:answer_by_code": (EVERYBODY, EVERYBODY),
    "listen:answer_sheet": (EVERYBODY, NOBODY),
    "listen:answer_thanks": (EVERYBODY, NEVER),
    "listen:slips": (STEWARDS, STEWARDS),
    "listen:poster": (STEWARDS, NEVER),
    # results, of a pulse that is out; a note is another's to everybody here
    "listen:formulas": (ONESELF, NEVER),
    "listen:result": (INSIDERS, NEVER),
    "listen:result_print": (INSIDERS, NEVER),
    "listen:result_summary": (INSIDERS, NEVER),
    "listen:result_slide": (INSIDERS, NEVER),
    "listen:result_csv": (INSIDERS, NEVER),
    "listen:result_xlsx": (INSIDERS, NEVER),
    "listen:sense": (INSIDERS, INSIDERS),
    "listen:note_change": ("in none no none none none", "in none no none none none"),
    "listen:comment_withhold": (STEWARDS, STEWARDS),
    # the guide
    "guide:indicators": (INSIDERS, NEVER),
    "guide:indicators_file": (INSIDERS, NEVER),
    "guide:indicator": (INSIDERS, NEVER),
}
