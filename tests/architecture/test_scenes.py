"""One factory of scenes: who needs a series with people in it asks `Scene` of tests/factories."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

from tests.architecture.reading import parsed, root

NAMED = re.compile(r"(Scene|World|Stage|Desk)s?$")
FACTORY = "tests/factories/scenes.py"
# Class → what it holds that is no scene; only these may be named like one, or make a series.
OTHERS = {
    "tests/weighing/practice/test_sector.py: Sector": "organisations that come and go by the day",
    "tests/reach/notices/test_cheap.py: World": "what is left of a scene whose session is over",
    "tests/factories/crowd.py: Crowd": "as many rows as one likes, in a few bulk statements",
    "tests/permissions/world.py: World": "who may read each word, over series of every kind",
    "tests/journeys/test_concurrency.py: World": "addresses for a server that runs by itself",
    "tests/oversight/moderation/test_overtaken.py: Desk": "a page and what two people send from it",
    "tests/oversight/rights/leaver.py: Leaver": "a person, in a series that may be there already",
}


@dataclass(frozen=True)
class Found:
    """A class of the tests, or a function that returns what one of its file's classes makes."""

    place: str  # tests/permissions/world.py: World
    named: str
    on: frozenset[str]  # the names of what it is made from
    makes_series: bool


def test_every_scene_stands_on_the_one_factory() -> None:
    found = list(_classes())
    scenes = {"Scene"}
    while more := {one.named for one in found if one.on & scenes} - scenes:
        scenes |= more
    assert len(scenes) > 10
    apart = {
        one.place
        for one in found
        if not one.on & scenes
        and not one.place.startswith(FACTORY)
        and (one.makes_series or NAMED.search(one.named))
    }
    cure = (
        "One factory of scenes: let it stand on Scene of tests/factories/scenes.py, add there what "
        "is missing, or say in OTHERS what else it holds:"
    )
    assert not apart - set(OTHERS), "\n".join([cure, *sorted(apart - set(OTHERS))])
    assert not set(OTHERS) - apart, f"These are no exceptions any more: {set(OTHERS) - apart}"


def _classes() -> Iterator[Found]:
    for path in sorted((root() / "tests").rglob("*.py")):
        tree = parsed(path.read_text(encoding="utf-8"))
        functions = [one for one in tree.body if isinstance(one, ast.FunctionDef)]
        for one in tree.body:
            if not isinstance(one, ast.ClassDef):
                continue
            makers = [
                each for each in functions if each.returns and one.name in _names(each.returns)
            ]
            place = f"{path.relative_to(root()).as_posix()}: {one.name}"
            on = frozenset(name for base in one.bases for name in _names(base))
            makes = any("make_series" in _names(each) for each in (one, *makers))
            yield Found(place, one.name, on, makes)


def _names(tree: ast.AST) -> set[str]:
    return {one.id for one in ast.walk(tree) if isinstance(one, ast.Name)}
