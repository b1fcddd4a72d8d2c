"""The catalogue's pages. They know the applicant's odds, so they live here and not with the catalogue."""

from django.urls import path, register_converter

from matching.views import compare, explore, program
from programs.converters import ProgramIdConverter

register_converter(ProgramIdConverter, "program_id")

app_name = "programs"

urlpatterns = [
    path("", explore.program_list, name="list"),
    path("compare/", compare.compare, name="compare"),
    path("<program_id:program_id>/", program.program_detail, name="detail"),
    path("<program_id:program_id>/report/", program.program_report, name="report"),
]
