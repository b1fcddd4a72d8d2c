"""Imports on the desk: hand a file in, name its columns, look at what it would do, write it, undo it."""
