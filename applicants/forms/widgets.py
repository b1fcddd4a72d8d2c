from typing import Any

from django import forms
from django.forms.renderers import BaseRenderer
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


class LongSelect(forms.Select):
    """A select drawn without a template an option: the page has a thousand of them."""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: BaseRenderer | None = None
    ) -> SafeString:
        drawn = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        groups = (
            format_html('<optgroup label="{}">{}</optgroup>', label, _options(options))
            if label
            else _options(options)
            for label, options, _ in self.optgroups(name, self.format_value(value))
        )
        return format_html(
            "<select{}>{}</select>", flatatt(drawn), format_html_join("", "{}", ((g,) for g in groups))
        )


def _options(options: list[dict[str, Any]]) -> SafeString:
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        (
            (option["value"], SafeString(" selected") if option["selected"] else "", option["label"])
            for option in options
        ),
    )
