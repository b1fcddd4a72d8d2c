"""The pages for who integrates."""
