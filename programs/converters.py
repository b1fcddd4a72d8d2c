from django.urls.converters import StringConverter


class ProgramIdConverter(StringConverter):
    """Ids as they are minted; anything else is no address of ours."""

    regex = "sp[0-9]{5}"
