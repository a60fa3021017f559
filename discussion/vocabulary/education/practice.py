"""Education: the default instrument. Its wording is our own, and of no published questionnaire."""

from discussion.language import _l
from discussion.vocabulary.practice import PracticeWords, StartingFunction, StartingVision

FUNCTIONS = (
    StartingFunction("curriculum", _l("Curriculum"), _l("What is taught, and in what order")),
    StartingFunction(
        "assessment",
        _l("Assessment and data"),
        _l("Tests, reports, and the points at which data are gathered"),
    ),
    StartingFunction("behaviour", _l("Behaviour"), _l("Rules, rewards and sanctions")),
    StartingFunction("attendance", _l("Attendance"), _l("How absence is followed up")),
    StartingFunction(
        "inclusion", _l("SEND and inclusion"), _l("Who gets which support, and where")
    ),
    StartingFunction(
        "enrichment",
        _l("Enrichment"),
        _l("Clubs, sport, music and trips, and who must come"),
        asks_compulsion=True,
    ),
    StartingFunction(
        "training", _l("Training and development"), _l("What staff learn, when, and who teaches it")
    ),
    StartingFunction(
        "recruitment", _l("Recruitment and pay"), _l("Who is hired, and on what terms")
    ),
    StartingFunction(
        "finance", _l("Finance and procurement"), _l("What is bought, and from which purse")
    ),
    StartingFunction(
        "identity", _l("Uniform and identity"), _l("What a school looks like and is called")
    ),
    StartingFunction("pedagogy", _l("Pedagogy"), _l("How lessons are taught"), is_usual=False),
    StartingFunction(
        "syllabuses",
        _l("Exam syllabuses"),
        _l("Which boards and which qualifications"),
        is_usual=False,
    ),
    StartingFunction(
        "pastoral",
        _l("Pastoral care and safeguarding"),
        _l("Who looks after pupils, and how"),
        is_usual=False,
    ),
    StartingFunction(
        "community",
        _l("Community and parents"),
        _l("How families and neighbours are spoken with"),
        is_usual=False,
    ),
    StartingFunction(
        "estates", _l("Estates"), _l("Buildings, grounds and their use"), is_usual=False
    ),
    StartingFunction(
        "technology", _l("IT and data systems"), _l("Which systems, and for what"), is_usual=False
    ),
    StartingFunction(
        "governance",
        _l("Governance and policies"),
        _l("Who answers for what, and by which policy"),
        is_usual=False,
    ),
)

VISIONS = (
    StartingVision("entitlement", _l("Every pupil in our schools is entitled to the same things.")),
    StartingVision("nearness", _l("Those who know the pupil should decide.")),
    StartingVision("evenness", _l("We would rather be even than excellent in places.")),
    StartingVision("character", _l("A school’s character is worth protecting, even at a price.")),
)

PRACTICE = PracticeWords(
    professed=_l("Which best represents our stated approach?"),
    practised=_l("Who decides, in practice?"),
    stops=(
        _l("School decides alone"),
        _l("School decides, within trust principles"),
        _l("Decided together"),
        _l("Trust decides, schools may adapt"),
        _l("Trust decides, schools carry it out"),
    ),
    compulsion=_l("And for pupils: is it required?"),
    compulsion_stops=(
        _l("Freely chosen"),
        _l("Encouraged"),
        _l("Expected, with exceptions"),
        _l("Required of some"),
        _l("Required of all"),
    ),
    fit_stops=(
        _l("Not us at all"),
        _l("Not much like us"),
        _l("Partly us"),
        _l("Very like us"),
        _l("Exactly us"),
    ),
    functions=FUNCTIONS,
    visions=VISIONS,
    organisation=_l("trust"),
    unit=_l("school"),
    units=_l("schools"),
    centre=_l("Central team"),
    centre_level="trust",
    unit_level="school",
    leading_families=frozenset({"school_leadership", "trust_and_local"}),
    cited_as=("organisational_data", "what_is_happening"),
    roles={"leader": _l("Leader"), "staff": _l("Staff")},
)
