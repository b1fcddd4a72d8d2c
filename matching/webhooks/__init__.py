"""Partners told of events at addresses they proved to be theirs."""
