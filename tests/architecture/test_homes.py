"""Promises 2, 3, 6, 8 and 13: one home each, one commit, no junk drawers."""

import ast
import re
from collections import Counter
from functools import cache

import pytest

from tests.architecture.reading import Module, imports, modules, parsed

# What is imported → where alone that may be, and what to do instead.
HOMES = {
    "bleach": (("text",), "call discussion.text.render"),
    "smtplib": (("mail.post",), "promise a letter: discussion.mail.queue"),
    "imaplib": (("mail.mailbox",), "open a mailbox: discussion.mail.mailbox"),
    "numpy": (("analysis.arrays",), "put the arithmetic into discussion/analysis"),
    "scipy": (("analysis",), "put the arithmetic into discussion/analysis"),
    "flask_babel": (("language",), "from discussion.language import _, _l, _n"),
    "babel": (
        ("language", "text.tongues"),
        "in_words says every time with its zone, tongues what a language is called",
    ),
    "flask_login": (
        ("web", "accounts.views"),
        "ask discussion.web.doorway.viewer()",
    ),
    "cryptography": (
        ("sealing",),
        "seal with discussion.sealing.Seal",
    ),
    "huey": (("jobs.clockwork", "jobs.waking"), "promise a job: discussion.jobs.queue"),
    "alembic": (("migrations",), "call discussion.migrations"),
    "httpx": (
        ("evidence.crossref", "evidence.checking"),
        "ask other servers outside any transaction",
    ),
    "flask": (
        (
            "web", "app", "cli", "serving",
            "api", "feeds", "language", "mail",
            "jobs", "*.views", "*.tasks", "composing",
        ),
        "only what speaks to the outside knows Flask: pass what you need as an argument",
    ),
}  # fmt: skip

# A call or attribute → where alone it may be, and what to do instead.
PHRASES = {
    r"os\.environ|os\.getenv": (("config",), "read discussion.config"),
    r"datetime\.(now|utcnow|today)\(|date\.today\(|time\.time\(": (
        ("clock",),
        "call discussion.clock.now() at the door and pass it on",
    ),
    r"\.date\(\)|datetime\.combine\(|isoformat\(\)\[|ZoneInfo\(|'UTC'": (
        ("clock", "demonstration"),
        "a day is one of the site's zone: call discussion.clock.day, iso or morning",
    ),
    r"(?<!\w)Markup\(": (("text",), "only discussion.text makes HTML"),
    r"\.commit\(\)": (
        (
            "web.doorway", "jobs.worker", "cli", "db",
            "migrations", "*.views",
        ),
        "operations flush; the door commits",
    ),
}  # fmt: skip

# Views commit only what must outlive a refused request: in these files, and for this reason.
ASIDE = re.compile(r"separate_session\(|keep_aside\(")

MOST_BY_HAND = 150
BY_HAND = (
    "The formatter sets every line: `# fmt: skip` stands only where a table would be spoiled, "
    f"fewer than {MOST_BY_HAND} times in discussion/. Let it set lines of:"
)

JUNK = re.compile(
    r"^(utils?|helpers?|common|misc|base|managers?|services?|lib|tools?|stuff|core|shared)$"
)


@pytest.mark.parametrize("package", HOMES)
def test_a_package_is_imported_in_its_one_home(package: str) -> None:
    homes, cure = HOMES[package]
    wrong = [
        str(each)
        for module in modules()
        for each in imports(module)
        if each.target.split(".")[0] == package and not _is_in(module, homes)
    ]
    assert not wrong, "\n".join([f"Promise 2, one home each: {cure}.", *wrong])


@pytest.mark.parametrize("phrase", PHRASES)
def test_a_phrase_is_said_in_its_one_home(phrase: str) -> None:
    homes, cure = PHRASES[phrase]
    wrong = [
        f"{module.place}:{number} says {found.group()}"
        for module in modules()
        if not _is_in(module, homes)
        for number, line in enumerate(_code(module), start=1)
        if (found := re.search(phrase, line))
    ]
    assert not wrong, "\n".join([f"Promises 2, 6 and 8: {cure}.", *wrong])


def test_a_view_commits_only_what_it_wrote_aside() -> None:
    wrong = [
        module.place
        for module in modules()
        if "views" in module.name.split(".")
        and ".commit()" in "\n".join(_code(module))
        and not ASIDE.search("\n".join(_code(module)))
    ]
    cure = (
        "Promise 6, one commit: the door commits what a request changed; flush, or write it in a "
        "separate_session."
    )
    assert not wrong, "\n".join([cure, *wrong])


def test_analysis_is_arithmetic() -> None:
    allowed = {"numpy", "scipy", "math", "dataclasses", "collections", "itertools", "functools",
               "typing", "operator", "statistics", "heapq", "enum", "numbers",
               "fractions", "__future__"}  # fmt: skip
    loads_numpy = "discussion.analysis.arrays", "discussion.later"
    wrong = [
        str(each)
        for module in modules()
        if module.room == "analysis"
        for each in imports(module)
        if each.target.split(".")[0] not in allowed
        and not each.target.startswith("discussion.analysis")
        and (module.name, each.target) != loads_numpy
    ]
    cure = "Promise 3, analysis is arithmetic: numbers in, frozen dataclasses out."
    assert not wrong, "\n".join([cure, *wrong])


def test_there_are_no_junk_drawers() -> None:
    wrong = [module.place for module in modules() if JUNK.match(module.name.rsplit(".", 1)[-1])]
    cure = "Promise 13: if a thing has no room, the room is missing. Name it by what it is about."
    assert not wrong, "\n".join([cure, *wrong])


def test_every_file_says_at_its_head_what_it_is() -> None:
    wrong = [module.place for module in modules() if not ast.get_docstring(module.tree)]
    cure = "Every file says in one sentence at its head what it is. Write that of:"
    assert not wrong, "\n".join([cure, *wrong])


def test_lines_are_set_by_the_formatter() -> None:
    by_hand = Counter(
        {module.place: module.path.read_text().count("# fmt: skip") for module in modules()}
    )
    worst = [f"{place}: {times}" for place, times in by_hand.most_common(5)]
    assert by_hand.total() < MOST_BY_HAND, "\n".join([BY_HAND, *worst])


def _is_in(module: Module, homes: tuple[str, ...]) -> bool:
    parts = [part.split("_")[0] for part in module.short.split(".")]  # tasks_x is a part of tasks
    return any(
        home[2:] in parts if home.startswith("*.") else f"{module.short}.".startswith(f"{home}.")
        for home in homes
    )


def _code(module: Module) -> tuple[str, ...]:
    return _code_of(module.path.read_text(encoding="utf-8"))


@cache
def _code_of(source: str) -> tuple[str, ...]:
    """The lines of a file, without its docstrings and comments."""
    lines = source.splitlines()
    for node in ast.walk(parsed(source)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            for number in range(node.lineno - 1, node.end_lineno or node.lineno):
                lines[number] = ""
    return tuple(line.partition("  # ")[0] for line in lines)
