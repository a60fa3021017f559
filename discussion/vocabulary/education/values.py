"""Education: families of values, and the sixteen values that a series starts with."""

from discussion.language import _l
from discussion.vocabulary.shape import Distinction, StartingValue, ValueFamily

FAMILIES = {
    "purpose": ValueFamily(
        _l("What education is for"),
        _l(
            "Knowledge, economic capability, self-authorship, citizenship, relationships, "
            "fulfilment: what pupils should gain."
        ),
    ),
    "shares": ValueFamily(
        _l("Fair shares"),
        _l(
            "Equality, adequacy, priority to those with least: three different ideas that are "
            "often all called equity."
        ),
    ),
    "counts": ValueFamily(
        _l("Other things that count"),
        _l(
            "A good childhood now, pupils’ freedom to choose, parents’ interests, democratic "
            "legitimacy."
        ),
    ),
    "run": ValueFamily(
        _l("How things should be run"),
        _l("Local and professional judgement, consistency, stewardship."),
    ),
}

BRIGHOUSE = "Brighouse, Ladd, Loeb and Swift (2016), doi:10.1177/1477878515620887"
BIESTA = "Biesta (2009; 2020)"

VALUES = (
    StartingValue(
        "knowledge",
        "purpose",
        _l("Knowledge and standards"),
        _l("Raising what pupils overall know and can do"),
        f"{BIESTA}: qualification; {BRIGHOUSE}: level of educational goods",
    ),
    StartingValue(
        "economic_capability",
        "purpose",
        _l("Economic capability"),
        _l("Being able to take part productively in the economy"),
        f"{BRIGHOUSE}: economic productivity",
    ),
    StartingValue(
        "self_authorship",
        "purpose",
        _l("Self-authorship"),
        _l("Growing able to form and pursue one’s own life"),
        f"{BRIGHOUSE}: autonomy; Menzies (2024); {BIESTA}: subjectification",
    ),
    StartingValue(
        "citizenship",
        "purpose",
        _l("Citizenship and equal regard"),
        _l("Taking part in democratic life and treating others as equals"),
        f"{BRIGHOUSE}: democratic competence, treating others as equals",
    ),
    StartingValue(
        "relationships",
        "purpose",
        _l("Relationships and belonging"),
        _l("Forming good relationships and being part of a community"),
        f"{BRIGHOUSE}: healthy personal relationships",
    ),
    StartingValue(
        "fulfilment",
        "purpose",
        _l("Personal fulfilment"),
        _l("Finding activities worth doing for their own sake"),
        f"{BRIGHOUSE}: personal fulfilment",
    ),
    StartingValue(
        "equality",
        "shares",
        _l("Equality"),
        _l("Narrowing differences between pupils in what they get or achieve"),
        f"{BRIGHOUSE}: equality",
    ),
    StartingValue(
        "adequacy",
        "shares",
        _l("Adequacy"),
        _l("Everyone reaching, or being offered, enough"),
        f"{BRIGHOUSE}: adequacy",
    ),
    StartingValue(
        "priority",
        "shares",
        _l("Priority to those with least"),
        _l("Extra weight to those who are worst off"),
        f"{BRIGHOUSE}: benefiting the less advantaged",
    ),
    StartingValue(
        "good_childhood",
        "counts",
        _l("A good childhood now"),
        _l("Play, rest, wellbeing and enjoyment as goods in themselves"),
        f"{BRIGHOUSE}: childhood goods",
    ),
    StartingValue(
        "pupil_freedom",
        "counts",
        _l("Pupils’ freedom to choose"),
        _l("Young people deciding for themselves now, and being heard"),
        "Schwartz (2012), doi:10.9707/2307-0919.1116: self-direction",
    ),
    StartingValue(
        "parents_interests",
        "counts",
        _l("Parents’ interests"),
        _l("Parents’ legitimate say, and family life"),
        f"{BRIGHOUSE}: parents’ interests",
    ),
    StartingValue(
        "democratic_process",
        "counts",
        _l("Democratic legitimacy"),
        _l("Decisions made by those entitled to make them, openly and accountably"),
        f"{BRIGHOUSE}: respect for democratic processes",
    ),
    StartingValue(
        "local_autonomy",
        "run",
        _l("Local and professional judgement"),
        _l("Decisions made by those nearest the pupils, fitted to the community"),
        "Building Trusts (2018)",
    ),
    StartingValue(
        "consistency",
        "run",
        _l("Consistency and coherence"),
        _l("The same entitlement and expectations wherever you are"),
        "Building Trusts (2018)",
    ),
    StartingValue(
        "stewardship",
        "run",
        _l("Stewardship"),
        _l("Careful use of public money, staff time and the system’s resilience"),
        "Efficiency and Resilience (2023)",
    ),
)

DISTINCTIONS = (
    Distinction(
        ("self_authorship", "pupil_freedom"),
        _l("A capacity to grow, or a choice now"),
        _l(
            "Self-authorship is an ability that grows, and some say that it needs things to be "
            "required now. Pupils’ freedom is about choosing now. People who disagree about "
            "making something compulsory often disagree about this."
        ),
    ),
    Distinction(
        ("equality", "adequacy", "priority"),
        _l("Three ideas that are all called equity"),
        _l(
            "Equality narrows the differences between pupils. Adequacy asks that everyone has "
            "enough, and accepts differences above that. Priority gives extra weight to those who"
            " have least, whatever differences remain."
        ),
    ),
    Distinction(
        ("consistency", "equality"),
        _l("The same provision is not an equal outcome"),
        _l(
            "Consistency gives every pupil the same entitlement wherever they are. Equality looks"
            " at what pupils end up with. Pupils start from different places, so the same "
            "provision may not reduce differences."
        ),
    ),
)
