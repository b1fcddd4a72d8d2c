"""What the account library asks of us: our words, our mail, the way on after a login."""
