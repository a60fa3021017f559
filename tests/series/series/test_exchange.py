"""One file makes a series; what is wrong in it is said at once, with its line."""

from pathlib import Path

import pytest
import tomli_w
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.people.accounts.models import Person
from discussion.permissions.rules import Forbidden
from discussion.series.series.exchange import SeriesFileError, dump_series, load_series, read_series
from discussion.series.series.models import Theme
from tests.factories import NOW, make_member, make_person

DEMONSTRATION = Path(__file__).parents[3] / "discussion/demonstration/series.toml"
GOOD = '''[series]
slug = "one"
title = "One"
question = "What for?"
rules = """
A rule with = and [brackets],
question = "not a key"
"""

[[reasons]]
slug = "unclear"
label = "Unclear"

[[themes]]
slug = "a"
question = "First?"

[[themes]]
slug = "b"
question = "Second?"
'''


def administrator(session: Session) -> Person:
    return make_person(session, is_administrator=True)


def problems(text: str) -> list[str]:
    with pytest.raises(SeriesFileError) as error:
        read_series(text)
    return list(error.value.problems)


def test_the_demonstration_is_such_a_file_and_comes_back_the_same(session: Session) -> None:
    person = administrator(session)
    series = load_series(session, person, DEMONSTRATION.read_text("utf-8"), NOW)
    once = dump_series(session, series)
    again = dump_series(session, load_series(session, person, once, NOW))
    assert again == once
    assert len(series.themes) == 10
    assert (series.rules_version, series.value_set_version, series.status) == (1, 1, "draft")


def test_loading_again_changes_in_place_and_retires_what_is_no_longer_listed(
    session: Session,
) -> None:
    person = administrator(session)
    series = load_series(session, person, GOOD, NOW)
    kept = {theme.slug: theme.id for theme in series.themes}
    changed = GOOD.replace("Second?", "Second, then?").replace('slug = "a"', 'slug = "c"')
    assert load_series(session, person, changed, NOW).id == series.id
    rows = session.scalars(select(Theme).where(Theme.series_id == series.id)).all()
    state = {row.slug: (row.question, row.retired_at is None) for row in rows}
    assert state == {
        "a": ("First?", False), "b": ("Second, then?", True), "c": ("First?", True)
    }  # fmt: skip
    assert {row.slug: row.id for row in rows}["b"] == kept["b"]
    assert [wording.question for wording in _row(rows, "b").wordings] == ["Second?"]


def test_only_an_administrator_makes_a_series_and_only_its_convener_changes_it(
    session: Session,
) -> None:
    with pytest.raises(Forbidden):
        load_series(session, make_person(session), GOOD, NOW)
    series = load_series(session, administrator(session), GOOD, NOW)
    with pytest.raises(Forbidden):
        load_series(session, make_member(session, series, role="moderator"), GOOD, NOW)
    assert load_series(session, make_member(session, series, role="convener"), GOOD, NOW)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("Second?", "Second", "line 20: themes[2].question must end with a question mark"),
        ('title = "One"', "title = 3", "line 3: series.title must be text in quotation marks"),
        ('title = "One"\n', "", "line 1: series.title is missing"),
        ('label = "Unclear"', 'lable = "x"', "line 12: reasons[1].lable is not known here"),
        ('slug = "b"', 'slug = "a"', "line 19: themes[2].slug is used twice"),
        ('slug = "b"\n', "", "line 18: themes[2].slug is missing"),
        ('slug = "one"', 'slug = "new"', "line 2: series.slug address is taken"),
        ('title = "One"', 'title = "One"\nmin_group = 4', "line 4: series.min_group: Five"),
        ('title = "One"', 'title = "One"\nmin_group = true',
         "line 4: series.min_group must be a whole number"),
        ('title = "One"', 'title = "One"\nstarts_on = "2026-01-01"',
         "line 4: series.starts_on must be a date"),
        ('title = "One"', 'title = "One"\nvisibility = "secret"', "line 4: series.visibility"),
        ('title = "One"', 'title = "One"\ndomains = ["a b"]', "line 4: series.domains"),
        ("[series]", "[serie]", "line 1: serie is not known here"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_line(before: str, after: str, said: str) -> None:
    assert before in GOOD
    assert any(one.startswith(said) for one in problems(GOOD.replace(before, after)))


def test_everything_that_is_wrong_is_said_at_once_in_the_order_of_the_file() -> None:
    text = GOOD.replace("First?", "First").replace("Second?", "Second").replace("What for?", "")
    lines = [int(one.split(":")[0].removeprefix("line ")) for one in problems(text)]
    assert lines == [4, 16, 20]


@pytest.mark.parametrize(
    ("text", "line"),
    [("[series]\ntitle = \n", 2), ('[series]\n\ntitle = "x', 3), ("[series\n", 1), ("= 3", 1)],
)
def test_a_slip_in_the_syntax_is_named_with_its_line(text: str, line: int) -> None:
    assert problems(text)[0].startswith(f"line {line}: this is not good TOML")


def test_a_set_of_three_values_is_refused() -> None:
    value = '\n[[values]]\nslug = "v{0}"\nfamily = "run"\nlabel = "V{0}"\ndefinition = "D"\n'
    text = GOOD + "".join(value.format(n) for n in range(3))
    assert problems(text) == ["line 22: values must be between 4 and 24 values; there are 3"]


words = st.text("abc Äé“”'\"\\=[]#?\n\t", max_size=40)
slugs = st.from_regex(r"[a-z]{1,8}(-[a-z0-9]{1,5})?", fullmatch=True).filter(
    lambda slug: slug not in ("new", "series", "invitations")
)
names = words.filter(lambda text: bool(text.strip("\n\t \"'\\=[]#?“”"))).map(lambda t: f"x{t}")


def listed(**fields: st.SearchStrategy[str]) -> st.SearchStrategy[list[dict[str, str]]]:
    return st.lists(
        st.fixed_dictionaries({"slug": slugs, **fields}),
        min_size=1, max_size=4, unique_by=lambda row: row["slug"],
    )  # fmt: skip


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.fixed_dictionaries({
        "series": st.fixed_dictionaries({
            "slug": slugs, "title": names, "question": names.map(lambda text: f"{text}?"),
            "summary": words, "rules": words.map(str.strip), "min_group": st.integers(5, 50),
            "starts_on": st.dates(), "domains": st.just(["a.example", "b.example"]),
        }),
        "reasons": listed(label=names, explanation=words),
        "themes": listed(question=names.map(lambda text: f"{text}?"), summary=words),
        "scales": listed(low=names.map(lambda text: f"low {text}"),
                         high=names.map(lambda text: f"high {text}"), definition=words),
    })
)  # fmt: skip
def test_what_is_written_loads_and_is_written_the_same(
    session: Session, data: dict[str, object]
) -> None:
    with session.begin_nested() as inside:
        person = administrator(session)
        once = dump_series(session, load_series(session, person, tomli_w.dumps(data), NOW))
        again = dump_series(session, load_series(session, person, once, NOW))
        inside.rollback()
    session.expunge_all()
    assert again == once


def _row(rows: object, slug: str) -> Theme:
    found: Theme = next(row for row in rows if row.slug == slug)  # type: ignore[attr-defined]
    return found
