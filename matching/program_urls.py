"""The catalogue's pages. They know the applicant's odds, so they live here and not with the catalogue."""

from django.urls import path, register_converter

from programs import views as catalogue
from programs.converters import ProgramIdConverter

register_converter(ProgramIdConverter, "program_id")

app_name = "programs"

urlpatterns = [
    path("", catalogue.program_list, name="list"),
    path("<program_id:program_id>/", catalogue.program_detail, name="detail"),
]
