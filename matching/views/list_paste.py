"""Pasting a list: first what was understood of it, then the programs she ticks."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from applicants.selectors import specialty_names
from matching.list_forms import PasteForm
from matching.list_selectors import listed_keys, paste_index, programs_named
from matching.models import SavedList
from matching.paste import lines_read
from matching.presentation.numbers import counted
from matching.presentation.paste import PastePage, paste_page
from matching.services import list_add
from matching.services.list_edit import Added

from .access import list_or_404
from .list_edit import undo_offered


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def paste(request: HttpRequest, list_id: uuid.UUID) -> HttpResponse:
    saved_list = list_or_404(request, list_id)
    form = PasteForm(request.POST if request.method == "POST" else None)
    context = {"saved_list": saved_list, "form": form}
    if not form.is_bound or not form.is_valid():
        return render(request, "matching/list_paste.html", context, status=422 if form.is_bound else 200)
    return render(request, "matching/list_paste.html", context | {"page": understood(saved_list, form)})


@require_POST
def paste_add(request: HttpRequest, list_id: uuid.UUID) -> HttpResponse:
    """Adds what is ticked; lines that no program was found for are kept to be tried again."""
    saved_list = list_or_404(request, list_id)
    added = list_add(saved_list=saved_list, programs=ticked(request.POST), words="Added from a pasted list")
    messages.success(request, added_words(added))
    left = PasteForm(request.POST)
    if not left.is_valid():
        return redirect("matching:list", list_id)
    form = PasteForm(initial={"text": left.cleaned_data["text"]})
    return render(
        request, "matching/list_paste.html", {"saved_list": saved_list, "form": form, "again": True}
    )


def understood(saved_list: SavedList, form: PasteForm) -> PastePage:
    index = paste_index(saved_list.match.run.profile.get("specialties", ()))
    reads = [index.read(line) for line in lines_read(form.cleaned_data["text"], specialty_names())]
    programs = programs_named({name for read in reads for name in read.candidates})
    return paste_page(reads, programs, listed_keys(saved_list))


def ticked(post: QueryDict) -> list[str]:
    """Ids in the order of the lines they stand for."""
    chosen = [(name, post.get(name, "")) for name in post if name.startswith("line-")]
    return [str(program) for _, program in sorted(chosen, key=lambda each: _number(each[0])) if program]


def _number(name: str) -> int:
    digits = name.removeprefix("line-")[:4]
    return int(digits) if digits.isdecimal() else 0


def added_words(added: Added) -> str:
    told = [f"{counted(len(added.added), 'program')} added."]
    there = len(added.there) + len(added.other_track)
    if there:
        told.append(f"{there} {'was' if there == 1 else 'were'} on the list already.")
    if added.no_room:
        told.append(f"{len(added.no_room)} did not fit: a list holds 300.")
    words = " ".join(told)
    return undo_offered(words.removesuffix(".")) if added.added else words
