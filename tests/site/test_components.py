"""What each component promises to a page: names, labels, states, escaping, and an error for a misspelt argument."""

from __future__ import annotations

import datetime as dt
import html
import re
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory

from collegium.base.figures import Branch, Distribution, Moment, Series, Share
from collegium.site.components import actions
from collegium.site.components.tags import register
from collegium.site.components.words import initials_of

CROSS = "<script>alert(1)</script>"


def draw(source: str, **context: Any) -> str:
    """Render a piece of template."""
    return Template(source).render(Context({"request": RequestFactory().get("/list", {"kind": "team"}), **context}))


def words_of(markup: str) -> str:
    """Return the text of some markup, spaces folded."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", markup)).split())


# --- all of them ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", sorted(register.tags))
def test_a_misspelt_or_unnamed_argument_is_an_error(name: str) -> None:
    for call in (f"{{% {name} nonsense=1 %}}", f"{{% {name} 'unnamed' %}}"):
        with pytest.raises(TemplateSyntaxError):
            Template(call + f"{{% end{name} %}}")


@pytest.mark.parametrize(
    "call",
    [
        '{% button text="x" kind="loud" %}',
        '{% icon name="unicorn" %}',
        '{% tag text="x" kind="loud" %}',
        '{% notice kind="loud" %}{% endnotice %}',
        '{% job_progress title="x" state="stuck" %}',
        '{% data_table caption="x" layout="cards" %}{% enddata_table %}',
    ],
)
def test_a_kind_that_does_not_exist_is_an_error_that_names_those_that_do(call: str) -> None:
    with pytest.raises(TemplateSyntaxError, match="use one of"):
        draw(call)


@pytest.mark.parametrize(
    "call",
    [
        "{% button text=cross %}",
        "{% link_button text=cross href=cross %}",
        "{% post_button text=cross action=cross %}",
        "{% tag text=cross %}",
        "{% person_mark name=cross %}",
        "{% notice title=cross %}{{ cross }}{% endnotice %}",
        "{% empty_state title=cross action=cross href=cross %}{{ cross }}{% endempty_state %}",
        "{% dialog id='a' trigger=cross title=cross %}{{ cross }}{% enddialog %}",
        "{% breadcrumb %}{% crumb title=cross url=cross %}{% endbreadcrumb %}",
        "{% tabs label=cross %}{% tab title=cross url=cross %}{% endtabs %}",
        "{% stat label=cross value=1 sentence=cross %}",
        "{% timeline label=cross %}{% moment title=cross %}{{ cross }}{% endmoment %}{% endtimeline %}",
        "{% facts %}{% fact term=cross %}{{ cross }}{% endfact %}{% endfacts %}",
        "{% data_table caption=cross %}<tr><td>{{ cross }}</td></tr>{% enddata_table %}",
        "{% org_picture root=branch label=cross %}",
        "{% distribution figure=answers %}",
        "{% sparkline figure=series %}",
        "{% trend figure=series %}",
    ],
)
def test_what_people_wrote_is_escaped(call: str) -> None:
    drawn = draw(
        call,
        cross=CROSS,
        branch=Branch(title=CROSS, note=CROSS, url=CROSS),
        answers=Distribution(title=CROSS, sentence=CROSS, shares=(Share(label=CROSS, count=9),)),
        series=Series(title=CROSS, sentence=CROSS, moments=(Moment(label=CROSS, value=1, is_signal=True),)),
    )
    assert "<script" not in drawn
    assert not re.search(r"\son\w+=|\sstyle=", drawn)


# --- words and actions ------------------------------------------------------------------------------------------------
def test_the_icons_that_can_be_named_are_those_that_are_drawn() -> None:
    from django.contrib.staticfiles import finders

    sprite = ET.parse(str(finders.find("site/icons.svg"))).getroot()
    assert {symbol.get("id") for symbol in sprite} == set(actions.ICONS)


def test_a_post_button_carries_the_protection_of_its_page() -> None:
    drawn = draw("{% post_button text='Ask again' action='/ask' %}", csrf_token="t0ken")
    assert 'method="post" action="/ask"' in drawn
    assert 'name="csrfmiddlewaretoken" value="t0ken"' in drawn


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Şule Demir-O’Connor", "ŞD"),
        ("Ngũgĩ wa Thiong’o", "NT"),
        ("Pelé", "P"),
        ("", "?"),
        ("王小明", "王"),
        ("Ana (she) Sousa", "AS"),
    ],
)
def test_initials(name: str, initials: str) -> None:
    assert initials_of(name) == initials


def test_a_dialog_opens_and_closes_without_script() -> None:
    drawn = draw("{% dialog id='about' trigger='About' title='About this' %}<p>Words</p>{% enddialog %}")
    assert '<button class="button button-plain" type="button" popovertarget="about">' in drawn
    assert 'popovertarget="about" popovertargetaction="hide"' in drawn
    assert 'id="about" popover role="dialog" aria-labelledby="about-title"' in drawn


# --- what the house says ----------------------------------------------------------------------------------------------
def test_a_notice_says_its_kind_in_words_too() -> None:
    assert words_of(draw("{% notice kind='look' %}Mind this{% endnotice %}")) == "Look here: Mind this"
    assert words_of(draw("{% notice kind='problem' %}Broken{% endnotice %}")) == "Problem: Broken"
    assert 'role="alert"' in draw("{% notice kind='problem' announce=True %}Broken{% endnotice %}")
    assert "role=" not in draw("{% notice kind='problem' %}Broken{% endnotice %}")


def test_a_job_asks_for_itself_until_it_is_over() -> None:
    running = draw(
        "{% job_progress title='Import' state='running' done=41 total=100 step='Matching' poll_url='/job' %}"
    )
    assert 'hx-get="/job"' in running
    assert '<progress aria-label="Import" max="100" value="41">' in running
    assert "41% · 41 of 100" in words_of(running)
    over = draw("{% job_progress title='Import' state='done' poll_url='/job' next_url='/changes' next_text='See' %}")
    assert "hx-get" not in over
    assert 'href="/changes"' in over


def test_a_job_of_unknown_length_claims_no_share() -> None:
    drawn = draw("{% job_progress title='Import' state='queued' %}")
    assert '<progress aria-label="Import"></progress>' in drawn
    assert "%" not in words_of(drawn)


def test_the_step_you_are_at_is_marked_and_those_before_are_done() -> None:
    drawn = draw("{% stepper label='Import' steps=steps current=2 %}", steps=["Choose", "Look", "Done"])
    assert drawn.count('aria-current="step"') == 1
    assert words_of(drawn) == "Choose (done) 2 Look 3 Done"


# --- forms ------------------------------------------------------------------------------------------------------------
class TeamForm(forms.Form):
    """A field of each kind that is drawn differently."""

    name = forms.CharField(help_text="As people say it.")
    about = forms.CharField(widget=forms.Textarea, required=False)
    meets = forms.ChoiceField(
        widget=forms.RadioSelect, choices=[("w", "Weekly"), ("m", "Monthly")], help_text="Roughly."
    )
    is_open = forms.BooleanField(required=False)
    secret = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self) -> None:
        """Refuse one name, for an error that belongs to no field."""
        if self.cleaned_data.get("name") == "Everyone":
            raise forms.ValidationError("That name is taken.")


def test_every_field_has_a_label_and_only_optional_ones_say_so() -> None:
    drawn = draw("{% fields form=form %}", form=TeamForm())
    for field, label in (("name", "Name"), ("about", "About"), ("is_open", "Is open")):
        assert re.search(rf'<label for="id_{field}">{label}', drawn)
    assert words_of(drawn).count("(optional)") == 1
    assert "<legend>Meets</legend>" in drawn
    assert '<input type="hidden" name="secret"' in drawn


def test_help_and_errors_are_tied_to_their_field() -> None:
    drawn = draw("{% fields form=form %}", form=TeamForm({"name": ""}))
    name = re.search(r'<input[^>]*name="name"[^>]*>', drawn)
    assert name
    assert 'aria-describedby="id_name_help id_name_error"' in name[0]
    assert 'aria-invalid="true"' in name[0]
    assert '<p class="error" id="id_name_error">' in drawn
    assert 'aria-describedby="id_meets_help id_meets_error"' in drawn
    assert set(re.findall(r'aria-describedby="([^"]*)"', drawn)) == {
        "id_name_help id_name_error",
        "id_meets_help id_meets_error",
    }


def test_the_summary_links_to_what_has_to_be_mended() -> None:
    form = TeamForm({"name": ""})
    drawn = draw("{% form_errors form=form %}{% fields form=form %}", form=form)
    targets = re.findall(r'<li><a href="#([^"]*)">', drawn)
    assert targets == ["id_name", "id_meets_0"]
    assert all(drawn.count(f'id="{target}"') == 1 for target in targets)
    assert "That name is taken." in draw(
        "{% form_errors form=form %}", form=TeamForm({"name": "Everyone", "meets": "w"})
    )
    assert draw("{% form_errors form=form %}", form=TeamForm({"name": "Reading", "meets": "w"})) == ""


# --- finding the way --------------------------------------------------------------------------------------------------
def test_pages_of_a_list_keep_its_filters() -> None:
    drawn = draw("{% pagination page=page label='Pages' %}", page=Paginator(range(95), 10).get_page(2))
    assert 'href="?kind=team&amp;page=1" rel="prev"' in drawn
    assert 'href="?kind=team&amp;page=3" rel="next"' in drawn
    assert drawn.count('aria-current="page"') == 1
    assert "11 to 20 of 95" in words_of(drawn)
    assert draw("{% pagination page=page label='Pages' %}", page=Paginator(range(9), 10).get_page(1)) == ""


def test_the_tab_you_are_on_says_so() -> None:
    drawn = draw("{% tabs label='Views' %}{% tab title='All' url='/a' current=True count=1200 %}{% endtabs %}")
    assert '<a href="/a" aria-current="page">' in drawn
    assert words_of(drawn) == "All 1,200"


# --- rows and numbers -------------------------------------------------------------------------------------------------
def test_a_table_is_named_and_can_be_scrolled_by_keyboard() -> None:
    drawn = draw("{% data_table caption='Staff' %}<tbody></tbody>{% enddata_table %}")
    assert 'role="group" aria-label="Staff" tabindex="0"' in drawn
    assert "<caption>Staff</caption>" in drawn


def test_a_moment_says_from_when_until_when() -> None:
    day = dt.date(2024, 9, 2)
    drawn = draw("{% moment title='Head' on=day until=day %}{% endmoment %}", day=day)
    assert '<time datetime="2024-09-02">2 Sep 2024</time>' in drawn
    assert "to today" in words_of(draw("{% moment title='Head' on=day open_end=True %}{% endmoment %}", day=day))
    going_on = words_of(draw("{% moment title='Head' open_end=True %}{% endmoment %}"))
    assert going_on == "Today; since when is not known Head"
    assert "Date not known" in words_of(draw("{% moment title='Head' %}{% endmoment %}"))


def test_a_number_stands_with_its_interval_and_what_it_rests_on() -> None:
    drawn = draw("{% stat label='Trust' value=4.382 interval=interval n=38 %}", interval=(4.21, 4.55))
    assert words_of(drawn) == "Trust 4.38 very likely 4.21 to 4.55 38 answers"


def test_a_number_that_is_not_shown_gives_nothing_away() -> None:
    drawn = draw("{% stat label='Trust' value=None interval=interval n=3 %}", interval=(4.21, 4.55))
    assert words_of(drawn) == "Trust Not shown (fewer than 5 answers)"


@pytest.mark.parametrize("tag", ["sparkline", "trend"])
def test_a_picture_has_a_title_a_sentence_and_its_numbers(tag: str) -> None:
    moments = tuple(Moment(label=f"Week {place}", value=3 + place, low=2, high=9, n=9) for place in range(3))
    drawn = draw(f"{{% {tag} figure=figure %}}", figure=Series(title="Openness", sentence="It rose.", moments=moments))
    assert 'role="img"><title>Openness</title><desc>It rose.</desc>' in drawn
    assert "Show the numbers" in words_of(drawn)
    assert drawn.count('<th scope="row">') == len(moments)


def test_more_options_than_tints_are_drawn_in_rows_and_say_what_is_counted() -> None:
    shares = tuple(Share(label=f"Level {place}", count=place) for place in range(1, 7))
    drawn = draw("{% distribution figure=figure %}", figure=Distribution(title="t", shares=shares, counted="21 posts"))
    assert drawn.count('class="share-row"') == len(shares)
    assert "21 posts" in words_of(drawn)
    five = draw("{% distribution figure=figure %}", figure=Distribution(title="t", shares=shares[:5]))
    assert 'class="share-row"' not in five
    assert "15 answers" in words_of(five)


def test_drawn_positions_never_follow_the_readers_decimal_comma() -> None:
    from django.utils import translation

    figure = Series(title="t", moments=tuple(Moment(label="w", value=v) for v in (1.0, 2.3, 1.7, 3.1)))
    with translation.override("de"):
        drawn = draw("{% trend figure=figure %}{% sparkline figure=figure %}", figure=figure)
    assert not re.search(r'\b(?:c?[xy][12]?|width|height|d|r)="[^"]*\d,\d', drawn)
