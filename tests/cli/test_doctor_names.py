"""doctor finds the names that were taken before names were judged."""

from sqlalchemy.orm import Session

from discussion.cli.doctor_names import find_unfit
from tests.factories import NOW, make_person


def test_names_that_would_be_refused_are_found_and_not_repeated(session: Session) -> None:
    make_person(session, display_name="Zoë Müller, PhD")
    make_person(session, display_name="Former contributor", left_at=NOW, email=None)
    assert list(find_unfit(session)) == []
    found = [make_person(session, display_name=name) for name in ("Аsha", "The moderators")]
    (said,) = find_unfit(session)
    for person in found:
        assert f"/accounts/people/{person.public_id}" in said
        assert person.display_name not in said
