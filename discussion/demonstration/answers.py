"""What the invented raters of a round answer, as its file says: line by line, or by counts.

A line gives everything that one person says. Where hundreds rate, the file gives how many of a camp
chose each point of a statement, and these answers are dealt out among the people of that camp.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import cycle, zip_longest
from random import Random
from typing import Any

from discussion.weighing.rounds.drafts_rating import RatingDraft

Content = Mapping[str, Any]
Answers = dict[str, list[RatingDraft]]  # by the key of who rates

SKIPPED, DONT_KNOW = ".", "?"
POINTS = ("1", "2", "3", "4", "5", DONT_KNOW)  # what the counts of a camp are of, in this order
OF_EACH = 60
POOL = {  # who rates by the hundred; their names are numbers, so that nobody takes them for people
    "leaders": (("headteacher", "secondary"), ("senior_leader", "secondary")),
    "teachers": (("classroom_teacher", "secondary"), ("classroom_teacher", "primary")),
}
_REASONABLE = {"y": "yes", "n": "no", "u": "not_sure"}
_NOT_NUMBERS = {DONT_KNOW: "dont_know", "-": "not_for_me"}


def list_raters(contents: Iterable[Content]) -> list[dict[str, Any]]:
    """Those who rate and do nothing else, as people of the content files."""
    raters = [entry for content in contents for entry in content.get("raters", ())]
    return [{"key": key_of(entry), **entry} for entry in raters if "name" in entry] + _pool()


def answers_of(content: Content) -> Answers:
    """Everything that is said in the round of a file."""
    codes = content["order"].split()
    reasons = {(one["by"], one["code"]): one["said"] for one in content.get("reasons", ())}
    lines = {(one["by"], one["code"]): one["said"] for one in content.get("lines", ())}
    made = {}
    for entry in content.get("raters", ()):
        who = key_of(entry)
        said = dict(zip(codes, entry["says"].split(), strict=True))
        made[who] = [
            replace(
                draft,
                reason=reasons.get((who, draft.code), ""),
                settles=lines.get((who, draft.code), ""),
                may_show=(who, draft.code) in lines,
            )
            for draft in _drafts(said)
        ]
    first = dict.fromkeys(POOL, 1)
    for camp in content.get("camps", ()):
        made |= _deal(content["thread"], camp, first[camp["of"]])
        first[camp["of"]] += camp["people"]
    return made


def answers_again(content: Content) -> Answers:
    """What is said in the second round: the same, but for the columns that the file writes anew."""
    people = [key_of(entry) for entry in content["raters"]]
    made = answers_of(content)
    for code, column in content["again"]["says"].items():
        for who, said in zip(people, column.split(), strict=True):
            made[who] = [_draft(code, said) if one.code == code else one for one in made[who]]
    return made


def key_of(entry: Content) -> str:
    return str(entry.get("key") or entry["name"].lower().replace(" ", "-"))


def _pool() -> list[dict[str, Any]]:
    """Half of each group in each of its two roles and phases, in turn."""
    made: list[dict[str, Any]] = []
    for of, cells in POOL.items():
        for number, (role, phase) in zip(range(1, OF_EACH + 1), cycle(cells), strict=False):
            name = f"Invented rater {len(made) + 1}"
            made.append({"key": f"{of}-{number}", "name": name, "role": role, "phase": phase})
    return made


def _deal(thread: str, camp: Content, first: int) -> Answers:
    """The answers of a camp, dealt among its people: for each statement in an order of its own."""
    keys = [f"{camp['of']}-{number}" for number in range(first, first + camp["people"])]
    says: dict[str, dict[str, str]] = {key: {} for key in keys}
    for code, counts in camp["says"].items():
        answers = list(_spell(counts, camp, code))
        Random(f"{thread}/{camp['of']}/{first}/{code}").shuffle(answers)  # noqa: S311  # as written
        for key, answer in zip(keys, answers, strict=True):
            says[key][code] = answer
    return {key: _drafts(said) for key, said in says.items()}


def _spell(counts: str, camp: Content, code: str) -> Iterator[str]:
    """ "0 2 0 1" as 2y 2n 4, as a line would say it; who says nothing comes last."""
    reasonable = cycle(camp.get("reasonable", {}).get(code, ""))
    cruxes = [int(some) for some in camp.get("cruxes", {}).get(code, "").split()]
    left = camp["people"]
    for point, some, marked in zip_longest(POINTS, counts.split(), cruxes, fillvalue=0):
        for at in range(int(some)):
            yield f"{point}{next(reasonable, '')}{'c' if at < marked else ''}"
        left -= int(some)
    yield from [SKIPPED] * left


def _drafts(said: Mapping[str, str]) -> list[RatingDraft]:
    return [_draft(code, answer) for code, answer in said.items() if answer != SKIPPED]


def _draft(code: str, said: str) -> RatingDraft:
    """2yc: disagrees, finds it reasonable all the same, and it would change their position."""
    return RatingDraft(
        code=code,
        value=_NOT_NUMBERS.get(said[0], said[0]),
        reasonable=next((_REASONABLE[mark] for mark in said[1:] if mark in _REASONABLE), ""),
        is_crux="c" in said[1:],
    )
