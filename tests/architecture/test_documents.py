"""Promise 15: every setting, permission and command is documented, and the documents are true.

What the application says of itself is asked for within the tests, so that the others can be run
where it cannot be imported.
"""

import re

from tests.architecture.reading import modules, root

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


def _read(name: str) -> str:
    return (root() / name).read_text(encoding="utf-8")
