"""What programs can do, as a page: the description that programs read (OpenAPI), laid out for people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from collegium.site.api import api

Shape = Mapping[str, Any]
# What a value is, in words; anything else as the description calls it.
_WORDS = {"string": "text", "integer": "whole number", "boolean": "true or false", "null": "null"}
_FORMATS = {"date": "day (2026-09-01)", "uuid": "id"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One value that is sent or comes back."""

    name: str
    is_a: str
    note: str
    is_needed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One thing that a program can do."""

    key: str
    method: str
    path: str
    title: str
    description: str
    asked: tuple[Value, ...]
    sent: tuple[Value, ...]
    answered: tuple[Value, ...]
    is_list: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferencePage:
    """Everything that programs can do."""

    routes: tuple[Route, ...]
    schema_url: str
    base_url: str


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show what programs can do; it holds nothing of anybody."""
    return render(request, "site/api_reference.html", {"page": present(request.build_absolute_uri("/")[:-1])})


def present(base_url: str) -> ReferencePage:
    """Return the page, from the description that programs read."""
    schema = api.get_openapi_schema()
    shapes = schema["components"]["schemas"]
    routes = [
        _route(path, method, operation, shapes)
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
    ]
    return ReferencePage(routes=tuple(routes), schema_url=reverse("api:openapi-json"), base_url=base_url)


def _route(path: str, method: str, operation: Shape, shapes: Mapping[str, Shape]) -> Route:
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    answers = [each.get("content", {}) for each in operation["responses"].values()]
    answer: Shape = next((each["application/json"]["schema"] for each in answers if each), {})
    is_list = answer.get("type") == "array"
    return Route(
        key=operation["operationId"],
        method=method.upper(),
        path=path,
        title=operation["summary"],
        description=operation["description"],
        asked=tuple(_value(each["name"], each["schema"], shapes, each["required"]) for each in operation["parameters"]),
        sent=tuple(_values(body, shapes)),
        answered=tuple(_values(answer["items"] if is_list else answer, shapes)),
        is_list=is_list,
    )


def _values(shape: Shape, shapes: Mapping[str, Shape], before: str = "") -> Iterable[Value]:
    """Return the values of an object, those of a list of objects inside it after the list's own."""
    known = _resolve(shape, shapes)
    needed = known.get("required", ())
    for name, one in known.get("properties", {}).items():
        yield _value(before + name, one, shapes, name in needed)
        if one.get("type") == "array":
            yield from _values(one["items"], shapes, f"{before}{name}[].")


def _resolve(shape: Shape, shapes: Mapping[str, Shape]) -> Shape:
    return shapes[shape["$ref"].rpartition("/")[2]] if "$ref" in shape else shape


def _value(name: str, shape: Shape, shapes: Mapping[str, Shape], is_needed: bool) -> Value:
    return Value(name=name, is_a=_say(shape, shapes), note=str(shape.get("description", "")), is_needed=is_needed)


def _say(shape: Shape, shapes: Mapping[str, Shape]) -> str:
    """Say what a value is: its choices where there are any."""
    known = _resolve(shape, shapes)
    if "anyOf" in known:
        return _(" or ").join(_say(each, shapes) for each in known["anyOf"])
    if "enum" in known:
        return ", ".join(known["enum"])
    if known.get("type") == "array":
        return _("list of %(what)s") % {"what": _say(known["items"], shapes)}
    kind = known.get("type", "")
    return str(_FORMATS.get(known.get("format", ""), _WORDS.get(kind, kind)))
