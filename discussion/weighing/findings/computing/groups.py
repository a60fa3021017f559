"""Which groups of raters there are, and which two are compared: rules fixed before any answer.

A group's key says what its raters declared: `role:midwife`, or several together,
`role:midwife+phase:towns`. See decision 0014.
"""

from collections.abc import Iterable, Mapping
from fractions import Fraction

from discussion.analysis.answers import leaning
from discussion.weighing.findings.computing.given import GivenPosition, GivenRound, Rater
from discussion.weighing.findings.content.counted import Pair

Members = frozenset[str]

PARTITIONS = ("family", "role", "phase", "level", "value")  # in the order in which they are tried
NARROWER = (("role", "phase"), ("role",), ("family", "phase"))  # names of a family, finest first
MOST_OF_A_FAMILY = Fraction(3, 4)  # so many of its raters, to be named more finely
MOST_LEANING = 4  # means statements by which two groups are made
EVERYBODY, BOTH, OTHERS, LEANS, INFERRED = "everybody", "both", "others", "leans", "inferred"


def declared(person: Rater | GivenPosition, name: str) -> str:
    """What somebody declared of one kind; empty for nothing."""
    if name == "value" and isinstance(person, GivenPosition):
        return person.served[0] if person.served else ""
    return str(getattr(person, name))


def key_of(person: Rater | GivenPosition, names: Iterable[str]) -> str:
    """The key of somebody's cell; empty where they did not declare all of it."""
    parts = [(name, declared(person, name)) for name in names]
    return "+".join(f"{name}:{said}" for name, said in parts) if all(p[1] for p in parts) else ""


def parts_of(key: str) -> dict[str, str]:
    """What a key declares, by kind; {} for groups that nobody declared."""
    if key.split(":")[0] not in PARTITIONS:
        return {}
    return dict(part.split(":", 1) for part in key.split("+"))


def is_in(position: GivenPosition, key: str) -> bool:
    """Whether a position is told to be one of a declared group's."""
    parts = parts_of(key)
    return bool(parts) and all(declared(position, name) == said for name, said in parts.items())


Alike = Mapping[Rater, Members]  # of thousands, most declared the same


def alike(raters: Mapping[str, Rater]) -> Alike:
    """Raters by all that they declared."""
    found: dict[Rater, list[str]] = {}
    for rater, said in raters.items():
        found.setdefault(said, []).append(rater)
    return {said: frozenset(who) for said, who in found.items()}


def cells(raters: Alike, names: Iterable[str]) -> dict[str, Members]:
    """Raters by what they declared of these; the most first, then by key."""
    names, found = tuple(names), dict[str, list[Members]]()
    for said, who in raters.items():
        if key := key_of(said, names):
            found.setdefault(key, []).append(who)
    whole = {key: frozenset[str]().union(*each) for key, each in found.items()}
    return dict(sorted(whole.items(), key=lambda each: (-len(each[1]), each[0])))


def declared_groups(
    raters: Mapping[str, Rater], fewest: int
) -> tuple[tuple[Pair, ...], dict[str, Members]]:
    """The pairs to compare, the first of which is the headline; and all groups, in order.

    Of the first partition with two cells of at least `fewest`, the two largest; a family is named
    by the finest group that makes up three quarters of it.
    """
    pairs: list[Pair] = []
    first: dict[str, Members] = {}
    groups: dict[str, Members] = {}
    declaring = alike(raters)
    for name in PARTITIONS:
        large = {key: who for key, who in cells(declaring, (name,)).items() if len(who) >= fewest}
        if len(large) >= 2:
            two = dict(list(large.items())[:2])
            if name == "family":
                two = dict(_finest(key, who, declaring, fewest) for key, who in two.items())
            a, b = sorted(two, key=lambda key: (-len(two[key]), key))
            pairs.append(Pair(name, a, b))
            first = first or {a: two[a], b: two[b]}
        groups |= large
    return tuple(pairs), first | groups


def leaning_groups(
    given: GivenRound, among: Members, fewest: int
) -> tuple[tuple[Pair, ...], dict[str, Members]]:
    """Who leans one way and the other on each of the first means statements."""
    pairs: list[Pair] = []
    groups: dict[str, Members] = {}
    for each in [one for one in given.statements if one.kind == "means"][:MOST_LEANING]:
        agree, disagree = (side & among for side in leaning(each.answers, given.points))
        if min(len(agree), len(disagree)) >= fewest:
            pair = Pair(
                f"{LEANS}:{each.code}",
                f"{LEANS}:{each.code}:agree",
                f"{LEANS}:{each.code}:disagree",
            )
            pairs.append(pair)
            groups |= {pair.a: agree, pair.b: disagree}
    return tuple(pairs), groups


def _finest(key: str, members: Members, raters: Alike, fewest: int) -> tuple[str, Members]:
    own = {said: who for said, who in raters.items() if not members.isdisjoint(who)}
    for names in NARROWER:
        for narrow, who in list(cells(own, names).items())[:1]:
            if len(who) >= fewest and len(who) >= MOST_OF_A_FAMILY * len(members):
                return narrow, who
    return key, members
