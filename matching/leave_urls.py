"""Addresses by which a list leaves: files, private links, and forgetting it all."""

from django.urls import URLPattern, URLResolver, path, re_path

from matching.views import exports, forget, link_json, links

urlpatterns: list[URLPattern | URLResolver] = [
    re_path(
        r"^lists/(?P<list_id>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/export\.(?P<extension>csv|xlsx|pdf)$",
        exports.export,
        name="list_export",
    ),
    path("lists/<uuid:list_id>/links/", links.links, name="links"),
    path("lists/<uuid:list_id>/links/revoke/", links.revoke_all, name="links_revoke"),
    path("lists/<uuid:list_id>/links/<int:link_id>/revoke/", links.revoke, name="link_revoke"),
    path("l/<slug:token>/", links.private, name="list_private"),
    path(
        "l/<slug:token>/list.json",
        links.told_to_nobody(link_json.SharedListView.as_view()),
        name="list_private_json",
    ),
    re_path(
        r"^l/(?P<token>[-\w]+)/list\.(?P<extension>csv|xlsx|pdf)$",
        links.private_file,
        name="list_private_file",
    ),
    path("me/forget/", forget.forget, name="forget"),
]
