"""The value families, and the sixteen values that a series starts with."""

from discussion.language import _l

FAMILIES = {
    "purpose": _l("What education is for"),
    "shares": _l("Fair shares"),
    "counts": _l("Other things that count"),
    "run": _l("How things should be run"),
}
OTHER = "other"  # the family of a value that is only proposed

BRIGHOUSE = "Brighouse, Ladd, Loeb and Swift (2016), doi:10.1177/1477878515620887"
BIESTA = "Biesta (2009; 2020)"

# slug, family, label, definition, source
DEFAULT_VALUES = (
    ("knowledge", "purpose", _l("Knowledge and standards"),
     _l("Raising what pupils overall know and can do"),
     f"{BIESTA}: qualification; {BRIGHOUSE}: level of educational goods"),
    ("economic_capability", "purpose", _l("Economic capability"),
     _l("Being able to take part productively in the economy"),
     f"{BRIGHOUSE}: economic productivity"),
    ("self_authorship", "purpose", _l("Self-authorship"),
     _l("Growing able to form and pursue one’s own life"),
     f"{BRIGHOUSE}: autonomy; Menzies (2024); {BIESTA}: subjectification"),
    ("citizenship", "purpose", _l("Citizenship and equal regard"),
     _l("Taking part in democratic life and treating others as equals"),
     f"{BRIGHOUSE}: democratic competence, treating others as equals"),
    ("relationships", "purpose", _l("Relationships and belonging"),
     _l("Forming good relationships and being part of a community"),
     f"{BRIGHOUSE}: healthy personal relationships"),
    ("fulfilment", "purpose", _l("Personal fulfilment"),
     _l("Finding activities worth doing for their own sake"),
     f"{BRIGHOUSE}: personal fulfilment"),
    ("equality", "shares", _l("Equality"),
     _l("Narrowing differences between pupils in what they get or achieve"),
     f"{BRIGHOUSE}: equality"),
    ("adequacy", "shares", _l("Adequacy"),
     _l("Everyone reaching, or being offered, enough"),
     f"{BRIGHOUSE}: adequacy"),
    ("priority", "shares", _l("Priority to those with least"),
     _l("Extra weight to those who are worst off"),
     f"{BRIGHOUSE}: benefiting the less advantaged"),
    ("good_childhood", "counts", _l("A good childhood now"),
     _l("Play, rest, wellbeing and enjoyment as goods in themselves"),
     f"{BRIGHOUSE}: childhood goods"),
    ("pupil_freedom", "counts", _l("Pupils’ freedom to choose"),
     _l("Young people deciding for themselves now, and being heard"),
     "Schwartz (2012), doi:10.9707/2307-0919.1116: self-direction"),
    ("parents_interests", "counts", _l("Parents’ interests"),
     _l("Parents’ legitimate say, and family life"),
     f"{BRIGHOUSE}: parents’ interests"),
    ("democratic_process", "counts", _l("Democratic legitimacy"),
     _l("Decisions made by those entitled to make them, openly and accountably"),
     f"{BRIGHOUSE}: respect for democratic processes"),
    ("local_autonomy", "run", _l("Local and professional judgement"),
     _l("Decisions made by those nearest the pupils, fitted to the community"),
     "Building Trusts (2018)"),
    ("consistency", "run", _l("Consistency and coherence"),
     _l("The same entitlement and expectations wherever you are"),
     "Building Trusts (2018)"),
    ("stewardship", "run", _l("Stewardship"),
     _l("Careful use of public money, staff time and the system’s resilience"),
     "Efficiency and Resilience (2023)"),
)  # fmt: skip

MAX_LABEL = 60
MAX_DEFINITION = 200
MIN_VALUES, MAX_VALUES = 4, 24

# Values that are often taken for one another: their slugs, a title, and what tells them apart.
DISTINCTIONS = (
    (
        ("self_authorship", "pupil_freedom"),
        _l("A capacity to grow, or a choice now"),
        _l(
            "Self-authorship is an ability that grows, and some say that it needs things"
            " to be required now. Pupils’ freedom is about choosing now. People who"
            " disagree about making something compulsory often disagree about this."
        ),
    ),
    (
        ("equality", "adequacy", "priority"),
        _l("Three ideas that are all called equity"),
        _l(
            "Equality narrows the differences between pupils. Adequacy asks that"
            " everyone has enough, and accepts differences above that. Priority gives"
            " extra weight to those who have least, whatever differences remain."
        ),
    ),
    (
        ("consistency", "equality"),
        _l("The same provision is not an equal outcome"),
        _l(
            "Consistency gives every pupil the same entitlement wherever they are."
            " Equality looks at what pupils end up with. Pupils start from different"
            " places, so the same provision may not reduce differences."
        ),
    ),
)

# What templates find these under: `words.family[…]`.
ON_PAGES = {"words": {"family": FAMILIES | {OTHER: _l("Proposed")}}}
