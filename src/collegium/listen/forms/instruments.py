"""Forms to copy, bring in and change questionnaires. A text has a field for each language of the questionnaire."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from collegium.listen.instruments import Facet, Instrument, Item, ItemKind, Words, limits
from collegium.listen.instruments.editing import WITH_FACET, ItemEdit

TITLE_LIMIT = limits.LONGEST_LABEL
NEW_SCALE = "new"
KIND_LABELS: Mapping[ItemKind, Any] = {
    ItemKind.LIKERT: _("Rate a statement"),
    ItemKind.PAIRED: _("Rate both sides of a pair"),
    ItemKind.SINGLE: _("Choose one answer"),
    ItemKind.MULTIPLE: _("Choose any answers"),
    ItemKind.NUMBER: _("Give a number"),
    ItemKind.TEXT: _("Answer in your own words"),
    ItemKind.TIES: _("Name colleagues"),
}
PASSAGES = ("explanation", "rationale", "how_to_read", "how_not_to_read")


class CopyForm(forms.Form):
    """What the copy is called."""

    title = forms.CharField(label=_("What will yours be called?"), max_length=TITLE_LIMIT)


class ImportForm(forms.Form):
    """A file, or its text."""

    file = forms.FileField(
        label=_("A file"),
        required=False,
        help_text=_("A questionnaire file (.toml), a LimeSurvey survey (.lss or .lsq), or a list of questions as CSV."),
    )
    pasted = forms.CharField(
        label=_("Or paste the text of a questionnaire file"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
    )

    def clean(self) -> dict[str, Any]:
        """One of the two is needed."""
        said = super().clean() or {}
        if not self.errors and not said.get("file") and not (said.get("pasted") or "").strip():
            raise forms.ValidationError(_("Choose a file, or paste a text."))
        return said


class TextForm(forms.Form):
    """The whole questionnaire as text."""

    seen = forms.CharField(widget=forms.HiddenInput)
    definition = forms.CharField(
        label=_("The questionnaire as text"),
        strip=False,
        max_length=limits.MOST_BYTES,
        widget=forms.Textarea(attrs={"rows": 30, "spellcheck": "false", "wrap": "off"}),
    )


class EditForm(forms.Form):
    """A form whose texts come in each language of the questionnaire."""

    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, instrument: Instrument, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instrument = instrument

    def add_words(self, name: str, label: Any, before: Words, longest: int, **options: Any) -> None:
        """A short text in each language."""
        for language in self.instrument.languages:
            self.fields[f"{name}_{language}"] = forms.CharField(
                label=self._labelled(label, language), max_length=longest, initial=before.get(language, ""), **options
            )

    def add_sentence(self, name: str, label: Any, before: Words, **options: Any) -> None:
        """What is asked, in each language."""
        widget = forms.Textarea(attrs={"rows": 2})
        self.add_words(name, label, before, limits.LONGEST_TEXT, widget=widget, **options)

    def add_passage(self, name: str, label: Any, before: Words, **options: Any) -> None:
        """A longer text in each language."""
        widget = forms.Textarea(attrs={"rows": 4})
        self.add_words(name, label, before, limits.LONGEST_PASSAGE, widget=widget, **options)

    def add_lines(self, name: str, label: Any, before: Mapping[str, Sequence[str]], help_text: Any) -> None:
        """Several short texts in each language, one on each line."""
        for language in self.instrument.languages:
            self.fields[f"{name}_{language}"] = forms.CharField(
                label=self._labelled(label, language),
                initial="\n".join(before.get(language, ())),
                widget=forms.Textarea(attrs={"rows": 6}),
                help_text=help_text,
            )

    def _labelled(self, label: Any, language: str) -> Any:
        return f"{label} ({language})" if len(self.instrument.languages) > 1 else label

    def words(self, name: str) -> dict[str, str]:
        """What was said under a name, by language."""
        return {language: self.cleaned_data.get(f"{name}_{language}", "") for language in self.instrument.languages}

    def lines(self, name: str) -> dict[str, list[str]]:
        """The lines that were said under a name, by language."""
        return {
            language: [line.strip() for line in text.splitlines() if line.strip()]
            for language, text in self.words(name).items()
        }


class HeadForm(EditForm):
    """The title and the purpose."""

    def __init__(self, *args: Any, instrument: Instrument, **kwargs: Any) -> None:
        super().__init__(*args, instrument=instrument, **kwargs)
        self.add_words("title", _("Title"), instrument.title, limits.LONGEST_LABEL)
        self.add_passage("purpose", _("What it is for"), instrument.purpose)


class FacetForm(EditForm):
    """What readers learn about a facet."""

    def __init__(self, *args: Any, instrument: Instrument, facet: Facet, **kwargs: Any) -> None:
        super().__init__(*args, instrument=instrument, **kwargs)
        self.add_words("title", _("Title"), facet.title, limits.LONGEST_LABEL)
        labels = (_("What it means"), _("Why it is asked"), _("How to read it"), _("How not to read it"))
        for name, label in zip(PASSAGES, labels, strict=True):
            self.add_passage(name, label, getattr(facet, name), required=False)
        self.fields["source"] = forms.CharField(
            label=_("Where it comes from"), max_length=limits.LONGEST_SOURCE, initial=facet.source, required=False
        )


class ScaleForm(EditForm):
    """The answers of a scale."""

    def __init__(self, *args: Any, instrument: Instrument, key: str, **kwargs: Any) -> None:
        super().__init__(*args, instrument=instrument, **kwargs)
        labels = instrument.scales[key].labels if key else {}
        self.add_lines("labels", _("Answers"), labels, _("One on each line, the best last. Five are usual."))


class ItemForm(EditForm):
    """One question."""

    def __init__(
        self, *args: Any, instrument: Instrument, item: Item, is_new: bool, was_asked: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, instrument=instrument, **kwargs)
        self.item = item
        paired = item.kind == ItemKind.PAIRED
        hint = _("Write {referent} where whom it is about is to be put in.") if instrument.referents else ""
        label = _("The question above the pair") if paired else _("The question, or the statement to rate")
        self.add_sentence("text", label, item.text, required=not paired, help_text=hint)
        if paired:
            self.add_sentence("left", _("On the left"), item.left)
            self.add_sentence("right", _("On the right"), item.right)
        if item.kind in WITH_FACET:
            self._add_scale_and_facet()
        if item.kind == ItemKind.LIKERT:
            self.fields["is_reversed"] = forms.BooleanField(
                label=_("It says the opposite of its facet, so agreeing is bad news"),
                required=False,
                initial=item.reversed,
            )
        if item.kind in {ItemKind.SINGLE, ItemKind.MULTIPLE}:
            before = {
                language: [option.label.get(language, "") for option in item.options]
                for language in instrument.languages
            }
            self.add_lines("options", _("Answers to choose from"), before, _("One on each line."))
        if item.kind == ItemKind.NUMBER:
            for name, label, value in (
                ("lowest", _("From"), item.lowest),
                ("highest", _("To"), item.highest or limits.WIDEST_NUMBER),
            ):
                self.fields[name] = forms.IntegerField(
                    label=label, initial=value, min_value=0, max_value=limits.HIGHEST_NUMBER
                )
        if was_asked and not is_new:
            self.fields["meaning"] = forms.ChoiceField(
                label=_("Does it still mean the same?"),
                widget=forms.RadioSelect,
                initial="same",
                choices=[
                    ("same", _("Yes: its results go on one line with those of earlier versions")),
                    ("other", _("No: it is another question now, and its results begin anew")),
                ],
            )

    def _add_scale_and_facet(self) -> None:
        instrument = self.instrument
        scales = [
            (key, " · ".join(scale.labels[instrument.default_language])) for key, scale in instrument.scales.items()
        ]
        self.fields["scale"] = forms.ChoiceField(
            label=_("Answers"), choices=scales, initial=self.item.scale or (scales[0][0] if scales else "")
        )
        facets = [(facet.key, instrument.say(facet.title)) for facet in instrument.facets]
        self.fields["facet"] = forms.ChoiceField(
            label=_("Facet"), choices=[("", _("none")), *facets], initial=self.item.facet, required=False
        )
        self.fields["new_facet"] = forms.CharField(
            label=_("Or the title of a new facet"), max_length=limits.LONGEST_LABEL, required=False
        )

    @property
    def edit(self) -> ItemEdit:
        """What was said."""
        said = self.cleaned_data
        return ItemEdit(
            text=self.words("text"),
            facet=said.get("facet", ""),
            new_facet=said.get("new_facet", ""),
            scale=said.get("scale", ""),
            is_reversed=said.get("is_reversed", False),
            left=self.words("left"),
            right=self.words("right"),
            options=self.lines("options"),
            lowest=said.get("lowest") or 0,
            highest=said.get("highest") or 0,
        )

    @property
    def means_the_same(self) -> bool:
        """Whether its results may go on one line with earlier ones."""
        return bool(self.cleaned_data.get("meaning", "same") == "same")


class KindForm(forms.Form):
    """How the new question is answered."""

    kind = forms.ChoiceField(
        label=_("How will it be answered?"),
        widget=forms.RadioSelect,
        choices=[(kind.value, label) for kind, label in KIND_LABELS.items() if kind != ItemKind.TIES],
        initial=ItemKind.LIKERT.value,
    )
