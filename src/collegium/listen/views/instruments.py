"""Questionnaires of a unit: all of them, one of them, copies, files, and what is brought in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from collegium.base.errors import sentence
from collegium.listen import instruments, policies
from collegium.listen.errors import Conflict, Invalid, NotFound
from collegium.listen.forms.instruments import CopyForm, ImportForm, TextForm
from collegium.listen.instruments import Instrument, InstrumentProblems
from collegium.listen.instruments.importing import MOST_BYTES, Imported, import_file
from collegium.listen.presenters import instruments as presenter
from collegium.listen.presenters.instruments import address
from collegium.listen.queries import instruments as queries
from collegium.listen.services import instruments as services
from collegium.people.forms.changes import ConfirmForm
from collegium.people.presenters.forms import FormPage
from collegium.people.queries import units
from collegium.people.views.frame import PlaceRequest, answer_form, get_or_post, of_unit, sent

of_readers = of_unit(policies.check_can_view_pulses)
of_leads = of_unit(policies.check_can_run_pulse)


def asked_version(request: PlaceRequest) -> int | None:
    """The version that the address asks for; None for the newest."""
    text = request.GET.get("version", "")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 6):
        raise NotFound
    return int(text)


# --- reading ----------------------------------------------------------------------------------------------------------
@require_safe
@of_readers
def instrument_list(request: PlaceRequest) -> HttpResponse:
    """Show what the unit can ask with."""
    own = queries.list_own_for(request.actor, request.place)
    page = presenter.present_list(request.actor, request.place, own, instruments.list_shipped())
    return render(request, "listen/instruments.html", {"page": page})


@require_safe
@of_readers
def instrument(request: PlaceRequest, key: str) -> HttpResponse:
    """Show a questionnaire as respondents see it, and what is known about it."""
    known = queries.get_for(request.actor, request.place, key, asked_version(request))
    earlier = [number for number in known.numbers if number < known.instrument.version]
    before = queries.get_for(request.actor, request.place, key, earlier[0]).instrument if earlier else None
    page = presenter.present_instrument(
        request.actor,
        request.place,
        known,
        before,
        language=request.GET.get("language", ""),
        referent=request.GET.get("referent", ""),
    )
    return render(request, "listen/instrument.html", {"page": page})


@require_safe
@of_readers
def instrument_file(request: PlaceRequest, key: str) -> HttpResponse:
    """Give the file of a questionnaire."""
    found = queries.get_for(request.actor, request.place, key, asked_version(request)).instrument
    response = HttpResponse(instruments.write(found), content_type="application/toml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{found.key}-{found.version}.toml"'
    return response


# --- beginning one's own ----------------------------------------------------------------------------------------------
@get_or_post
@of_leads
def instrument_copy(request: PlaceRequest, key: str) -> HttpResponse:
    """Begin a questionnaire of the unit's own from a copy."""
    found = queries.get_for(request.actor, request.place, key, asked_version(request)).instrument
    title = found.say(found.title)

    def act(cleaned: dict[str, Any]) -> str:
        unit = units.get_unit_for(request.actor, request.place)
        made = services.copy_instrument(actor=request.actor, unit=unit, instrument=found, title=cleaned["title"])
        return address("instrument_edit", request.place, made.key)

    page = FormPage(
        kicker=request.place.name,
        heading=_("Make a copy to change"),
        lede=_("Questions that you leave as they are stay comparable with “%(title)s”.") % {"title": title},
        submit=_("Make the copy"),
        back_url=address("instrument", request.place, key),
        back_title=title,
        home_url=address("instruments", request.place),
        home_title=_("Questionnaires"),
    )
    form = CopyForm(sent(request), initial={"title": _("%(title)s, our own") % {"title": title}})
    return answer_form(request, form=form, page=page, act=act, done=_("The copy is yours to change."))


@get_or_post
@of_leads
def instrument_discard(request: PlaceRequest, key: str) -> HttpResponse:
    """Delete the newest version of an own questionnaire, before a pulse takes it."""
    known = queries.get_own_for(request.actor, request.place, key)
    title = known.instrument.say(known.instrument.title)

    def act(_cleaned: dict[str, Any]) -> str:
        unit = units.get_unit_for(request.actor, request.place)
        services.discard_version(actor=request.actor, unit=unit, key=key, number=known.instrument.version)
        return address("instruments", request.place)

    page = FormPage(
        kicker=request.place.name,
        heading=_("Delete version %(number)s of “%(title)s”?") % {"number": known.instrument.version, "title": title},
        lede=_("No pulse has asked it."),
        submit=_("Delete it"),
        is_danger=True,
        consequences=(_("It cannot be brought back, unless you keep its file."), _("Earlier versions stay.")),
        back_url=address("instrument", request.place, key),
        back_title=title,
        home_url=address("instruments", request.place),
        home_title=_("Questionnaires"),
    )
    return answer_form(request, form=ConfirmForm(sent(request)), page=page, act=act, done=_("It is deleted."))


# --- bringing one in --------------------------------------------------------------------------------------------------
@get_or_post
@of_leads
def instrument_import(request: PlaceRequest) -> HttpResponse:
    """Take a file, show what it would become, and keep it when that is confirmed."""
    if "definition" in request.POST:
        return _keep_import(request)
    form = ImportForm(sent(request), request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return _show_import(request, form, status=422 if form.errors else 200)
    upload = form.cleaned_data["file"]
    content = upload.read(MOST_BYTES + 1) if upload else form.cleaned_data["pasted"].encode()
    try:
        imported = import_file(upload.name if upload else "pasted.toml", content)
    except InstrumentProblems as error:
        text = content.decode("utf-8", "replace")
        return _show_import(request, form, problems=presenter.problem_views(error, text), status=422)
    return _preview(request, imported)


def _show_import(request: PlaceRequest, form: ImportForm, status: int = 200, **facts: Any) -> HttpResponse:
    page = presenter.present_import(request.actor, request.place, **facts)
    return render(request, "listen/instrument_import.html", {"page": page, "form": form}, status=status)


def _preview(request: PlaceRequest, imported: Imported) -> HttpResponse:
    made = imported.instrument
    page = presenter.present_import(
        request.actor,
        request.place,
        title=made.say(made.title),
        file_text=instruments.write(made),
        minutes=presenter.say_minutes(made.minutes),
        questions=len(made.items),
        groups=presenter.item_groups(made),
        left_out=tuple(note for note in imported.notes if note.is_left_out),
        notes=tuple(note for note in imported.notes if not note.is_left_out),
        comparison=_compared(request, made),
    )
    return render(request, "listen/instrument_preview.html", {"page": page})


def _compared(request: PlaceRequest, made: Instrument) -> presenter.Comparison | None:
    """What an own questionnaire of the same key would share with it; None where there is none."""
    try:
        known = queries.get_own_for(request.actor, request.place, made.key)
    except NotFound:
        return None
    return presenter.comparison_of(known.instrument, made)


def _keep_import(request: PlaceRequest) -> HttpResponse:
    unit = units.get_unit_for(request.actor, request.place)
    try:
        found = instruments.read(request.POST["definition"])
        made = services.take_over(actor=request.actor, unit=unit, instrument=found)
    except (Invalid, Conflict, InstrumentProblems) as error:
        form = ImportForm({"pasted": request.POST["definition"]})
        said = str(error) if isinstance(error, InstrumentProblems) else sentence(error)
        form.add_error(None, said)
        return _show_import(request, form, status=422)
    messages.success(request, _("“%(title)s” is here.") % {"title": made.title})
    return redirect(address("instrument", request.place, made.key))


# --- the whole as text ------------------------------------------------------------------------------------------------
@get_or_post
@of_leads
def instrument_text(request: PlaceRequest, key: str) -> HttpResponse:
    """Change an own questionnaire as a text, with every problem beside its line."""
    known = queries.get_own_for(request.actor, request.place, key)
    initial = {"definition": instruments.write(known.instrument), "seen": known.fingerprint}
    form = TextForm(sent(request), initial=initial)
    problems: tuple[presenter.ProblemView, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            return _keep_text(request, key, form.cleaned_data)
        except InstrumentProblems as error:
            problems = presenter.problem_views(error, form.cleaned_data["definition"])
        except (Invalid, Conflict) as error:
            form.add_error(None, sentence(error))
    page = presenter.present_editor(request.actor, request.place, known)
    context = {"page": page, "form": form, "problems": problems}
    status = 422 if problems or form.errors else 200
    return render(request, "listen/instrument_text.html", context, status=status)


def _keep_text(request: PlaceRequest, key: str, said: dict[str, Any]) -> HttpResponse:
    found = instruments.read(said["definition"])
    if found.key != key:
        raise Invalid("instrument_key_fixed", key=key)
    unit = units.get_unit_for(request.actor, request.place)
    services.change_instrument(actor=request.actor, unit=unit, instrument=found, seen=said["seen"])
    messages.success(request, _("Saved."))
    return redirect(address("instrument_edit", request.place, key))
