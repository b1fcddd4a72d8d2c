"""A file as handed in: any bytes become numbered rows of text, or one fault that names the place."""
