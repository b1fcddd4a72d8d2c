from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from programs.choices import Confidence, SourceKind, Strictness
from programs.importing.columns import TARGETS
from programs.importing.intake.layout import Layout
from programs.importing.intake.texts import DELIMITERS, ENCODINGS
from programs.importing.presets import PRESETS
from programs.models import ImportBatch, ImportSource

NOT_TAKEN = "left out"


def file_field() -> forms.FileField:
    words = f"CSV or Excel (.xlsx), at most {settings.IMPORT_MAX_MB} MB and 200,000 rows."
    return forms.FileField(label="File", help_text=words, max_length=200)


class UploadForm(forms.Form):
    kind = forms.ChoiceField(label="What it holds", choices=ImportBatch.Kind.choices)
    source = forms.CharField(
        label="Where it is from",
        max_length=120,
        help_text="A name to remember its columns by, such as “Programs' answers by mail”.",
        widget=forms.TextInput(attrs={"list": "import-sources", "autocomplete": "off"}),
    )
    preset = forms.ChoiceField(
        label="Layout",
        required=False,
        choices=[("", "our own, or to be named"), *((code, each.label) for code, each in PRESETS.items())],
        help_text="A known layout names the columns for you; each can be changed afterwards.",
    )
    rights = forms.ChoiceField(label="By what right", choices=ImportBatch.Rights.choices)
    rights_statement = forms.CharField(
        label="Who says that we may use and show it",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="In a sentence, with the name and, of a licence, its number. It is kept with the import.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"] = file_field()
        self.sources = list(ImportSource.objects.values_list("name", flat=True)[:200])

    def clean_source(self) -> str:
        """Two spellings of one source are one."""
        name = " ".join(self.cleaned_data["source"].split())
        return next((known for known in self.sources if known.casefold() == name.casefold()), name)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        preset = PRESETS.get(data.get("preset", ""))
        if preset and data.get("kind") and preset.kind != data["kind"]:
            self.add_error("preset", f"This layout holds {preset.kind}, not {data['kind']}.")
        return data


class ReplaceForm(forms.Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"] = file_field()


def file_name_of(upload: "UploadedFile[Any]") -> str:
    name = "".join(mark for mark in (upload.name or "") if mark.isprintable())
    return name[-200:] or "file"


class LayoutForm(forms.Form):
    """Against what was guessed of the file."""

    encoding = forms.ChoiceField(required=False)
    delimiter = forms.ChoiceField(label="Cells are parted by", required=False)
    sheet = forms.ChoiceField(required=False)
    header_row = forms.IntegerField(label="Row of the header", min_value=1, max_value=40)

    def __init__(self, *args: Any, layout: Layout, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.update(
            encoding=layout.encoding,
            delimiter=layout.delimiter,
            sheet=layout.sheet,
            header_row=layout.header_row,
        )
        choices = {
            "encoding": list(ENCODINGS.items()),
            "delimiter": list(DELIMITERS.items()),
            "sheet": [(name, f"{name} ({shown})" if shown else name) for name, shown in layout.sheets],
        }
        gone = ("sheet",) if layout.form == "csv" else ("encoding", "delimiter")
        for name, offered in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = offered
        for name in gone:
            del self.fields[name]


NONE = ("", "each row says it, or nothing does")
DEFAULTS: dict[str, forms.Field] = {
    "source_url": forms.URLField(label="Address of the page", max_length=400, assume_scheme="https"),
    "source": forms.CharField(label="Source in words", max_length=300),
    "source_kind": forms.ChoiceField(label="Kind of source", choices=[NONE, *SourceKind.choices]),
    "observed_on": forms.DateField(label="Seen on", widget=forms.DateInput(attrs={"type": "date"})),
    "page_year": forms.IntegerField(label="Year of the page", min_value=1990, max_value=2100),
    "season": forms.RegexField(r"^20\d\d$", label="Season", help_text="such as 2027"),
    "strictness": forms.ChoiceField(label="Strictness", choices=[NONE, *Strictness.choices]),
    "confidence": forms.ChoiceField(label="Confidence", choices=[NONE, *Confidence.choices]),
    "tracks": forms.ChoiceField(
        label="A row with an ACGME id that several tracks share",
        choices=[("one", "is a fault: it must name one"), ("all", "speaks of every one of them")],
    ),
    "blanks": forms.CharField(
        label="Cells that say nothing", max_length=200, help_text="parted by ;, such as N/A; not reported"
    ),
    "reason": forms.CharField(label="Reason", max_length=300, help_text="Why our columns are decided so."),
    "last_listed_year": forms.IntegerField(label="Last listed in", min_value=1990, max_value=2100),
}
OF_KIND = {
    "facts": ("source_kind", "source_url", "source", "observed_on", "page_year", "season", "strictness",
              "confidence", "tracks", "blanks"),
    "rosters": ("source_kind", "source_url", "source", "observed_on", "season", "blanks"),
    "programs": ("reason", "source_url", "last_listed_year", "blanks"),
}  # fmt: skip


class ColumnsForm(forms.Form):
    """One choice a column of the file, and what holds for every row."""

    def __init__(self, *args: Any, batch: ImportBatch, mapping: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.layout = Layout.of(batch.layout)
        taken = {column: field for field, column in mapping.items()}
        choices = target_choices(batch.kind)
        for place, column in enumerate(self.layout.columns):
            self.fields[f"c{place}"] = forms.ChoiceField(
                label=column, required=False, choices=choices, initial=taken.get(column, "")
            )
        for name in OF_KIND[batch.kind]:
            field = DEFAULTS[name]
            self.fields[name] = type(field)(**_like(field))
            self.initial[name] = batch.defaults.get(name, "")
        self.default_names = OF_KIND[batch.kind]

    def rows(self) -> list[dict[str, Any]]:
        """Each column with its choice and what stands in it."""
        return [
            {
                "field": self[f"c{place}"],
                "column": column,
                "samples": [row[place] for row in self.layout.samples if row[place]][:3],
            }
            for place, column in enumerate(self.layout.columns)
        ]

    def for_all(self) -> list[forms.BoundField]:
        return [self[name] for name in self.default_names]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        chosen = [data.get(f"c{place}") for place in range(len(self.layout.columns))]
        for place, name in enumerate(chosen):
            if name and name in chosen[:place]:
                first = self.layout.columns[chosen.index(name)]
                self.add_error(f"c{place}", f"The column “{first}” is taken for this already.")
        return data

    @property
    def mapping(self) -> dict[str, str]:
        return {
            name: column
            for place, column in enumerate(self.layout.columns)
            if (name := self.cleaned_data.get(f"c{place}"))
        }

    @property
    def defaults(self) -> dict[str, str]:
        said = {name: self.cleaned_data.get(name) for name in self.default_names}
        return {name: str(value) for name, value in said.items() if value not in (None, "")}


def target_choices(kind: str) -> list[tuple[str, Any]]:
    groups: dict[str, list[tuple[str, str]]] = {}
    for target in TARGETS[kind]:
        groups.setdefault(target.group, []).append((target.name, target.label))
    return [("", NOT_TAKEN), *groups.items()]


def _like(field: forms.Field) -> dict[str, Any]:
    """The same field anew: a form may not share one with another request."""
    members: dict[str, Any] = {"label": field.label, "help_text": field.help_text, "required": False}
    for name in ("choices", "max_length", "min_value", "max_value", "assume_scheme", "regex"):
        if hasattr(field, name) and getattr(field, name) is not None:
            members[name] = getattr(field, name)
    if isinstance(field, forms.DateField):
        members["widget"] = forms.DateInput(attrs={"type": "date"})
    return members


class ConfirmForm(forms.Form):
    conflicts = forms.ChoiceField(
        choices=[("beside", ""), ("leave", "")], widget=forms.RadioSelect, required=False
    )
    understood = forms.BooleanField(required=False)
