"""Which tests `make test-quick` chooses for a change."""

import pytest

from tests.touched import nearest, room_of

TESTS = (
    "tests/architecture/test_contrast.py",
    "tests/architecture/test_heights.py",
    "tests/architecture/test_homes.py",
    "tests/architecture/test_templates.py",
    "tests/debate/threads/test_page.py",
    "tests/debate/threads/test_stages.py",
    "tests/test_ground.py",
    "tests/web/test_tidying.py",
)
ALWAYS = ["tests/test_ground.py", "tests/architecture/test_homes.py",
          "tests/architecture/test_heights.py"]  # fmt: skip
THREADS = ["tests/debate/threads/test_page.py", "tests/debate/threads/test_stages.py"]


@pytest.mark.parametrize(
    ("changed", "first"),
    [
        ([], []),
        (["README"], []),
        (["discussion/debate/threads/queries/page.py"], THREADS),
        (["discussion/debate/threads/operations/stages.py"], THREADS[::-1]),
        (["templates/threads/page.html"], ["tests/architecture/test_templates.py", *THREADS]),
        (["static/css/threads.css"], ["tests/architecture/test_contrast.py", *THREADS]),
        (["discussion/web/tidying.py"], ["tests/web/test_tidying.py"]),
        (["tests/web/test_tidying.py"], ["tests/web/test_tidying.py"]),
        (["tests/debate/threads/test_stages.py"], THREADS[::-1]),
    ],
)
def test_the_nearest_are_chosen_first_and_the_ground_always(
    changed: list[str], first: list[str]
) -> None:
    assert nearest(changed, TESTS) == [*first, *ALWAYS]


def test_who_imports_a_changed_file_is_chosen() -> None:
    threads = "tests/debate/threads/test_stages.py"
    assert threads in nearest(["tests/factories/__init__.py"], TESTS)
    assert threads not in nearest(["discussion/polis/files.py"], TESTS)


@pytest.mark.parametrize(
    ("path", "room"),
    [
        ("discussion/debate/threads/views/reading.py", "threads"),
        ("discussion/web/errors.py", "web"),
        ("discussion/db.py", ""),
        ("tests/people/accounts/test_names.py", "accounts"),
        ("tests/web/test_doors.py", "web"),
        ("templates/evidence/library.html", "evidence"),
        ("static/css/rounds.css", "rounds"),
        ("docs/deploying.md", ""),
    ],
)
def test_every_file_of_a_room_is_known_by_its_folder(path: str, room: str) -> None:
    assert room_of(path) == room
