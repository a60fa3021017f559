"""What is tested on SQLite alone, though it is given a database: the one place that says so.

A test runs on both databases unless no database could make a difference to what it asserts: it
looks at words, bytes, forms, addresses or arithmetic, and rows are only what it begins from, stored
and read in ways that other tests try on both. Never of these are: who may see or do what, leaks,
the audit chain, races, locks, what the database searches, sorts or counts, times and months,
lengths, constraints, triggers, migrations, backups, what is kept or deleted. In doubt: both.

A line is a file, or one test of a file, and why.
"""

from collections.abc import Mapping

ONE: dict[str, str] = {
    "tests/debate/positions/test_needs.py::"
    "test_what_is_needed_is_what_publishing_refuses_for_every_subset": "two lists of problems",
    "tests/debate/positions/test_writing.py::"
    "test_an_empty_page_says_everything_that_is_missing_beside_each_field": "words of a form",
    "tests/debate/positions/test_writing.py::"
    "test_every_link_of_the_summary_leads_to_something_on_the_page": "ids of a page",
    "tests/debate/positions/test_writing.py::"
    "test_whatever_is_typed_stands_in_the_page_that_refuses_it": "a form that is not stored",
    "tests/debate/threads/test_track.py": "how stages look",
    "tests/mail/test_every_letter.py::"
    "test_a_letter_leads_its_receiver_to_what_it_is_about": "links in letters",
    "tests/reach/publications/test_files.py": "bytes of files",
    "tests/series/about/test_about.py": "pages without rows",
    "tests/series/about/test_security_txt.py": "a page of settings",
    "tests/web/test_bounded_forms.py::"
    "test_no_field_of_a_form_makes_its_request_dear": "how long it takes to read a form",
    "tests/web/test_doors.py": "settings, and which host is believed",
    "tests/web/test_newer_pythons.py": "calls of Python",
    "tests/web/test_tidying.py": "addresses",
    "tests/web/test_weight.py": "bytes of pages",
    "tests/weighing/findings/test_diagnosed.py": "verdicts on known numbers",
    "tests/weighing/findings/test_safe_to_quote.py": "verdicts on known numbers",
    "tests/weighing/findings/test_worked_example.py": "numbers of one example",
    "tests/weighing/findings/test_viewpoints_shown.py": "words and pictures of known numbers",
}
# Folders of which no test may stand above: what they ask is asked of each database.
NEVER = (
    "audit", "cli", "decisions", "jobs", "kept", "linkability", "migrations", "oversight",
    "permissions", "surfaces",
)  # fmt: skip


def is_left_out(nodeid: str, given: Mapping[str, object]) -> bool:
    """Whether this test, given these parameters, would ask PostgreSQL what the table says of it."""
    said = nodeid.partition("[")[0]
    return "postgresql" in given.values() and (said in ONE or said.partition("::")[0] in ONE)
