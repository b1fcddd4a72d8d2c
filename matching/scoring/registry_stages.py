"""What the parameters that belong to no factor are for. A pattern ends in ``*`` or is a name."""

from matching.scoring.registry import Fields

# The reference population and what it is fitted to: read by the calibration, some by the core as priors.
CALIBRATION: Fields = ("headline_match_rate.*", "headline_rank_length.*", "population.*")

# What the parameters that belong to no factor are for.
STAGES: tuple[tuple[str, Fields], ...] = (
    (
        "Base by kind of graduate and specialty",
        (
            "base.us_img",
            "applicant_type.*",
            "specialty_elasticity",
            "us_img_share.*",
            "non_us_img_share.*",
            "unfilled_share.*",
            "unfilled_open",
            "img_applicants.internal-medicine",
            "img_applicants.family-medicine",
            "positions_filled.*",
            "img_applicants_per_position.all",
            "crowding_follows_share",
            "specialty_unmeasured.*",
        ),
    ),
    ("Recalibration on outcomes", ("recalibration.*",)),
    (
        "What is not said",
        ("item.unsaid_specialty_share", "population.local_share", "population.type_share.*"),
    ),
    ("Age of facts", ("fact.half_life", "fact.unknown_age")),
    ("Confidence", ("fact.confidence.*", "confidence.*")),
    ("Tiers", ("tier.*",)),
    ("Fit", ("fit.*",)),
    ("From interviews to a match", ("luck.sigma", "match.willing.*")),
    ("The list", ("list.*",)),
    ("Balance of a list", ("balance.*",)),
    ("What actions take", ("action.*",)),
    ("What to ask first", ("ask.*",)),
    ("Checks of a profile by the date of an exam", ("*.pass_mark.*",)),
    ("Calibration", CALIBRATION),
)
# Not read by the core yet.
KEPT_FOR_LATER: Fields = (
    "img_applicants.surgery",
    "caribbean_share_us_citizens",
)
