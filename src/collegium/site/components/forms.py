"""Django forms, drawn: label, help and errors tied to each field; radio buttons in a fieldset each."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString

from collegium.site.components.registry import draw, register

CHOICE_WIDGETS = (forms.RadioSelect, forms.CheckboxSelectMultiple)


@register.simple_tag
def form_errors(*, form: forms.BaseForm) -> SafeString | str:
    """Draw what has to be mended, above the form, each with a link to its field; nothing when all is well."""
    if not form.errors:
        return ""
    mistakes = [
        {"label": form[name].label, "target": _id_to_focus(form[name]), "text": text}
        for name in form.fields
        for text in form.errors.get(name, ())
    ]
    return draw("form_errors", mistakes=mistakes, others=form.non_field_errors())


@register.simple_tag
def field(*, field: BoundField, hint: str = "") -> SafeString:
    """Draw one field of a form; `hint` takes the place of the field's help text."""
    help_text = hint or field.help_text
    described_by = [f"{field.auto_id}_help"] if help_text else []
    described_by += [f"{field.auto_id}_error"] if field.errors else []
    context: dict[str, Any] = {
        "field": field,
        "help_text": help_text,
        "is_optional": not field.field.required,
        "described_by": " ".join(described_by),
    }
    if field.is_hidden:
        return field.as_widget()
    if isinstance(field.field.widget, CHOICE_WIDGETS):
        return draw("field_choices", **context)
    context["widget"] = field.as_widget(attrs=_attributes(field, described_by))
    if isinstance(field.field.widget, forms.CheckboxInput):
        return draw("field_checkbox", **context)
    return draw("field", **context)


@register.simple_tag
def fields(*, form: forms.BaseForm) -> SafeString:
    """Draw every field of a form in its order, the hidden ones too."""
    return draw("fields", form=form)


@register.simple_block_tag
def fieldset(content: str, *, legend: str, hint: str = "") -> SafeString:
    """Group fields that belong together under one legend."""
    return draw("fieldset", content=content, legend=legend, hint=hint)


@register.simple_block_tag
def filter_bar(content: str, *, label: str, clear_url: str = "", submit: str = "") -> SafeString:
    """Draw a row of fields that narrows the list under it, by GET; `clear_url` is given while something is narrowed."""
    return draw("filter_bar", content=content, label=label, clear_url=clear_url, submit=submit)


def _attributes(field: BoundField, described_by: list[str]) -> dict[str, str | bool]:
    attributes: dict[str, str | bool] = {"class": f"input {field.field.widget.attrs.get('class', '')}".strip()}
    if described_by:
        attributes["aria-describedby"] = " ".join(described_by)
    if field.errors:
        attributes["aria-invalid"] = "true"
    return attributes


def _id_to_focus(field: BoundField) -> str:
    """The first button of a group carries the number 0; any other field carries the field's own id."""
    return f"{field.auto_id}_0" if isinstance(field.field.widget, CHOICE_WIDGETS) else field.auto_id
