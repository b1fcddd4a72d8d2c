"""English and other languages: the OET where it is still to come, and how to tell of a second language."""

from matching.brief.facts import BriefFacts
from matching.brief.registry import Said, rule
from matching.brief.words import date_words, language, listed

PROFILE = ("matching:profile", "Say so in your profile")


@rule(
    "language.oet",
    trigger="She studied abroad and is not ECFMG certified yet",
    reason="You studied abroad and told us that you are not ECFMG certified yet.",
    sources=("ecfmg_oet", "iatrox_oet"),
    when=lambda facts: facts.abroad and facts.me.ecfmg_certified is False,
)
def oet(facts: BriefFacts) -> Said:
    citizen = facts.me.applicant_type == "us_img"
    who = (
        "This holds for US citizens and for people who have spoken English all their lives. "
        if citizen
        else "It holds whatever language your school taught in. "
    )
    opens = facts.dates.opens
    before = f" before applications open in {date_words(opens)}" if opens else ""
    hurry = (
        " If you have applied this season, ask ECFMG for the last day that counts."
        if facts.may_have_applied
        else ""
    )
    blocked = (
        " Step 2 CK comes first in your case; the OET can be sat meanwhile."
        if not facts.me.step2ck.passed
        else ""
    )
    return Said(
        title="You still need OET Medicine for the ECFMG certificate",
        say=(
            f"ECFMG asks everyone on its Pathways for the OET Medicine test. {who}Plan it{before}, with "
            "room for a second try: "
            f"all four parts must be passed in one sitting.{blocked}{hurry}",
            "The ECFMG page we could read is of an earlier season. Read the rules of your own year before "
            "you book.",
        ),
        short="Book OET Medicine: the ECFMG certificate needs it, also from US citizens.",
    )


@rule(
    "language.certificate",
    trigger="She studied abroad and has not said whether she is ECFMG certified",
    reason="Your profile does not say whether you are ECFMG certified.",
    sources=("ecfmg_oet", "iatrox_oet"),
    when=lambda facts: facts.abroad and facts.me.ecfmg_certified is None,
)
def certificate(facts: BriefFacts) -> Said:
    year = facts.me.graduation_year
    return Said(
        title="One question: are you ECFMG certified, and have you passed the OET?",
        say=(
            f"{f'As a graduate of {year} from abroad' if year else 'As a graduate from abroad'} you need "
            "the certificate "
            "to start. It needs a pass in OET Medicine, also from US citizens. If both are done, nothing "
            "is left to do here.",
        ),
        link=PROFILE,
    )


@rule(
    "language.others",
    trigger="She speaks another language beside English",
    reason="You told us that you speak {tongues}.",
    sources=("aamc_biography",),
    when=lambda facts: bool(facts.tongues),
)
def others(facts: BriefFacts) -> Said:
    names = [language(code) for code in facts.tongues]
    tongues = listed(names)
    served = [item for item in facts.me.service or () if item.months]
    place = f"your {served[0].months} months of service" if served else "a ward or clinic"
    return Said(
        title=f"{tongues}: list what you can prove",
        say=(
            f"The form asks how well you speak {tongues} and lists only a good level or better: claim what "
            "you could "
            f"hold for ten minutes at an interview, and add one line on {place} where it was needed.",
        ),
        avoid=("“basic”", f"“fluent” if you need help with medical {names[0]}"),
        slots=(("tongues", tongues),),
    )
