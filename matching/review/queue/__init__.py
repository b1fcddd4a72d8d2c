"""The queue: which reviews stand in it for whom, how each is told in a line, and the views that are kept."""
