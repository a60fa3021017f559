"""Promise 15: every setting, permission and command is documented, and the documents are true."""

import re

from discussion.cli.commands import COMMANDS
from discussion.cli.doctor import settings_table
from discussion.cli.permissions import permissions_page
from discussion.permissions.may import SAYS, May
from discussion.permissions.rules import RULES
from tests.architecture.reading import ROOT, modules

DEPLOYING = (ROOT / "docs" / "deploying.md").read_text(encoding="utf-8")


def test_every_setting_stands_in_the_document_as_it_is() -> None:
    cure = "Paste what `discussion settings` prints into docs/deploying.md."
    assert "\n".join(settings_table()) in DEPLOYING, cure


def test_every_command_stands_in_the_document() -> None:
    missing = [
        command.name
        for command in COMMANDS
        if f"| `discussion {command.name}` | {command.says} |" not in DEPLOYING
    ]
    assert not missing, f"docs/deploying.md does not have: {', '.join(missing)}"


def test_every_permission_has_its_sentence_and_its_rule() -> None:
    assert set(SAYS) == set(May) == set(RULES)


def test_the_page_of_permissions_is_what_the_rules_say() -> None:
    written = (ROOT / "docs" / "permissions.md").read_text(encoding="utf-8")
    assert written.rstrip() == "\n".join(permissions_page()).rstrip(), "Run `make permissions`."


def test_every_room_stands_in_the_architecture() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    rooms = {module.room for module in modules() if module.path.name == "__init__.py"} - {""}
    missing = [room for room in sorted(rooms) if not re.search(rf"`{room}/?`", text)]
    assert not missing, f"ARCHITECTURE.md does not have: {', '.join(missing)}"


def test_every_link_between_documents_leads_somewhere() -> None:
    for document in (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")):
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", document.read_text()):
            assert (document.parent / target).exists(), f"{document.name} leads to {target}"


def test_decisions_are_numbered_once_each() -> None:
    numbers = [path.name[:4] for path in (ROOT / "docs" / "decisions").glob("*.md")]
    assert len(numbers) == len(set(numbers))
