from django.urls import path, register_converter
from django.urls.converters import StringConverter

from programs import views


class ProgramIdConverter(StringConverter):
    """Ids as they are minted; anything else is no address of ours."""

    regex = "sp[0-9]{5}"


register_converter(ProgramIdConverter, "program_id")

app_name = "programs"

urlpatterns = [
    path("", views.program_list, name="list"),
    path("<program_id:program_id>/", views.program_detail, name="detail"),
]
