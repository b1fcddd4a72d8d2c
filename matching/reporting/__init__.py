"""What became of the applications of a list: told in two minutes, held against the chances given before."""
