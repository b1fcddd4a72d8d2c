"""What the staff pass before the desk opens: a login, a second factor, a look at whether it is still them."""
