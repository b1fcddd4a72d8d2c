"""The pages for who integrates, in the order they are read."""

from matching.method.parts import Part

PARTS = (
    Part("developers", "Quick start"),
    Part("developers_sandbox", "Sandbox"),
    Part("developers_cohorts", "Cohorts"),
    Part("developers_webhooks", "Webhooks"),
    Part("developers_errors", "Errors"),
    Part("developers_limits", "Limits"),
    Part("developers_data", "Data"),
    Part("developers_changes", "Changes"),
)
