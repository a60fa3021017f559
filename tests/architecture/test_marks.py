"""Every field says beside its label whether it is required or optional, through one macro."""

import re
from collections.abc import Iterator

from tests.architecture.reading import name_of, templates

CURE = (
    "A field says whether it is required or optional with `marked(…)` of _parts/forms.html, inside"
    " its label or its legend. If it is none that is handed in, list it with its reason in"
    " tests/architecture/test_marks.py:"
)
MACROS = "_parts/forms.html"
# Labels and legends (by words of theirs) that bear no mark, each with its reason.
_OF_A_GROUP = "stands in a group whose heading bears the mark"
_CHOICE = "one choice of several, whose legend bears the mark"
_GROUP = "heads fields that bear marks of their own"
_FINDS = "finds or filters something, and hands nothing in"
WITHOUT = {
    "kept/_parts.html": {"copy-": "holds words to be copied, and hands nothing in"},
    "kept/conflict.html": {
        'for="both"': _OF_A_GROUP,
        "each.label": "two texts, of which one is always chosen",
    },
    "positions/_part.html": {"How far do you agree?": _OF_A_GROUP},
    "positions/_write_values.html": {
        "-value": _OF_A_GROUP,
        "-proposed": _OF_A_GROUP,
    },
    "positions/_write_evidence.html": {"find": _FINDS},
    "responses/_form.html": {"find": _FINDS},
    "positions/_write_place.html": {"on the thread’s scale": _GROUP},
    "moderation/_queue.html": {"filter-": _FINDS},
    "notices/hear.html": {"kind.says": "choices of which one is always made"},
    "sharing/_share.html": {"share-": "holds words to be copied, and hands nothing in"},
    "practice/_duo.html": {"legend": "a statement, which may be left out"},
    "practice/answer.html": {
        "Values that our choice serves": "one may choose none, as the line above it says",
    },
    "series/targets.html": {"name": _OF_A_GROUP, "unit": _OF_A_GROUP},
    "rounds/plan.html": {"Thresholds": _GROUP},
    "rounds/_question.html": {
        "one.asked.text": "a statement, which may be left out",
        "reasonable position": "may be left out, like its statement",
        "Your reason": "unfolds under a line that says optional",
    },
    "threads/_rows.html": {"place-": "a number that is always there", "under-": _CHOICE},
    "threads/_regroup.html": {"find": _FINDS},
    "threads/curate.html": {"Dates ahead": _GROUP},
    "threads/regroup_split.html": {"Dates ahead": _GROUP},
    "evidence/_add.html": {"entry-": _CHOICE},
    "evidence/library.html": {"q": _FINDS},
    "members/list.html": {"members-": _FINDS},
    "needed/page.html": {"by-": _FINDS},
    "search/page.html": {"q": _FINDS},
    "evidence/_found.html": {"found-": _CHOICE},
    "evidence/_fields.html": {"Where it can be found": _GROUP, "option.id": _CHOICE},
    "accounts/_parts.html": {"show.id": "shows a password, and hands nothing in"},
}


def test_every_field_says_whether_it_is_required() -> None:
    wrong = [
        f"templates/{name}: {' '.join(found.split())[:90]}"
        for name, found in _labels()
        if "marked(" not in found and not any(words in found for words in WITHOUT.get(name, {}))
    ]
    assert not wrong, "\n".join([CURE, *wrong])


def test_no_mark_is_written_by_hand() -> None:
    wrong = [
        f"templates/{name}"
        for name, source in _sources()
        if re.search(r'class="opt[^"]*">\{\{ _\("(optional|required)', source)
    ]
    assert not wrong, "\n".join([CURE, *wrong])


def test_nothing_is_excused_that_bears_a_mark() -> None:
    there = list(_labels())
    idle = [
        f"{name}: {words}"
        for name, excused in WITHOUT.items()
        for words in excused
        if not any(place == name and words in found and "marked(" not in found
                   for place, found in there)
    ]  # fmt: skip
    assert not idle


def _labels() -> Iterator[tuple[str, str]]:
    """Labels that belong to a field of another place, and legends; not those around a choice."""
    for name, source in _sources():
        for found in re.finditer(r"<(label|legend)\b(.*?)</\1>", source, re.DOTALL):
            if found[1] == "legend" or " for=" in found[2].partition(">")[0]:
                yield name, found[0]


def _sources() -> Iterator[tuple[str, str]]:
    for path in templates():
        name = name_of(path)
        if path.suffix == ".html" and name != MACROS:
            yield name, path.read_text()
