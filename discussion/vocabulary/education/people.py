"""Education: what people do, for whom, at which level, and where they work."""

from discussion.language import _l
from discussion.vocabulary.shape import Family, Level, Phase, Role

FAMILIES = {
    "teaching": Family(_l("Teaching"), _l("teaching staff")),
    "school_leadership": Family(_l("School leadership"), _l("school leaders")),
    "trust_and_local": Family(
        _l("Trust and local system"), _l("people in trusts and local systems")
    ),
    "research_and_assessment": Family(
        _l("Research and assessment"), _l("people in research and assessment")
    ),
    "policy": Family(_l("Policy"), _l("people in policy")),
    "community": Family(_l("Community"), _l("people in the community")),
    "other": Family(_l("Other"), _l("people in other roles")),
}

ROLES = {
    "classroom_teacher": Role(
        _l("Classroom teacher"), "teaching", _l("classroom teachers"), _l("teachers")
    ),
    "teaching_assistant": Role(
        _l("Teaching assistant or support staff"),
        "teaching",
        _l("teaching assistants and support staff"),
    ),
    "middle_leader": Role(_l("Middle leader"), "teaching", _l("middle leaders")),
    "sendco": Role(_l("SENDCo"), "teaching", _l("SENDCos")),
    "headteacher": Role(_l("Headteacher"), "school_leadership", _l("headteachers")),
    "senior_leader": Role(_l("Senior leader"), "school_leadership", _l("senior leaders")),
    "trust_central": Role(
        _l("Trust central team"), "trust_and_local", _l("members of trusts’ central teams")
    ),
    "trust_ceo": Role(_l("Trust chief executive"), "trust_and_local", _l("trust chief executives")),
    "governor": Role(_l("Governor or trustee"), "trust_and_local", _l("governors and trustees")),
    "local_authority": Role(
        _l("Local authority officer"), "trust_and_local", _l("local authority officers")
    ),
    "researcher": Role(_l("Researcher"), "research_and_assessment", _l("researchers")),
    "assessment_professional": Role(
        _l("Assessment professional"), "research_and_assessment", _l("assessment professionals")
    ),
    "teacher_educator": Role(
        _l("Teacher educator"), "research_and_assessment", _l("teacher educators")
    ),
    "civil_servant": Role(
        _l("Policy maker or civil servant"), "policy", _l("policy makers and civil servants")
    ),
    "inspector": Role(_l("Inspector or regulator"), "policy", _l("inspectors and regulators")),
    "third_sector": Role(
        _l("Third sector or youth worker"), "community", _l("third-sector and youth workers")
    ),
    "employer": Role(_l("Employer"), "community", _l("employers")),
    "parent": Role(_l("Parent or carer"), "community", _l("parents and carers")),
    "young_person": Role(
        _l("Young person, through an adult"), "community", _l("young people, through adults")
    ),
    "other": Role(_l("Other"), "other", _l("people in other roles")),
}

PHASES = {
    "early_years": Phase(_l("early years"), _l("early-years %(who)s"), _l("people in early years")),
    "primary": Phase(_l("primary"), _l("primary %(who)s"), _l("people in primary schools")),
    "secondary": Phase(_l("secondary"), _l("secondary %(who)s"), _l("people in secondary schools")),
    "sixteen_nineteen": Phase(
        _l("16–19"), _l("sixth-form %(who)s"), _l("people in sixth forms and colleges")
    ),
    "he": Phase(
        _l("higher education"), _l("%(who)s in higher education"), _l("people in higher education")
    ),
    "special": Phase(
        _l("special"), _l("%(who)s in special schools"), _l("people in special schools")
    ),
    "ap": Phase(
        _l("alternative provision"),
        _l("%(who)s in alternative provision"),
        _l("people in alternative provision"),
    ),
    "all_through": Phase(
        _l("all-through"), _l("%(who)s in all-through schools"), _l("people in all-through schools")
    ),
    "cross_phase": Phase(
        _l("cross-phase"), _l("%(who)s across phases"), _l("people across phases")
    ),
}

LEVELS = {
    "national": Level(
        _l("National"),
        _l("those who write about the national level"),
        _l("who write about the national level"),
    ),
    "trust": Level(_l("Trust"), _l("those who write about trusts"), _l("who write about trusts")),
    "school": Level(
        _l("School"), _l("those who write about schools"), _l("who write about schools")
    ),
    "classroom": Level(
        _l("Classroom"), _l("those who write about classrooms"), _l("who write about classrooms")
    ),
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
