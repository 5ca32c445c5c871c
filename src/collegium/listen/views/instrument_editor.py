"""The editor of a questionnaire: every change is one form, is checked as a whole, and needs no script."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from collegium.base.errors import sentence
from collegium.listen.errors import Conflict, Invalid, NotFound
from collegium.listen.forms import instruments as forms
from collegium.listen.instruments import Instrument, InstrumentProblems, Item, ItemKind, editing
from collegium.listen.presenters import instruments as presenter
from collegium.listen.presenters.instruments import address
from collegium.listen.queries import instruments as queries
from collegium.listen.queries.instruments import Known
from collegium.listen.services import instruments as services
from collegium.listen.views.instruments import of_leads
from collegium.people.presenters.forms import FormPage
from collegium.people.queries import units
from collegium.people.views.frame import PlaceRequest, answer_form, get_or_post, sent

STEPS = {"up": -1, "down": 1}


@require_safe
@of_leads
def instrument_edit(request: PlaceRequest, key: str) -> HttpResponse:
    """Show everything that can be changed."""
    page = presenter.present_editor(request.actor, request.place, _find(request, key))
    return render(request, "listen/instrument_edit.html", {"page": page})


@get_or_post
@of_leads
def instrument_head(request: PlaceRequest, key: str) -> HttpResponse:
    """Change the title and the purpose."""
    known = _find(request, key)
    form = forms.HeadForm(sent(request), instrument=known.instrument, initial={"seen": known.fingerprint})
    return _answer(
        request,
        known,
        form,
        lambda: editing.change_head(known.instrument, title=form.words("title"), purpose=form.words("purpose")),
        heading=_("Title and purpose"),
        lede=_("What people read before the first question."),
    )


@get_or_post
@of_leads
def instrument_facet(request: PlaceRequest, key: str, facet: str) -> HttpResponse:
    """Change what readers learn about a facet."""
    known = _find(request, key)
    found = _in(known.instrument.facet, facet)
    form = forms.FacetForm(sent(request), instrument=known.instrument, facet=found, initial={"seen": known.fingerprint})

    def change() -> Instrument:
        passages = {name: form.words(name) for name in ("title", *forms.PASSAGES)}
        return editing.change_facet(known.instrument, facet, source=form.cleaned_data["source"], **passages)

    return _answer(
        request,
        known,
        form,
        change,
        heading=_("About “%(facet)s”") % {"facet": known.instrument.say(found.title)},
        lede=_("This stands beside every result, so that nobody reads into it what is not there."),
    )


@get_or_post
@of_leads
def instrument_scale(request: PlaceRequest, key: str, scale: str = "") -> HttpResponse:
    """Change the answers of a scale, or add one."""
    known = _find(request, key)
    if scale and scale not in known.instrument.scales:
        raise NotFound
    form = forms.ScaleForm(sent(request), instrument=known.instrument, key=scale, initial={"seen": known.fingerprint})
    lede = _("Another number of answers makes the questions that have them new ones, which cannot be compared.")
    return _answer(
        request,
        known,
        form,
        lambda: editing.put_scale(known.instrument, scale, form.lines("labels")),
        heading=_("Answers to choose from"),
        lede=lede if scale else _("Answers that several questions share."),
    )


# --- questions --------------------------------------------------------------------------------------------------------
@get_or_post
@of_leads
def instrument_item_add(request: PlaceRequest, key: str) -> HttpResponse:
    """Choose how a new question is answered, then write it."""
    known = _find(request, key)
    choice = forms.KindForm(request.GET if "kind" in request.GET else None)
    if not choice.is_valid():
        page = _page(request, known, heading=_("Add a question"), lede=_("First: how will people answer it?"))
        context = {"page": page, "form": choice}
        return render(request, "listen/instrument_kind.html", context, status=422 if choice.errors else 200)
    kind = ItemKind(choice.cleaned_data["kind"])
    form = _item_form(request, known, Item(key="", kind=kind), is_new=True)
    return _answer(
        request,
        known,
        form,
        lambda: editing.add_item(known.instrument, kind, form.edit),
        heading=_("Add a question"),
        lede=str(forms.KIND_LABELS[kind]),
    )


@get_or_post
@of_leads
def instrument_item(request: PlaceRequest, key: str, item: str) -> HttpResponse:
    """Change a question."""
    known = _find(request, key)
    found = _in(known.instrument.item, item)
    form = _item_form(request, known, found, is_new=False)

    def change() -> Instrument:
        return editing.change_item(known.instrument, item, form.edit, means_the_same=form.means_the_same)

    return _answer(
        request,
        known,
        form,
        change,
        heading=_("Change a question"),
        lede=str(forms.KIND_LABELS[found.kind]),
    )


@require_POST
@of_leads
def instrument_item_step(request: PlaceRequest, key: str, item: str) -> HttpResponse:
    """Move a question up or down, or remove it."""
    known = _find(request, key)
    _in(known.instrument.item, item)
    step = request.POST.get("step", "")
    try:
        if step == "remove":
            made = editing.remove_item(known.instrument, item)
        else:
            made = editing.move_item(known.instrument, item, STEPS.get(step, 0))
        _save(request, made, request.POST.get("seen", ""))
    except InstrumentProblems as error:
        messages.error(request, _say(error))
    except (Invalid, Conflict) as error:
        messages.error(request, sentence(error))
    return redirect(address("instrument_edit", request.place, key) + (f"#{item}" if step in STEPS else ""))


# --- what they share --------------------------------------------------------------------------------------------------
def _find(request: PlaceRequest, key: str) -> Known:
    return queries.get_own_for(request.actor, request.place, key)


def _in(find: Callable[[str], Any], key: str) -> Any:
    try:
        return find(key)
    except KeyError:
        raise NotFound from None


def _item_form(request: PlaceRequest, known: Known, item: Item, *, is_new: bool) -> forms.ItemForm:
    was_asked = known.is_used or len(known.numbers) > 1
    return forms.ItemForm(
        sent(request),
        instrument=known.instrument,
        item=item,
        is_new=is_new,
        was_asked=was_asked,
        initial={"seen": known.fingerprint},
    )


def _page(request: PlaceRequest, known: Known, *, heading: str, lede: str) -> FormPage:
    return FormPage(
        kicker=known.instrument.say(known.instrument.title),
        heading=heading,
        lede=lede,
        submit=_("Save"),
        back_url=address("instrument_edit", request.place, known.instrument.key),
        back_title=known.instrument.say(known.instrument.title),
        home_url=address("instruments", request.place),
        home_title=_("Questionnaires"),
    )


def _answer(
    request: PlaceRequest,
    known: Known,
    form: forms.EditForm,
    change: Callable[[], Instrument],
    *,
    heading: str,
    lede: str,
) -> HttpResponse:
    """Show a form; when it was sent, change the questionnaire and go back to the editor."""

    def act(cleaned: dict[str, Any]) -> str:
        try:
            made = change()
        except InstrumentProblems as error:
            raise Invalid("instrument_unsound", reason=_say(error)) from error
        _save(request, made, cleaned["seen"])
        return address("instrument_edit", request.place, known.instrument.key)

    page = _page(request, known, heading=heading, lede=lede)
    return answer_form(request, form=form, page=page, act=act, done=_("Saved."), template="listen/instrument_form.html")


def _save(request: PlaceRequest, made: Instrument, seen: str) -> None:
    unit = units.get_unit_for(request.actor, request.place)
    services.change_instrument(actor=request.actor, unit=unit, instrument=made, seen=seen)


def _say(error: InstrumentProblems) -> str:
    """What is wrong, in one line; the lines of a file that nobody sees are left out."""
    return " ".join(dict.fromkeys(problem.message for problem in error.problems[:3]))
