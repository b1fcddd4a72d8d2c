"""One row of a file, kind by kind: what it asks to be written, or what is wrong with it. No database here."""
