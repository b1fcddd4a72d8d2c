"""Addresses of the lists."""

from django.urls import URLPattern, URLResolver, path

from matching.views import list_button, list_edit, list_history, list_paste, lists

urlpatterns: list[URLPattern | URLResolver] = [
    path("matches/<uuid:match_id>/save/", lists.save, name="list_save"),
    path("lists/", lists.index, name="lists"),
    path("lists/add/", list_button.add, name="list_add"),
    path("lists/remove/", list_button.remove, name="list_remove"),
    path("lists/<uuid:list_id>/", lists.detail, name="list"),
    path("lists/new/", lists.new, name="list_new"),
    path("lists/<uuid:list_id>/edit/", list_edit.edit, name="list_edit"),
    path("lists/<uuid:list_id>/undo/", list_edit.undo, name="list_undo"),
    path("lists/<uuid:list_id>/add-all/", list_edit.bulk, name="list_bulk"),
    path("lists/<uuid:list_id>/repair/", list_edit.repair, name="list_repair"),
    path("lists/<uuid:list_id>/judge/", list_edit.rebase, name="list_rebase"),
    path("lists/<uuid:list_id>/paste/", list_paste.paste, name="list_paste"),
    path("lists/<uuid:list_id>/paste/add/", list_paste.paste_add, name="list_paste_add"),
    path("lists/<uuid:list_id>/versions/", list_history.versions, name="list_versions"),
    path("lists/<uuid:list_id>/versions/<int:number>/restore/", list_history.restore, name="list_restore"),
    path(
        "lists/<uuid:list_id>/versions/<int:number>/name/",
        list_history.version_name,
        name="list_version_name",
    ),
    path("lists/<uuid:list_id>/copy/", lists.copy, name="list_copy"),
    path("lists/<uuid:list_id>/current/", lists.current, name="list_current"),
    path("lists/<uuid:list_id>/delete/", lists.delete, name="list_delete"),
]
