"""Hints about a statement's wording: what they find, and what they leave in peace."""

import pytest

from discussion.vocabulary.education import EDUCATION
from discussion.weighing.statements.wording import MOST_WORDS, doubts_in


def kinds(text: str, language: str = "en-GB") -> set[str]:
    return {doubt.kind for doubt in doubts_in(text, EDUCATION, language=language)}


@pytest.mark.parametrize(
    "text",
    [
        "Schools should offer clubs and trusts should pay for them.",
        "Schools should compel attendance and pay for it.",
        "Enrichment helps pupils but costs teachers their evenings.",
        "Clubs should be free because pupils need them.",
        "Clubs should be free; transport should be too.",
        "Choice motivates pupils. Compulsion reaches them.",
        "Enrichment is a right, whereas tuition is a service.",
        "Leaders should protect time so that teachers can plan.",
        "Trusts should decide or schools should choose.",
    ],
)
def test_two_claims_in_one_are_found(text: str) -> None:
    assert "two_claims" in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "Every pupil should read and write by the age of seven.",
        "Arts and sport are part of what school is for.",
        "Schools should offer arts and sport.",
        "Pupils should choose between music and drama.",
        "Schools and trusts should decide this together.",
        "Pupils in poverty attend fewer clubs than others.",
        "Schools should share staff and rooms that stand empty in the evening.",
        "Teachers should spend more and more time on it.",
    ],
)
def test_one_claim_with_a_list_in_it_is_left_in_peace(text: str) -> None:
    assert "two_claims" not in kinds(text)


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("Schools should obviously offer clubs.", "obviously"),
        ("So-called enrichment takes time from teaching.", "so-called"),
        ("Schools fail pupils in poverty.", "fail"),
        ("Only trusts can pay for this.", "only"),
        ("A one-size-fits-all rule would harm small schools.", "one-size-fits-all"),
        ("It is clearly the task of schools.", "clearly"),
        ("Compulsion is a clear mistake; a real one.", "real"),
    ],
)
def test_loaded_wording_is_found_and_named(text: str, phrase: str) -> None:
    [doubt] = [doubt for doubt in doubts_in(text, EDUCATION) if doubt.kind == "loaded"]
    assert phrase in doubt.phrases


@pytest.mark.parametrize(
    "text",
    [
        "The timetable should be clear to parents.",
        "Funding has fallen in real terms.",
        "Disadvantaged pupils attend fewer clubs than others.",
        "Trusts should require every school to offer music.",
        "An adjustment to the timetable makes room for clubs.",
    ],
)
def test_plain_wording_is_left_in_peace(text: str) -> None:
    assert "loaded" not in kinds(text)


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("Schools should not compel attendance.", "not"),
        ("No pupil should pay.", "no"),
        ("Schools can’t pay for this.", "can’t"),
        ("Schools don't pay for this.", "don't"),
        ("Pupils learn best without compulsion.", "without"),
        ("Compulsion is unfair.", "unfair"),
        ("It is unimportant who decides.", "unimportant"),
        ("Time never suffices.", "never"),
        ("Evidence from elsewhere is irrelevant here.", "irrelevant"),
    ],
)
def test_a_negation_is_found_and_named(text: str, phrase: str) -> None:
    [doubt] = [doubt for doubt in doubts_in(text, EDUCATION) if doubt.kind == "negation"]
    assert phrase in doubt.phrases


@pytest.mark.parametrize(
    "text",
    [
        "Pupils under twelve should stay until four.",
        "A school uniform unites pupils.",
        "Universities and unions should understand this unit.",
        "Pupils should know which clubs there are.",
        "The unanimous view of heads should count.",
        "Notice should be given to parents.",
    ],
)
def test_words_that_look_like_negations_are_left_in_peace(text: str) -> None:
    assert "negation" not in kinds(text)


def test_a_question_is_no_statement() -> None:
    assert "question" in kinds("Should schools compel attendance")
    assert "question" in kinds("Schools should compel attendance?")
    assert "question" not in kinds("What pupils learn outside lessons matters.")


def test_so_many_words_are_read_twice() -> None:
    assert "over_long" not in kinds(" ".join(["word"] * MOST_WORDS))
    [doubt] = doubts_in(" ".join(["word"] * (MOST_WORDS + 1)), EDUCATION)
    assert (doubt.kind, doubt.phrases) == ("over_long", (str(MOST_WORDS + 1),))


def test_word_lists_are_for_english_alone() -> None:
    assert kinds("Die Schulen and so on; no, never.", "de") == set()
    assert kinds("Sollen die Schulen das?", "de") == {"question"}


def test_a_good_statement_has_no_hint_at_all() -> None:
    for text in (
        "Every pupil should have a hundred hours of enrichment a year.",
        "Pupils’ freedom to choose matters more than equal take-up.",
        "Clubs that pupils choose themselves keep them longer than clubs that are compulsory.",
    ):
        assert doubts_in(text, EDUCATION) == (), text
