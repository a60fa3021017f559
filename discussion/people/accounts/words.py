"""Vocabularies of people: what they do, where, and for whom."""

from datetime import timedelta

from discussion.language import _, _l

ROLES = {
    "classroom_teacher": _l("Classroom teacher"),
    "teaching_assistant": _l("Teaching assistant or support staff"),
    "middle_leader": _l("Middle leader"),
    "sendco": _l("SENDCo"),
    "headteacher": _l("Headteacher"),
    "senior_leader": _l("Senior leader"),
    "trust_central": _l("Trust central team"),
    "trust_ceo": _l("Trust chief executive"),
    "governor": _l("Governor or trustee"),
    "local_authority": _l("Local authority officer"),
    "researcher": _l("Researcher"),
    "assessment_professional": _l("Assessment professional"),
    "teacher_educator": _l("Teacher educator"),
    "civil_servant": _l("Policy maker or civil servant"),
    "inspector": _l("Inspector or regulator"),
    "third_sector": _l("Third sector or youth worker"),
    "employer": _l("Employer"),
    "parent": _l("Parent or carer"),
    "young_person": _l("Young person, through an adult"),
    "other": _l("Other"),
}

FAMILY_OF_ROLE = {
    "classroom_teacher": "teaching",
    "teaching_assistant": "teaching",
    "middle_leader": "teaching",
    "sendco": "teaching",
    "headteacher": "school_leadership",
    "senior_leader": "school_leadership",
    "trust_central": "trust_and_local",
    "trust_ceo": "trust_and_local",
    "governor": "trust_and_local",
    "local_authority": "trust_and_local",
    "researcher": "research_and_assessment",
    "assessment_professional": "research_and_assessment",
    "teacher_educator": "research_and_assessment",
    "civil_servant": "policy",
    "inspector": "policy",
    "third_sector": "community",
    "employer": "community",
    "parent": "community",
    "young_person": "community",
    "other": "other",
}

ROLE_FAMILIES = {
    "teaching": _l("Teaching"),
    "school_leadership": _l("School leadership"),
    "trust_and_local": _l("Trust and local system"),
    "research_and_assessment": _l("Research and assessment"),
    "policy": _l("Policy"),
    "community": _l("Community"),
    "other": _l("Other"),
}

PHASES = {
    "early_years": _l("early years"),
    "primary": _l("primary"),
    "secondary": _l("secondary"),
    "sixteen_nineteen": _l("16–19"),
    "he": _l("higher education"),
    "special": _l("special"),
    "ap": _l("alternative provision"),
    "all_through": _l("all-through"),
    "cross_phase": _l("cross-phase"),
}

REGIONS = {
    "north_east": _l("North East"),
    "north_west": _l("North West"),
    "yorkshire": _l("Yorkshire and the Humber"),
    "east_midlands": _l("East Midlands"),
    "west_midlands": _l("West Midlands"),
    "east": _l("East of England"),
    "london": _l("London"),
    "south_east": _l("South East"),
    "south_west": _l("South West"),
    "wales": _l("Wales"),
    "scotland": _l("Scotland"),
    "northern_ireland": _l("Northern Ireland"),
    "international": _l("International"),
}

ORGANISATION_TYPES = {
    "maintained_school": _l("Maintained school"),
    "academy_in_trust": _l("Academy in a trust"),
    "single_academy_trust": _l("Single-academy trust"),
    "free_school": _l("Free school"),
    "independent": _l("Independent school"),
    "special": _l("Special school"),
    "ap": _l("Alternative provision"),
    "fe_college": _l("Further education or sixth-form college"),
    "he_institution": _l("Higher education institution"),
    "local_authority": _l("Local authority"),
    "trust_central": _l("Trust central team"),
    "government_agency": _l("Government department or agency"),
    "awarding_body": _l("Awarding body"),
    "charity": _l("Charity"),
    "think_tank": _l("Think tank"),
    "company": _l("Company"),
}

ORGANISATION_SIZES = {
    "under_50": _l("Under 50 staff"),
    "50_249": _l("50 to 249 staff"),
    "250_999": _l("250 to 999 staff"),
    "1000_plus": _l("1,000 staff or more"),
}

LASTS_IDLE = timedelta(days=14)
LASTS_IDLE_WITH_POWER = timedelta(hours=12)  # moderators, conveners and administrators
LASTS_AT_MOST = timedelta(days=90)
SEEN_EVERY = timedelta(hours=1)  # how exactly it is known when somebody was last seen
MOVES_AFTER = timedelta(days=7)  # an account to another address, when the old one says nothing
REVERSIBLE_FOR = timedelta(days=7)  # by the old address, once it has moved
POWER_LASTS = timedelta(minutes=15)  # how long a password speaks for acts of power

# In this order: browsers call themselves by the names of those that came before them.
BROWSERS = {
    "Edg": "Edge", "OPR/": "Opera", "SamsungBrowser": "Samsung Internet", "Firefox": "Firefox",
    "FxiOS": "Firefox", "CriOS": "Chrome", "Chromium": "Chromium", "Chrome": "Chrome",
    "Safari": "Safari",
}  # fmt: skip
SYSTEMS = {
    "iPhone": "iPhone", "iPad": "iPad", "Android": "Android", "CrOS": "Chromebook",
    "Windows": "Windows", "Mac OS": "Mac", "Macintosh": "Mac", "Linux": "Linux",
}  # fmt: skip

MIN_PASSWORD = 12
MAX_NAME = 80
MAX_PASSWORD = 256


def device_in_words(user_agent: str) -> str:
    """Which browser on which kind of machine, from lists of ours: never what the browser says."""
    browser = next((name for mark, name in BROWSERS.items() if mark in user_agent), "")
    system = next((name for mark, name in SYSTEMS.items() if mark in user_agent), "")
    if browser and system:
        return _("%(browser)s on %(system)s", browser=browser, system=system)
    return browser or system or _("An unknown browser")


# What templates find these under: `words.role[…]`.
ON_PAGES = {
    "words": {
        "role": ROLES,
        "phase": PHASES,
        "region": REGIONS,
        "organisation_type": ORGANISATION_TYPES,
        "organisation_size": ORGANISATION_SIZES,
    }
}
