"""What a page shows, read by templates without a detour."""


class Named:
    """Members found by name as in a mapping: templates try that first, and every miss costs an exception."""

    __slots__ = ()
    __getitem__ = object.__getattribute__
