"""All that is kept about people: what, why, for how long, and by which step of the retention job it goes.

The privacy page, ``/me/`` and the retention job read this one table, and a test holds it against the models.
``until`` names periods of ``settings.KEEP_DAYS`` in braces.
"""

from collections.abc import Mapping
from typing import NamedTuple

WITH_VISITOR = "visitors"  # goes with the rest of what a visitor made
WITH_ACCOUNT = "accounts"
SESSIONS, LINKS, REQUESTS, PARTNERS, RUNS, DESK = "sessions", "links", "requests", "partners", "runs", "desk"
UNPROVEN = "unproven"
COHORTS, DELIVERIES = "cohorts", "deliveries"
BY_HAND = "by hand"  # somebody who runs the site takes it away

HERS = "With an account: until you delete it. Without one: {visitor} days after your last visit."
WITH_LIST = "As long as the list it belongs to."


class Kept(NamedTuple):
    """One kind of data, in the reader's words. ``goes``: the steps of the job that end it."""

    what: str
    models: tuple[str, ...]
    why: str
    until: str
    goes: tuple[str, ...]


REGISTRY: tuple[Kept, ...] = (
    Kept(
        "Your profile, and the form as you typed it",
        ("applicants.Profile", "applicants.ProfileDraft"),
        "Your list is made from it. The form is kept so that nothing you typed is lost.",
        HERS,
        (WITH_VISITOR, WITH_ACCOUNT),
    ),
    Kept(
        "Your answers: programs, chances and reasons",
        ("matching.Match", "matching.MatchRun", "matching.Receipt"),
        "So that you can come back to them, and see what changed from one to the next. Each holds the "
        "profile it was made from.",
        HERS,
        (WITH_VISITOR, WITH_ACCOUNT, RUNS),
    ),
    Kept(
        "Your lists, with notes and earlier versions",
        ("matching.SavedList", "matching.ListEntry", "matching.ListVersion"),
        "So that you can work on them and undo a change.",
        HERS,
        (WITH_VISITOR, WITH_ACCOUNT),
    ),
    Kept(
        "Private links to a list",
        ("matching.ListLink",),
        "So that whoever you gave one to can read the list, and you can take it back.",
        "{link} days after the link ended or you revoked it, and never longer than its list. A link with an "
        "end date keeps its list here until then.",
        (WITH_VISITOR, WITH_ACCOUNT, LINKS),
    ),
    Kept(
        "What you tried out, and its private link",
        ("matching.Scenario",),
        "So that you can go on where you stopped, or show it to somebody.",
        "As long as the answer it belongs to. The link is deleted when it has ended.",
        (WITH_VISITOR, WITH_ACCOUNT, LINKS),
    ),
    Kept(
        "Your plan: steps, notes, calendar link, and whether you want mail",
        ("matching.Plan", "matching.PlanStep"),
        "So that you can tick steps off, and take one back. For that a done step holds your earlier profile.",
        HERS,
        (WITH_VISITOR, WITH_ACCOUNT),
    ),
    Kept(
        "What became of your applications",
        ("matching.OutcomeReport", "matching.Outcome", "matching.ChanceBefore"),
        "To compare our chances with what happened. It counts only if you said yes, under a random code.",
        WITH_LIST,
        (WITH_VISITOR, WITH_ACCOUNT),
    ),
    Kept(
        "What you sent to an advisor, and what she answered",
        (
            "matching.Review",
            "matching.ReviewVersion",
            "matching.ReviewPatch",
            "matching.ReviewEvent",
            "matching.AdvisorMark",
        ),
        "So that you and your advisor see the same list, and both can read later who said what.",
        WITH_LIST,
        (WITH_ACCOUNT,),
    ),
    Kept(
        "What a new catalogue changes for your list",
        ("matching.ListDigest",),
        "So that you hear of it when a program you chose changes.",
        WITH_LIST,
        (WITH_VISITOR, WITH_ACCOUNT),
    ),
    Kept(
        "That you want mail when your lists change",
        ("matching.DigestChoice",),
        "So that we write to you, and you can stop it with one click.",
        "Until you stop it or delete your account.",
        (WITH_ACCOUNT,),
    ),
    Kept(
        "Your account and e-mail address",
        ("auth.User", "account.EmailAddress", "account.EmailConfirmation", "applicants.AccountNotice"),
        "So that you can log in. The password is kept in a form that nobody can read back.",
        "Until you delete it. After {account} days without use we send you a mail; {notice} days later we "
        "delete the account and all in it. An address that nobody confirmed goes after {unproven} days.",
        (WITH_ACCOUNT, UNPROVEN),
    ),
    Kept(
        "Your visits: a random number for your browser, and the day you last came",
        ("sessions.Session", "usersessions.UserSession"),
        "So that the site finds what is yours. With an account we also keep the network address and the name "
        "of the browser. You can see there where you are logged in, and end it.",
        "{visitor} days after your last visit, or when you log out.",
        (SESSIONS,),
    ),
    Kept(
        "Reports that something about a program is wrong",
        ("programs.FactReport",),
        "They are about the program, so they stay. Please write nothing about yourself there.",
        "The report stays. Which browser sent it is forgotten {visitor} days after it was last here.",
        (WITH_VISITOR,),
    ),
    Kept(
        "What partners sent about an applicant and asked us to keep",
        ("matching.IdempotencyKey", "matching.Cohort", "matching.CohortChunk"),
        "Only with a partner's key. The partner tells you about it. Without a key nothing is kept.",
        "{partner} days after it was sent. The name of the request, with its answer, goes after {request} "
        "days. What was sent of many at once goes {cohort} days after the last of them was scored.",
        (PARTNERS, REQUESTS, COHORTS),
    ),
    Kept(
        "Partners' keys",
        ("matching.ApiKey", "matching.RetiredSecret", "matching.Webhook", "matching.WebhookDelivery"),
        "To know a partner, and to tell its server that work is done. The key is kept in a form that nobody "
        "can read back, with its last use. What is told names no applicant.",
        "Until the people who run the site delete it. What was told goes after {delivery} days.",
        (BY_HAND, DELIVERIES),
    ),
    Kept(
        "A second factor for the login, if you set one up; of staff also organisation and saved views",
        ("mfa.Authenticator", "matching.Membership", "matching.SavedFilter"),
        "To be sure that it is you. The secret of the app is kept encrypted. Of staff, to know who may read "
        "which lists.",
        "As long as the account.",
        (WITH_ACCOUNT,),
    ),
    Kept(
        "What the people who run the site changed",
        ("admin.LogEntry", "matching.StaffAccess"),
        "So that a wrong change can be found, and who of the staff looked at what of yours.",
        "{desk} days.",
        (DESK,),
    ),
)

# Models that say nothing about a person, each with the reason.
ABOUT_NOBODY: dict[str, str] = {
    "matching.ModelVersion": "parameters of the model",
    "matching.WorkerBeat": "names of processes",
    "contenttypes.ContentType": "names of models",
    "auth.Permission": "names of rights",
    "auth.Group": "names of groups",
    "rest_framework_api_key.APIKey": "a table of the key library that is not used",
    "programs.Specialty": "the catalogue",
    "programs.Institution": "the catalogue",
    "programs.Program": "the catalogue",
    "programs.ProgramFact": "the catalogue",
    "programs.DataVersion": "the catalogue",
    "programs.Publication": "the catalogue",
    "programs.HistoricalProgram": "what the catalogue said before",
    "programs.HistoricalProgramFact": "what the catalogue said before",
    "programs.ProgramOverride": "the catalogue",
    "programs.ProgramUse": "counts of lists by program",
    "programs.ImportSource": "the catalogue",
    "programs.ImportBatch": "the catalogue",
    "programs.ImportPart": "the catalogue",
    "programs.ImportRow": "the catalogue",
    "programs.Roster": "residents of a program, without names",
    "programs.Resident": "residents of a program, without names",
    "matching.Organisation": "names of advising offices",
    "matching.AdvisorGroup": "names of groups in advising offices",
    "matching.DigestRun": "how far a nightly job came",
}

# Of these it is also kept who of the staff entered or decided it: a name that goes with her account.
BY_STAFF = frozenset(
    {
        "programs.HistoricalProgram",
        "programs.HistoricalProgramFact",
        "programs.ImportBatch",
        "programs.ProgramFact",
        "programs.ProgramOverride",
        "programs.Roster",
    }
)


def models_kept() -> dict[str, Kept]:
    """The entry of each model."""
    return {model: entry for entry in REGISTRY for model in entry.models}


def entry_told(entry: Kept, days: Mapping[str, int]) -> str:
    """How long it is kept, with the periods in force."""
    return entry.until.format(**days)
