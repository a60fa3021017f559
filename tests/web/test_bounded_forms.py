"""No input of a form is work without a bound: what is too long is refused before it is read."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from bench.hostile import EVERY, MOST
from discussion import text
from discussion.debate.evidence.addresses import normalise_url
from discussion.debate.evidence.citations.reading import read
from discussion.debate.evidence.identifiers import doi_of_url, normalise_doi
from discussion.people.accounts.words_names import name_problem, organisation_problem
from discussion.text.addresses import normal_email
from discussion.text.characters import MOST_MARKS
from discussion.vocabulary.education import EDUCATION
from tests.conftest import sign_in
from tests.factories import make_item, make_member, make_position, make_series, make_thread
from tests.work import calls_of

READERS: dict[str, Callable[[str], Any]] = {
    "line": text.line,
    "paragraphs": text.paragraphs,
    "fold": text.fold,
    "identifying": lambda typed: text.identifying(typed, EDUCATION.signs),
    "count_links": text.count_links,
    "diff": lambda typed: text.marked_diff(typed[:20_000], typed[:20_000][::-1]),
    "email": normal_email,
    "name": lambda typed: name_problem(typed, own=["Discussion"]),
    "organisation": organisation_problem,
    "doi": normalise_doi,
    "url": normalise_url,
    "doi_of_url": doi_of_url,
    "citations": read,
}
# Of one reader: some for each character that any field takes, and some for each byte of a body
# where it is only put in order.
MOST_CALLS = 40 * 20_000 + 5 * MOST
# Of a whole request, with the page that comes back.
MOST_OF_A_REQUEST = 1_000_000
TEXTS = ("two marks in turn", "letters that come apart", "a mailbox of umlauts", "names", "stars")


@pytest.mark.parametrize("reader", READERS)
def test_what_reads_typed_text_reads_no_more_than_a_field_takes(reader: str) -> None:
    dear = {
        kind: calls
        for kind, typed in EVERY.items()
        if (calls := calls_of(lambda: READERS[reader](typed))) > MOST_CALLS  # noqa: B023
    }
    assert not dear


@pytest.mark.parametrize("kind", EVERY)
def test_nothing_is_put_in_order_that_takes_the_square_of_its_length(kind: str) -> None:
    """What `unicodedata` does is no call that could be counted: so its input is looked at."""
    run = longest = 0
    for character in text.normal(EVERY[kind]):
        run = run + 1 if character in "\u0301\u0316\u3099" else 0
        longest = max(longest, run)
    assert longest <= MOST_MARKS


FORMS: dict[str, tuple[str, dict[str, str]]] = {
    "sign up": ("/accounts/sign-up", {"display_name": "Ottoline", "email": "o@example.org",
                                      "new_password": "heron kettle orbit", "is_adult": "y",
                                      "role": "headteacher", "accepts": "y"}),
    "sign in": ("/accounts/sign-in", {"email": "o@example.org", "password": "heron"}),
    "reset": ("/accounts/reset", {"email": "o@example.org"}),
    "report": ("/reports/position/{position}", {"cause": "abuse", "text": "Look.",
                                                "email": "o@example.org"}),
    "write": ("/positions/write/{thread}", {"do": "publish", "claim": "A claim.",
                                            "reasoning": "Because."}),
    "propose": ("/threads/propose/{series}", {"question": "Should we?", "context": "Because."}),
    "paste": ("/evidence/{series}/add", {"text": "@book{a}"}),
    "profile": ("/accounts/profile", {"display_name": "Ottoline", "organisation": "A school",
                                      "interests": "None"}),
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_no_field_of_a_form_makes_its_request_dear(
    client: FlaskClient, session: Session, form: str
) -> None:
    series = make_series(session)
    thread = make_thread(session, series)
    position = make_position(session, thread)
    path, good = FORMS[form]
    address = path.format(position=position.public_id, thread=thread.slug, series=series.slug)
    if not path.startswith(("/accounts/sign", "/accounts/reset", "/reports")):
        sign_in(client, make_member(session, series))
    client.post(address, data=good)  # so that its template is compiled already
    dear = {}
    for field in good:
        for kind in TEXTS:
            body = good | {field: EVERY[kind]}
            calls = calls_of(
                lambda: client.post(address, data=body, content_type="multipart/form-data")  # noqa: B023
            )
            if calls > MOST_OF_A_REQUEST:
                dear[field, kind] = calls
    assert not dear


NUMBERS = {
    "when a draft was saved": ("/positions/write/{thread}", "claim", "draft_saved_at", "2026-11-"),
    "a year": ("/evidence/{series}/{item}/edit", "title", "year", ""),
    "a place in order": ("/threads/{thread}/curate/order", "seen", "number-1", ""),
}


@pytest.mark.parametrize("digits", ["9" * 5_000, "\u0669" * 5_000])
@pytest.mark.parametrize("number", NUMBERS)
def test_a_number_of_five_thousand_digits_is_wrong_and_no_accident(
    client: FlaskClient, session: Session, number: str, digits: str
) -> None:
    series = make_series(session)
    thread, item = make_thread(session, series), make_item(session, series)
    sign_in(client, make_member(session, series, role="convener"))
    path, other, field, before = NUMBERS[number]
    address = path.format(thread=thread.slug, series=series.slug, item=item.public_id)

    assert client.post(address, data={other: "A", field: before + digits}).status_code < 500
