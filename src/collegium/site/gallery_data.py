"""What the gallery is filled with: a made-up school in the middle of its second year."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.core.paginator import Paginator
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from collegium.base.figures import Branch, Distribution, Lineup, Moment, Profile, ProfileRow, Series, Share
from collegium.site import gallery_charts
from collegium.site.components.actions import ICONS
from collegium.site.shell import NavEntry, Shell, UnitChoice

Words = str | Promise

# The sections of the gallery: for each example its file, its title and a line about when to use it.
SECTIONS: list[tuple[Words, list[tuple[str, Words, Words]]]] = [
    (
        _("Words and actions"),
        [
            (
                "buttons",
                _("Buttons"),
                _("One primary button a page. A link goes somewhere, a button changes something."),
            ),
            ("icons", _("Icons"), _("Always beside words that say the same.")),
            ("tags", _("Tags and people"), _("A tag sorts; amber only where a person should look.")),
            ("numbers", _("Numbers in text"), _("Three significant figures at most, percentages whole.")),
            (
                "dialog",
                _("Dialog"),
                _("Opens without script. Anything that cannot be undone gets a page of its own."),
            ),
            ("disclosure", _("Detail on request"), ""),
        ],
    ),
    (
        _("What the house says"),
        [
            ("notices", _("Notices"), ""),
            ("empty", _("Empty page"), _("What will be here, why it matters, one button to begin.")),
            (
                "progress",
                _("Progress of a job"),
                _("Asks for itself every two seconds; can be left and come back to."),
            ),
            ("stepper", _("Steps of a longer task"), ""),
        ],
    ),
    (
        _("Forms"),
        [
            ("form", _("Fields"), _("Only what is optional says so.")),
            (
                "form_errors",
                _("A form to look at again"),
                _("Sent with status 422; the summary links to each field."),
            ),
            ("filter_bar", _("Filters of a list"), ""),
            ("select", _("A list by itself"), _("It brings its own paper and ink wherever it stands.")),
        ],
    ),
    (
        _("Finding the way"),
        [
            ("breadcrumb", _("Breadcrumb"), ""),
            ("tabs", _("Tabs"), _("Each has its own address, so Back works.")),
            ("pagination", _("Pages of a list"), ""),
        ],
    ),
    (
        _("Things in rows"),
        [
            ("table", _("Table"), _("Scrolls by itself on a phone.")),
            ("table_stack", _("Table that stacks on a phone"), _("Give every cell a label.")),
            ("facts", _("What is known"), ""),
            ("timeline", _("Over time"), ""),
            ("org_picture", _("Picture of an organisation"), ""),
        ],
    ),
    (
        _("Numbers and pictures"),
        [
            ("stats", _("Number with its interval"), ""),
            ("profile", _("Profile"), _("The same facet has the same colour everywhere.")),
            ("lineup", _("Many beside each other"), _("In an order that says nothing: never sorted.")),
            ("distribution", _("How answers fall"), ""),
            ("sparkline", _("Sparkline"), ""),
            ("trend", _("Trend"), ""),
            (
                "control",
                _("Control chart"),
                _("Lines rest on a baseline that somebody froze."),
            ),
            ("multiples", _("Small multiples"), _("The same measure of many, on one scale.")),
        ],
    ),
]


class ExampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label=_("Name of the team"), help_text=_("As people say it in the corridor."))
    about = forms.CharField(label=_("What it is for"), widget=forms.Textarea, required=False)
    starts_on = forms.DateField(label=_("Since"), widget=forms.DateInput(attrs={"type": "date"}), required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=[("team", _("Team")), ("committee", _("Committee"))])
    meets = forms.ChoiceField(
        label=_("How often does it meet?"),
        widget=forms.RadioSelect,
        choices=[("week", _("Every week")), ("month", _("Every month")), ("term", _("Once a term"))],
    )
    works_on = forms.MultipleChoiceField(
        label=_("What does it work on?"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose as many as fit."),
        choices=[("reading", _("Reading")), ("maths", _("Mathematics")), ("welcome", _("Welcoming new colleagues"))],
        required=False,
    )
    roster = forms.FileField(label=_("List of members"), help_text=_("CSV or XLSX."), required=False)
    is_open = forms.BooleanField(label=_("Anyone at the school may join"), required=False)


def make_context() -> dict[str, object]:
    """Return what the examples draw."""
    return {
        "form": ExampleForm(initial={"kind": "committee", "meets": "week"}),
        "wrong_form": ExampleForm({"name": "", "kind": "team", "starts_on": "31 June"}, auto_id="wrong_%s"),
        "page": Paginator(range(1, 1241), 50).get_page(7),
        "org": _make_org(),
        "openness": _make_openness(),
        "gaps": _make_gaps(),
        "trust": _make_trust(),
        "answers": _make_answers(),
        "levels": _make_levels(),
        "rounded": _make_rounded(),
        "schools": _make_schools(),
        "on_time": gallery_charts.make_control_chart(),
        "on_time_by_school": gallery_charts.make_small_multiples(),
        "few_answers": Distribution(title=str(_("I can say when I disagree")), shares=None),
        "trust_interval": (4.21, 4.55),
        "first_day": dt.date(2024, 9, 2),
        "earlier_day": dt.date(2021, 9, 1),
        "import_steps": [_("Choose a file"), _("Match the columns"), _("Look at what will change"), _("Done")],
        "icon_names": ICONS,
        "filter_form": ExampleForm(auto_id="filter_%s", use_required_attribute=False),
        "no_answers": Distribution(title=str(_("My work is noticed")), shares=()),
    }


def make_shell() -> Shell:
    """Return a frame with every part filled."""
    here = "/gallery/"
    entries = [
        ("home", _("Home"), "home", "unit"),
        ("listen", _("Listen"), "listen", "unit"),
        ("people", _("People"), "people", "unit"),
        ("decide", _("Decide"), "decide", "unit"),
        ("enquire", _("Enquire"), "enquire", "unit"),
        ("settings", _("Settings"), "settings", "house"),
    ]
    return Shell(
        actor_name="Şule Demir-O’Connor",
        actor_url=here,
        sign_in_url=here,
        sign_out_url=here,
        my_part=NavEntry(key="my-part", title=str(_("My part")), url=here, icon="my-part", group="house"),
        nav=tuple(
            NavEntry(key=key, title=str(title), url=here, icon=icon, group=group, is_current=key == "people")
            for key, title, icon, group in entries
        ),
        units=(
            UnitChoice(title="Saltmarsh Primary School", url=here, kind=str(_("School")), is_current=True),
            UnitChoice(title="Year 4 team", url=here, kind=str(_("Team"))),
            UnitChoice(title="Estuary Alliance", url=here, kind=str(_("Alliance"))),
        ),
        all_units_url=here,
    )


def _make_org() -> Branch:
    teams = tuple(
        Branch(title=title, url="#", note=note) for title, note in (("Early years", "9"), ("Year 4 team", "6"))
    )
    return Branch(
        title="Estuary Alliance",
        url="#",
        note=str(_("Alliance")),
        branches=(
            Branch(title="Saltmarsh Primary School", url="#", note="41", is_current=True, branches=teams),
            Branch(title="Ferry Road Academy", url="#", note="78"),
            Branch(title="Hillcrest School", url="#", note="112", branches=(Branch(title="Sciences", note="14"),)),
        ),
    )


def _make_trust() -> Profile:
    rows = [
        ("benevolence", _("Benevolence"), 4.61, 0.16),
        ("honesty", _("Honesty"), 4.35, 0.21),
        ("openness", _("Openness"), 3.12, 0.24),
        ("reliability", _("Reliability"), 4.48, 0.18),
        ("competence", _("Competence"), 5.02, 0.13),
        ("wisdom", _("Wisdom"), 4.1, 0.3),
        ("ideals", _("Educational ideals"), 4.87, 0.2),
        ("care", _("Care"), None, 0),
    ]
    return Profile(
        title=str(_("Eight facets of trust")),
        sentence=str(_("Openness is the weakest of the eight, and we are sure of it.")),
        lowest=1,
        highest=6,
        rows=tuple(
            ProfileRow(
                key=f"trust.{key}",
                label=str(label),
                value=value,
                low=None if value is None else value - margin,
                high=None if value is None else value + margin,
                n=None if value is None else 38,
            )
            for key, label, value, margin in rows
        ),
    )


def _make_series(values: list[float | None], sentence: str, signals: tuple[int, ...] = ()) -> Series:
    terms = [f"{_('Week')} {number}" for number in range(1, len(values) + 1)]
    return Series(
        title=str(_("Openness, week by week")),
        sentence=sentence,
        key="trust.openness",
        moments=tuple(
            Moment(
                label=term,
                value=value,
                low=None if value is None else value - 0.25,
                high=None if value is None else value + 0.25,
                n=None if value is None else 30 + place,
                is_signal=place in signals,
            )
            for place, (term, value) in enumerate(zip(terms, values, strict=True))
        ),
    )


def _make_openness() -> Series:
    values: list[float | None] = [3.1, 3.15, 3.05, 3.2, 3.12, 3.3, 3.62, 3.7, 3.66, 3.78]
    return _make_series(values, str(_("Openness has risen since week 7, by more than chance would do.")), signals=(6,))


def _make_gaps() -> Series:
    values: list[float | None] = [3.4, 3.3, None, 3.5, 3.45, 3.4]
    return _make_series(values, str(_("Nothing has moved. In week 3 too few people answered to show a number.")))


def _make_answers() -> Distribution:
    counts = [
        (_("Strongly disagree"), 2),
        (_("Disagree"), 5),
        (_("In between"), 8),
        (_("Agree"), 17),
        (_("Strongly agree"), 6),
    ]
    return Distribution(
        title=str(_("People here say what they think")),
        sentence=str(_("Six in ten agree; one in five does not.")),
        shares=tuple(Share(label=str(label), count=count) for label, count in counts),
    )


def _make_rounded() -> Distribution:
    parts = [
        (_("Never"), 0.0, _("under 10%")),
        (_("Sometimes"), 0.2, _("about 20%")),
        (_("Often"), 0.8, _("about 80%")),
    ]
    return Distribution(
        title=str(_("Released shares")),
        sentence=str(_("Rounded so that nobody can be picked out.")),
        shares=tuple(Share(label=str(label), part=part, words=str(words)) for label, part, words in parts),
        answers=26,
    )


def _make_schools() -> Lineup:
    return Lineup(
        title=str(_("Trust in 60 schools")),
        sentence=str(_("412 of 1,770 pairs of schools can be told apart.")),
        lowest=1,
        highest=5,
        rows=tuple(
            ProfileRow(
                key="",
                label=str(_("Your school") if place == 17 else _("A school")),
                value=round(3.6 + (place * 37 % 23 - 11) / 18, 1),
                low=round(3.3 + (place * 37 % 23 - 11) / 18, 1),
                high=round(3.9 + (place * 37 % 23 - 11) / 18, 1),
                is_own=place == 17,
            )
            for place in range(60)
        ),
    )


def _make_levels() -> Distribution:
    counts = [
        (_("Classroom"), 31),
        (_("Support"), 12),
        (_("Middle"), 9),
        (_("Senior"), 4),
        (_("Executive"), 1),
        (_("Governance"), 6),
    ]
    return Distribution(
        title=str(_("Posts by level")),
        sentence=str(_("Half of all posts are in the classroom.")),
        shares=tuple(Share(label=str(label), count=count) for label, count in counts),
        counted=str(_("63 posts")),
    )
