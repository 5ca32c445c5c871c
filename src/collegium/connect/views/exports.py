"""What of a wave may leave in a file."""

from __future__ import annotations

import uuid

from django.http import HttpResponse
from django.shortcuts import render

from collegium.base.errors import Invalid, sentence
from collegium.connect import policies
from collegium.connect.errors import NotFound
from collegium.connect.files import Format
from collegium.connect.forms.imports import ExportForm
from collegium.connect.presenters import exports as presenter
from collegium.connect.queries import analyses
from collegium.connect.services import exporting
from collegium.people.views.frame import PlaceRequest, get_or_post, of_unit, sent


@get_or_post
@of_unit(policies.check_can_view_waves)
def web_export(request: PlaceRequest, wave_id: uuid.UUID) -> HttpResponse:
    """Show what can be downloaded, and give it in the format that is chosen."""
    analysis = analyses.get_analysis_for(request.actor, request.place, wave_id)
    picture = presenter.draw_for_export(request.actor, analysis)
    form = ExportForm(sent(request))
    if request.method == "POST" and form.is_valid():
        if picture is None:
            raise NotFound
        chosen = Format(form.cleaned_data["form"])
        ties = presenter.make_file(picture)
        wave = analysis.row.wave
        try:
            content = exporting.export(actor=request.actor, place=request.place, wave=wave, ties=ties, form=chosen)
        except Invalid as error:
            form.add_error("form", sentence(error))
        else:
            response = HttpResponse(content, content_type=presenter.TYPES[chosen.extension])
            response["Content-Disposition"] = f'attachment; filename="{presenter.name_file(analysis, chosen)}"'
            return response
    page = presenter.present_export(request.actor, analysis, picture)
    return render(request, "connect/export.html", {"page": page, "form": form}, status=422 if form.errors else 200)
