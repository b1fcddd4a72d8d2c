"""A residency market made up from a seed, to test lists in: its programs do not think as the model does."""
