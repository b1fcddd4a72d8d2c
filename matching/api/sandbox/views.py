from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from matching.api.sandbox.answering import personas_listed
from matching.api.sandbox.docs import personas_schema
from programs.api_query import Parameters, faults_raise


class PersonasView(APIView):
    """The sample applicants, all on one page; none is a real person."""

    http_method_names = ["get", "head"]
    required_scope = "match"
    any_scope = True

    @personas_schema
    def get(self, request: Request) -> Response:
        parameters = Parameters(request.query_params)
        parameters.nothing_taken()
        faults_raise(parameters)
        return Response({"next": None, "previous": None, "results": personas_listed()})
