from django.core.paginator import Paginator
from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from programs.fact_fields import FACT_FIELDS
from programs.forms import ProgramFilter
from programs.presentation import value_words
from programs.selectors import facts_of, programs_find

PAGE_SIZE = 25
# Of each field: what it is called where not known, and the words where it is.
ROW_FIELDS = {
    "program_type": ("type", "{}"),
    "accepts_img": ("whether it considers IMGs", "Considers IMGs: {}"),
    "min_step2ck": ("lowest Step 2 CK", "Lowest Step 2 CK: {}"),
}


@require_safe
def program_list(request: HttpRequest) -> HttpResponse:
    """The catalogue with its filters in the address: five queries, whatever is asked."""
    form = ProgramFilter(request.GET)
    rows = (
        programs_find(form.query()).select_related("specialty", "institution").order_by(Lower("name"), "id")
    )
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    programs = list(page.object_list)
    facts = facts_of([program.pk for program in programs], ROW_FIELDS)
    context = {
        "form": form,
        "counties": form.counties(),
        "page_obj": page,
        "rows": [(program, *row_facts(facts.get(program.pk, {}))) for program in programs],
        "filtered": any(request.GET.get(name) for name in form.fields),
    }
    return render(request, "programs/list.html", context)


def row_facts(values: dict[str, float | str | None]) -> tuple[list[str], list[str]]:
    """The few facts a row shows, in words, and what is not known of them."""
    known, unknown = [], []
    for field, (name, form) in ROW_FIELDS.items():
        words = value_words(FACT_FIELDS[field], values.get(field), "")
        if words:
            known.append(form.format(words if form == "{}" else words.lower()))
        else:
            unknown.append(name)
    return known, unknown
