"""A sector that there is not, in words that nobody says: every page is to show it without a gap."""

from dataclasses import fields
from itertools import count

from discussion.language import _l
from discussion.text.signs import Signs
from discussion.vocabulary.practice import PracticeWords, StartingFunction, StartingVision
from discussion.vocabulary.sentences import Sentences
from discussion.vocabulary.shape import (
    Distinction,
    EvidenceKind,
    Family,
    Gloss,
    Level,
    Phase,
    Role,
    StartingValue,
    StrengthScale,
    Turn,
    ValueFamily,
    Vocabulary,
)

NONSENSE = [
    "brillig",
    "slithy",
    "wabe",
    "mimsy",
    "borogove",
    "rath",
    "vorpal",
    "uffish",
    "tulgey",
    "manxome",
    "frabjous",
]
_numbers = count()

# What rows that tests make hold, and what they hold in this sector.
KEYS = {
    "headteacher": "vorpaller", "senior_leader": "uffisher", "classroom_teacher": "gimbler",
    "secondary": "in_wabe", "primary": "in_tulgey", "all_through": "in_brillig",
    "sixteen_nineteen": "in_mimsy", "school": "rath", "survey": "outgrabe",
    "what_is_happening": "whiffling",
}  # fmt: skip


def words() -> str:
    """Two or three of them, as nothing else is called."""
    number = next(_numbers)
    some = [NONSENSE[(number * step + step) % len(NONSENSE)] for step in (1, 3, 5)]
    return f"{' '.join(some[: 2 + number % 2])} {'abcdefghij'[number % 10] * (1 + number // 10)}"


def phrase() -> object:
    return _l(words())


def _role(family: str, *in_a_phase: object) -> Role:
    return Role(phrase(), family, phrase(), *in_a_phase)


def _phase() -> Phase:
    return Phase(phrase(), _l(f"{words()} %(who)s"), phrase())


def _five() -> tuple[object, ...]:
    return tuple(phrase() for _each in range(5))


def _sentences() -> Sentences:
    given = {each.name: phrase() for each in fields(Sentences)}
    given["pointing"] = _l(f"{words()} %(found)s")
    given["not_a_domain"] = _l(f"{words()} %(domain)s")
    return Sentences(**given)


SECTOR = Vocabulary(
    roles={
        "vorpaller": _role("rathing"),
        "uffisher": _role("rathing"),
        "gimbler": _role("gimbling", phrase()),
        "other": _role("other"),
    },
    families={key: Family(phrase(), phrase()) for key in ("rathing", "gimbling", "other")},
    phases={key: _phase() for key in ("in_wabe", "in_tulgey", "in_brillig", "in_mimsy")},
    levels={key: Level(phrase(), phrase(), phrase()) for key in ("mome", "rath", "tove")},
    regions={key: phrase() for key in ("tumtum", "bandersnatch")},
    organisation_types={key: phrase() for key in ("jubjub", "snark")},
    organisation_sizes={key: phrase() for key in ("beamish", "galumph")},
    value_families={
        key: ValueFamily(phrase(), phrase()) for key in ("purpose", "shares", "counts", "run")
    },
    starting_values=tuple(
        StartingValue(slug, family, phrase(), phrase(), words())
        for slug, family in (
            ("equality", "shares"), ("calloohing", "purpose"), ("callaying", "counts"),
            ("chortling", "run"), ("snicker_snack", "run"),
        )
    ),
    distinctions=(Distinction(("equality", "calloohing"), phrase(), phrase()),),
    evidence_kinds={
        "outgrabe": EvidenceKind(phrase()),
        "burble": EvidenceKind(
            phrase(), needs_no_source=True, needs_consent=True, is_never_rated=True
        ),
        "jabber": EvidenceKind(
            phrase(), needs_no_source=True, is_never_rated=True, is_argument=True
        ),
    },
    question_types={key: phrase() for key in ("whiffling", "chortles")},
    ought="chortles",
    strength_scales={
        "frumious": StrengthScale(phrase(), ("1", "2"), phrase(), _l(f"%(n)s {words()}")),
        "gyring": StrengthScale(
            phrase(), ("lo", "hi"), phrase(), _l(f"%(n)s {words()}"),
            {"lo": phrase(), "hi": phrase()}, counts_months=True,
        ),
    },
    strength_gloss=Gloss(phrase(), phrase()),
    turns=(Turn(phrase(), phrase()), Turn(phrase(), phrase())),
    sentences=_sentences(),
    signs=Signs(
        persons=frozenset({"gimbler"}), plurals=frozenset({"gimblers"}), no_names=frozenset(),
        numbered=frozenset({"gimbler"}), services=frozenset(), workplaces=frozenset({"tumtum"}),
        sorts_of_workplace=frozenset({"manxome"}), known=("Manxome Snark Tumtum",),
        loaded=("galumphing",),
    ),
    example=("vorpaller", "in_wabe"),
    practice=PracticeWords(
        professed=phrase(), practised=phrase(), compulsion=phrase(),
        stops=_five(), compulsion_stops=_five(), fit_stops=_five(),
        functions=tuple(
            StartingFunction(slug, phrase(), phrase()) for slug in ("gyre", "gimble", "burbling")
        ),
        visions=(StartingVision("slithy", phrase()),),
        organisation=phrase(), unit=phrase(), units=phrase(), centre=phrase(),
        centre_level="mome", unit_level="rath", leading_families=frozenset({"gimbling"}),
        cited_as=("outgrabe", "whiffling"),
        roles={"leader": phrase(), "staff": phrase()},
    ),
)  # fmt: skip
