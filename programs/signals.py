"""What other apps may listen to."""

from django.dispatch import Signal

# Sent when a merge is written: ``duplicate`` and ``kept`` (Program). Lists that hold the one take the other.
programs_merged = Signal()
