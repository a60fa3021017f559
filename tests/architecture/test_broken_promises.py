"""Each promise, broken in a copy: its message names the promise, the file and the cure."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from unittest.mock import patch

import pytest

from tests.architecture import (
    test_documents,
    test_heights,
    test_homes,
    test_marks,
    test_operations,
    test_parameters,
    test_templates,
    test_wings,
    test_words_of_sector,
)
from tests.architecture.reading import ROOT, reading

WORDS = "discussion/debate/threads/words.py"
VIEWS = "discussion/debate/mutes/views.py"
DOES = "discussion/debate/mutes/operations.py"
ASKS = "discussion/debate/threads/queries/needs.py"
PAGE = "templates/mutes/page.html"
SETTINGS = "docs/deploying.md"


@dataclass(frozen=True)
class Broken:
    """What is written at the end of which file, who notices it, and what they say."""

    by: str
    file: str
    check: Callable[[], None]
    hears: tuple[str, ...]
    also: tuple[str, str] | None = None  # another file, and what is written at its end
    instead_of: str = ""  # in this file, once; for what is not written at the end


def _home(package: str) -> Broken:
    _homes, cure = test_homes.HOMES[package]
    check = partial(test_homes.test_a_package_is_imported_in_its_one_home, package)
    return Broken(f"import {package}", WORDS, check, ("Promise 2, one home each", WORDS, cure))


def _phrase(said: str, phrase: str, promise: str) -> Broken:
    _homes, cure = test_homes.PHRASES[phrase]
    check = partial(test_homes.test_a_phrase_is_said_in_its_one_home, phrase)
    return Broken(said, DOES, check, (promise, DOES, cure))


def _never(said: str, pattern: str) -> Broken:
    check = partial(test_templates.test_no_template_holds_what_a_page_may_not, pattern)
    return Broken(said, PAGE, check, ("Promises 8 and 11", PAGE, test_templates.NEVER[pattern]))


PHRASES = list(test_homes.PHRASES)
SAYS = (
    "os.environ['X']",
    "datetime.now(UTC)",
    "moment.date()",
    "Markup('<b>')",
    "session.commit()",
)
NEVER = list(test_templates.NEVER)
A_LENGTH = next(pattern for pattern in NEVER if "maxlength" in pattern)
LETS_THROUGH = (
    "{{ page.x|safe }}", "{% autoescape false %}", "<style>", '<p style="x">', "<script>x</script>",
    '<p onclick="x">', '<input maxlength="20">', '<a href="javascript:x">', '<img src="https://example.org/x">',
)  # fmt: skip

BROKEN = [
    *(_home(package) for package in test_homes.HOMES),
    *(
        _phrase(f"x = {said}", phrase, "Promises 2, 6 and 8")
        for said, phrase in zip(SAYS, PHRASES, strict=True)
    ),
    *(_never(said, pattern) for said, pattern in zip(LETS_THROUGH, NEVER, strict=True)),
    _never("{{ field(form.name, maxlength=20) }}", A_LENGTH),
    _never("{{ field(form.name, longest=20) }}", A_LENGTH),
    Broken(
        "from discussion.debate.threads.views import blueprint",
        ASKS,
        test_heights.test_imports_go_down_and_never_up,
        ("Promise 1, down, never up", ASKS, "Move what you need down"),
    ),
    Broken(
        "from discussion.series.series.words import STATUSES",
        "discussion/series/values/words.py",
        test_heights.test_files_at_one_height_do_not_go_round_in_circles,
        (
            "Promise 1, sideways without circles",
            "discussion/series/values/words.py",
            "Let one not know the other",
        ),
        also=(
            "discussion/series/series/words.py",
            "from discussion.series.values.words import FAMILIES",
        ),
    ),
    Broken(
        "from discussion.debate.threads.views import blueprint as other",
        VIEWS,
        test_heights.test_views_never_import_views,
        ("Promise 1: views never import views", VIEWS, "Share through web/"),
    ),
    Broken(
        '"""Things."""',
        "discussion/debate/threads/things.py",
        test_heights.test_every_module_stands_at_a_height,
        ("is in no drawer", "discussion/debate/threads/things.py", "Give the file the name of one"),
    ),
    Broken(
        "import random",
        "discussion/analysis/tallies.py",
        test_homes.test_analysis_is_arithmetic,
        ("Promise 3", "discussion/analysis/tallies.py", "numbers in, frozen dataclasses out"),
    ),
    Broken(
        "def end_all(session: Session, actor: Viewer) -> None:\n    session.flush()",
        DOES,
        test_operations.test_every_operation_asks_first,
        ("Promise 4", DOES, "end_all", "require(actor, May.X, subject)"),
    ),
    Broken(
        "from discussion.debate.mutes.operations import forget_all",
        VIEWS,
        test_operations.test_views_call_only_operations_that_ask,
        ("Promise 4", VIEWS, "forget_all", "calls operations that take an `actor`"),
        also=(DOES, "def forget_all(session: Session) -> None:\n    session.flush()"),
    ),
    Broken(
        "is_moderator_of(viewer, series)",
        ASKS,
        test_operations.test_roles_are_weighed_in_the_rulebook_alone,
        ("Promise 4", ASKS, "ask allowed(…) instead"),
    ),
    Broken(
        "def say(a, b, c, *, d, e, f, g, h, i=0): ...",
        WORDS,
        test_parameters.test_no_function_takes_many_parameters,
        ("Promise 14", WORDS, "say", "one frozen dataclass"),
    ),
    Broken(
        "session().commit()",
        VIEWS,
        test_homes.test_a_view_commits_only_what_it_wrote_aside,
        ("Promise 6, one commit", VIEWS, "flush, or write it in a"),
    ),
    Broken(
        '{% include "mutes/_nowhere.html" %}',
        PAGE,
        lambda: test_templates.test_every_template_compiles_and_finds_its_parts(_copied(PAGE)),
        ("Promise 10", PAGE, "_nowhere.html", "Mend the name"),
    ),
    Broken(
        "<h1>Again</h1>",
        PAGE,
        lambda: test_templates.test_every_page_has_a_title_and_one_main_heading(_copied(PAGE)),
        ("Promise 11", PAGE, "[2] h1", "mend the headings"),
        instead_of="<h1",
    ),
    Broken(
        "<p>Some words</p>",
        PAGE,
        lambda: test_templates.test_every_visible_word_goes_through_gettext(_copied(PAGE)),
        ("goes through gettext", PAGE, "Some words", "Say it as"),
    ),
    Broken(
        '<label for="x">{{ _("X") }}</label>',
        PAGE,
        test_marks.test_every_field_says_whether_it_is_required,
        ("required or optional", PAGE, "marked(…)"),
    ),
    Broken(
        "<p></p>",
        "templates/corners/page.html",
        test_templates.test_every_folder_of_templates_belongs_to_a_room,
        ("Promise 12", "templates/corners", "Rename it"),
    ),
    Broken(
        '"""Things."""',
        "discussion/debate/threads/utils.py",
        test_homes.test_there_are_no_junk_drawers,
        ("Promise 13", "discussion/debate/threads/utils.py", "Name it by what it is about"),
    ),
    Broken(
        "x = 1",
        "discussion/debate/threads/queries/unsaid.py",
        test_homes.test_every_file_says_at_its_head_what_it_is,
        ("says in one sentence", "discussion/debate/threads/queries/unsaid.py", "Write that"),
    ),
    Broken(
        "x = [1]  # fmt: skip\n" * 150,
        WORDS,
        test_homes.test_lines_are_set_by_the_formatter,
        ("only where a table would be spoiled", WORDS, "Let it set lines"),
    ),
    Broken(
        "",
        SETTINGS,
        test_documents.test_every_setting_stands_in_the_document_as_it_is,
        ("Promise 15, every setting is documented", SETTINGS, "DISCUSSION_PORT", "paste what"),
        instead_of="DISCUSSION_PORT",
    ),
    Broken(
        "",
        SETTINGS,
        test_documents.test_every_command_stands_in_the_document,
        ("Promise 15, every command is documented", SETTINGS, "doctor", "write a line"),
        instead_of="| `discussion doctor` ",
    ),
    Broken(
        "Anybody may do anything.",
        "docs/permissions.md",
        test_documents.test_the_page_of_permissions_is_what_the_rules_say,
        ("Promise 15, every permission is documented", "docs/permissions.md", "make permissions"),
    ),
    Broken(
        "",
        "ARCHITECTURE.md",
        test_documents.test_every_room_stands_in_the_architecture,
        ("ARCHITECTURE.md", "mutes", "Add a line to its tables"),
        instead_of="`mutes`",
    ),
    Broken(
        "**`people/`**",
        "ARCHITECTURE.md",
        test_documents.test_rooms_stand_in_the_wing_that_the_architecture_says,
        ("name only what is there", "people/moderation"),
        instead_of="**`oversight/`**",
    ),
    Broken(
        "`threads/nowhere.py`",
        "ARCHITECTURE.md",
        partial(test_documents.test_every_place_that_a_document_names_is_there, "ARCHITECTURE.md"),
        ("name only what is there", "ARCHITECTURE.md: threads/nowhere.py"),
    ),
    Broken(
        "`NOWHERE` of `app.py`",
        "CONTRIBUTING.md",
        partial(test_documents.test_what_a_document_says_is_in_a_file_is_in_it, "CONTRIBUTING.md"),
        ("name only what is there", "app.py: NOWHERE"),
    ),
    Broken(
        "| 2 | `models` |",
        "ARCHITECTURE.md",
        test_documents.test_drawers_stand_at_the_heights_that_the_architecture_says,
        ("The table of drawers in ARCHITECTURE.md", "models"),
        instead_of="| 1 | `models` |",
    ),
    Broken(
        "rater_name ",
        "ARCHITECTURE.md",
        test_documents.test_every_hop_of_a_journey_leads_to_the_next,
        ("A journey in ARCHITECTURE.md", "rounds/operations/rating.py → rater_name"),
        instead_of="rater_key ",
    ),
    Broken(
        "[nowhere](docs/nowhere.md)",
        "ARCHITECTURE.md",
        test_documents.test_every_link_between_documents_leads_somewhere,
        ("ARCHITECTURE.md leads to docs/nowhere.md", "Mend it"),
    ),
    Broken(
        "from discussion.debate.threads.words import STAGES",
        "discussion/series/values/words.py",
        test_wings.test_wings_import_downwards_only,
        ("Promise 16", "values.words → threads.words", "register what the lower one asks for"),
    ),
    Broken(
        "from discussion.debate.threads.words import STAGES",
        "discussion/web/forms.py",
        test_wings.test_wings_import_downwards_only,
        ("Promise 16", "web.forms → threads.words", "Move what you need down"),
    ),
    Broken(
        "from discussion.oversight.duties.models import DutyRecord",
        "discussion/oversight/transparency/queries/__init__.py",
        lambda: _where_no_pair_is_allowed(test_wings.test_few_rooms_of_one_wing_know_each_other),
        ("Promise 16", "duties ↔ transparency", "Let one of the two not know the other"),
        also=(
            "discussion/oversight/duties/queries.py",
            "from discussion.oversight.transparency.words import KINDS",
        ),
    ),
    Broken(
        '"""What nobody calls."""',
        "discussion/debate/mutes/tasks.py",
        test_wings.test_every_page_and_every_task_of_a_room_is_wired,
        ("mutes.tasks", "wiring/later.py", "add them to ROOMS"),
    ),
    Broken(
        "is_it = kind == 'position'",
        "discussion/debate/mutes/models.py",
        test_wings.test_what_differs_by_kind_lives_in_adapters,
        ("Promise 17", "mutes.models", "asked of its adapter"),
    ),
    Broken(
        "said = 'Ask a teacher'",
        WORDS,
        test_words_of_sector.test_nothing_but_the_vocabulary_says_a_word_of_education,
        ("Promise 18", WORDS, "teacher", "Give the word its place"),
    ),
]
COPIED = ("discussion", "templates", "docs")
_copies: list[Path] = []


@pytest.fixture(scope="module", autouse=True)
def copy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The project, to be broken; whatever is broken in it is mended after each test."""
    folder = tmp_path_factory.mktemp("copy")
    left_out = shutil.ignore_patterns("__pycache__", "versions", "screens")
    for name in COPIED:
        shutil.copytree(ROOT / name, folder / name, ignore=left_out)
    for document in ROOT.glob("*.md"):
        shutil.copy(document, folder)
    _copies.append(folder)
    yield folder
    _copies.remove(folder)


def test_every_check_is_seen_to_say_what_is_broken() -> None:
    """Whoever adds a check breaks it here too."""
    shown = {each.check.func if isinstance(each.check, partial) else each.check for each in BROKEN}
    names = {name for check in shown for name in (check.__name__, *check.__code__.co_names)}
    checks = {
        name
        for module in (test_heights, test_homes, test_operations, test_wings, test_documents)
        for name in vars(module)
        if name.startswith("test_")
    }
    assert checks - names == {
        # What they hold is these tests' own lists, and no promise.
        "test_no_height_is_kept_for_a_module_that_is_gone",
        "test_nothing_is_excused_that_is_gone",
        "test_every_line_that_means_something_else_is_there",
        "test_decisions_are_numbered_once_each",
        # Asks the application that is imported, which no copy changes.
        "test_every_permission_has_its_sentence_and_its_rule",
    }


@pytest.mark.parametrize("broken", BROKEN, ids=lambda each: f"{each.file}: {each.by[:40]}")
def test_a_broken_promise_says_which_where_and_what_to_do(broken: Broken, copy: Path) -> None:
    with _broken(copy, broken), reading(copy), pytest.raises(AssertionError) as said:
        broken.check()
    missing = [words for words in broken.hears if words not in str(said.value)]
    assert not missing, f"{missing} is not in what it says:\n{said.value}"


@pytest.mark.slow
def test_they_are_read_where_the_application_cannot_be_imported(copy: Path) -> None:
    """A query that imports a view, in a circle: whatever imports the application ends with it."""
    shutil.copytree(
        ROOT / "tests" / "architecture",
        copy / "tests" / "architecture",
        ignore=shutil.ignore_patterns("__pycache__", Path(__file__).name),
    )
    for name in ("__init__.py", "conftest.py"):
        shutil.copy(ROOT / "tests" / name, copy / "tests")
    circle = Broken("from discussion.debate.threads.views import blueprint", ASKS, _nothing, ())
    given = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    with _broken(copy, circle):
        imported = subprocess.run(
            [sys.executable, "-c", "import discussion.app"],
            cwd=copy, env=given, capture_output=True, text=True, check=False,
        )  # fmt: skip
        heard = subprocess.run(
            [*command, "tests/architecture/test_heights.py", "-k", "down_and_never_up"],
            cwd=copy, env=given, capture_output=True, text=True, check=False,
        )  # fmt: skip
    assert "ImportError" in imported.stderr
    assert "Promise 1, down, never up" in heard.stdout, heard.stdout + heard.stderr
    assert f"{ASKS}:" in heard.stdout


def _where_no_pair_is_allowed(check: Callable[[], None]) -> None:
    with patch.object(test_wings, "MOST_PAIRS", 0):
        check()


def _nothing() -> None:
    return


def _copied(name: str) -> Path:
    return _copies[-1] / name


@contextmanager
def _broken(copy: Path, broken: Broken) -> Iterator[None]:
    first = (broken.file, broken.by)
    changes = {copy / name: words for name, words in (first, broken.also or first)}
    before = {path: path.read_text() if path.exists() else None for path in changes}
    made = [path.parent for path in changes if not path.parent.exists()]
    for path, words in changes.items():
        path.parent.mkdir(exist_ok=True)
        old = before[path] or ""
        if broken.instead_of:
            assert broken.instead_of in old
            path.write_text(old.replace(broken.instead_of, words + _rest(broken), 1))
        else:
            path.write_text(f"{old}\n{words}\n")
    try:
        yield
    finally:
        for path, was in before.items():
            path.unlink() if was is None else path.write_text(was)
        for folder in made:
            folder.rmdir()


def _rest(broken: Broken) -> str:
    """A second heading stands beside the first; anything else is taken away."""
    return broken.instead_of if broken.by else ""
