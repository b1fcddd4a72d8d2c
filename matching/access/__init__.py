"""Who of the staff looked at what of whose: noted by every page about a person, read by her and the leads."""

from .noting import EXPORTED, OPENED, REFUSED, SEARCHED, access_note, export_note

__all__ = ["EXPORTED", "OPENED", "REFUSED", "SEARCHED", "access_note", "export_note"]
