"""Promise 15: every setting, permission and command is documented, and the documents are true.

What the application says of itself is asked for within the tests, so that the others can be run
where it cannot be imported.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.heights import DRAWERS, PLACES
from tests.architecture.reading import WINGS, modules, root

SETTING = (
    "Promise 15, every setting is documented: paste what `discussion settings` prints into "
    "docs/deploying.md. It does not have:"
)
COMMAND = (
    "Promise 15, every command is documented: write a line of the table of commands in "
    "docs/deploying.md. It does not have:"
)
PERMISSION = (
    "Promise 15, every permission is documented: docs/permissions.md is not what the rules say. "
    "Run `make permissions`."
)
SENTENCE = (
    "Promise 15, every permission is documented: it has a sentence in permissions/may.py and a "
    "rule in permissions/rules.py. Add what is missing of:"
)
ROOM = "ARCHITECTURE.md tells what each room is about. Add a line to its tables for:"
NAMED = "ARCHITECTURE.md and CONTRIBUTING.md name only what is there, from its room on. Mend:"
HEIGHT = (
    "The table of drawers in ARCHITECTURE.md says what tests/architecture/heights.py says. Mend:"
)
HOP = "A journey in ARCHITECTURE.md leads from each function to those that it calls. Mend:"
LINK = "A link between documents leads somewhere. Mend it:"


def test_every_setting_stands_in_the_document_as_it_is() -> None:
    from discussion.cli.doctor import settings_table

    written = _read("docs/deploying.md")
    missing = [line for line in settings_table() if line not in written]
    assert not missing, "\n".join([SETTING, *missing])
    assert "\n".join(settings_table()) in written, "\n".join([SETTING, "them in this order"])


def test_every_command_stands_in_the_document() -> None:
    from discussion.cli.commands import COMMANDS

    written = _read("docs/deploying.md")
    missing = [
        command.name
        for command in COMMANDS
        if f"| `discussion {command.name}` | {command.says} |" not in written
    ]
    assert not missing, "\n".join([COMMAND, *missing])


def test_every_permission_has_its_sentence_and_its_rule() -> None:
    from discussion.permissions.may import SAYS, May
    from discussion.permissions.rules import RULES

    lacking = set(May) ^ set(SAYS) | set(May) ^ set(RULES)
    assert not lacking, "\n".join([SENTENCE, *sorted(str(one) for one in lacking)])


def test_the_page_of_permissions_is_what_the_rules_say() -> None:
    from discussion.cli.permissions import permissions_page

    written = _read("docs/permissions.md")
    assert written.rstrip() == "\n".join(permissions_page()).rstrip(), PERMISSION


def test_every_room_stands_in_the_architecture() -> None:
    text = _read("ARCHITECTURE.md")
    rooms = {module.room for module in modules() if module.path.name == "__init__.py"} - {""}
    missing = [room for room in sorted(rooms) if not re.search(rf"`{room}/?`", text)]
    assert not missing, "\n".join([ROOM, *missing])


def test_rooms_stand_in_the_wing_that_the_architecture_says() -> None:
    wing, lost, rooms = "", [], 0
    for line in _read("ARCHITECTURE.md").partition("**The ground**")[0].splitlines():
        if found := re.match(r"\*\*`(\w+)/`\*\*", line):
            wing = found[1]
        elif found := re.match(r"\| `(\w+)` \|", line):
            rooms += 1
            if not (root() / "discussion" / wing / found[1]).is_dir():
                lost.append(f"{wing}/{found[1]}")
    assert rooms > 20
    assert not lost, "\n".join([NAMED, *lost])


@pytest.mark.parametrize("document", ["ARCHITECTURE.md", "CONTRIBUTING.md"])
def test_every_place_that_a_document_names_is_there(document: str) -> None:
    lost, count = [], 0
    for line in _read(document).splitlines():
        beside = root()  # a name without a folder stands beside what is named before it
        for said in re.findall(r"`([^`\s]+)`", line):
            if not _is_place(said):
                continue
            count += 1
            if (found := _find_place(said, beside)) is None:
                lost.append(f"{document}: {said}")
            elif "/" in said:
                beside = found if found.is_dir() else found.parent
    assert count > 30
    assert not lost, "\n".join([NAMED, *lost])


@pytest.mark.parametrize("document", ["ARCHITECTURE.md", "CONTRIBUTING.md"])
def test_what_a_document_says_is_in_a_file_is_in_it(document: str) -> None:
    """As in: `FILL` of `tests/permissions/addresses.py`, or `positions/drafts.py` (`Said`)."""
    text, path, name = _read(document), r"`([\w./]+\.py)`", r"`([\w.]+)`"
    said = [(one[2], one[1]) for one in re.finditer(rf"{name}\s+(?:of|in)\s+{path}", text)]
    said += [(one[1], one[2]) for one in re.finditer(rf"{path}\s+\({name}\)", text)]
    lost = [f"{at}: {one}" for at, one in said if not re.search(rf"\b{one}\b", _text_of(at))]
    assert len(said) > 5
    assert not lost, "\n".join([NAMED, *lost])


def test_drawers_stand_at_the_heights_that_the_architecture_says() -> None:
    heights = DRAWERS | {place: height for place, height in PLACES.items() if place}
    said = {
        name.removesuffix("/").removesuffix(".py").replace("/", "."): int(row[1])
        for row in re.finditer(r"^\| (\d) \| (.*?) \|", _read("ARCHITECTURE.md"), re.MULTILINE)
        for name in re.findall(r"`([^`]+)`", row[2])
    }
    wrong = [name for name, height in said.items() if heights.get(name) != height]
    wrong += sorted(DRAWERS.keys() - said.keys())
    assert not wrong, "\n".join([HEIGHT, *wrong])


def test_every_hop_of_a_journey_leads_to_the_next() -> None:
    hops = list(_hops())
    lost = [
        f"{path}: {name}"
        for _depth, path, name in hops
        if not re.search(rf"^ *def {name}\(", _text_of(path), re.MULTILINE)
    ]
    above: dict[int, str] = {}
    for depth, path, name in hops:
        above = {at: where for at, where in above.items() if at < depth}
        caller = above.get(max(above, default=0))
        if caller and not re.search(rf"\b{name}\b", _text_of(caller)):
            lost.append(f"{caller} → {name}")
        above[depth] = path
    assert len(hops) > 20
    assert not lost, "\n".join([HOP, *lost])


def test_every_link_between_documents_leads_somewhere() -> None:
    lost = [
        f"{document.relative_to(root())} leads to {target}"
        for document in (*root().glob("*.md"), *(root() / "docs").rglob("*.md"))
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", document.read_text())
        if not (document.parent / target).exists()
    ]
    assert not lost, "\n".join([LINK, *lost])


def test_decisions_are_numbered_once_each() -> None:
    numbers = [path.name[:4] for path in (root() / "docs" / "decisions").glob("*.md")]
    assert len(numbers) == len(set(numbers))


def _is_place(said: str) -> bool:
    """Whether a word of a document is a file or folder, and not an address, a call or a value."""
    is_file = re.fullmatch(r"[\w./-]+\.(py|html|txt|toml|css|js)", said) is not None
    return not said.startswith("/") and (is_file or re.fullmatch(r"(\w+/)+\w*", said) is not None)


def _find_place(said: str, beside: Path) -> Path | None:
    """The file or folder of this name, from its room on; a bare name is that of any room's file."""
    package = root() / "discussion"
    for folder in (root(), package, *(package / wing for wing in WINGS), beside):
        for path in (folder / said, folder / f"{said.rstrip('/')}.py"):
            if path.exists():
                return path
    if "/" in said:
        return None
    folders = (root() / name for name in ("discussion", "templates", "static", "tests"))
    return next((path for one in folders for path in one.rglob(said)), None)


def _hops() -> Iterator[tuple[int, str, str]]:
    """How far in it stands, the file and the function of each line of a journey."""
    for block in re.findall(r"^```$(.*?)^```$", _read("ARCHITECTURE.md"), re.DOTALL | re.MULTILINE):
        for found in re.finditer(r"^( *)([\w/]+\.py) +(\w+)", block, re.MULTILINE):
            yield len(found[1]), found[2], found[3]


def _text_of(path: str) -> str:
    found = _find_place(path, root())
    return found.read_text(encoding="utf-8") if found else ""


def _read(name: str) -> str:
    return (root() / name).read_text(encoding="utf-8")
