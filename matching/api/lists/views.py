"""A list that an applicant shared by its private link, for her school's or her adviser's own system."""

from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from matching.api.lists.docs import list_read_schema


class SharedListView(APIView):
    """Holding the link is what gives the right to read; the key says who reads, and is counted."""

    http_method_names = ["get", "head"]
    required_scope = "lists:read"
    key_required = True

    @list_read_schema
    def get(self, request: Request, token: str) -> Response:
        # The pages' own way to a link: open, ended and revoked mean the same here as there.
        from matching.api.lists.document import shared_document  # noqa: PLC0415
        from matching.views.links import link_or_404  # noqa: PLC0415
        from matching.views.sharing import shared_of  # noqa: PLC0415

        link = link_or_404(token)
        return Response(shared_document(shared_of(link.saved_list, link.mode), link))
