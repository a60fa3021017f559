"""Each verdict of the rule before in one sentence: what parts people, or what is missing."""

from dataclasses import replace
from fractions import Fraction

import pytest

from discussion.vocabulary.education import EDUCATION
from discussion.weighing.findings.content.compared import (
    Compared,
    ComparedDimension,
    ComparedEmphasis,
    ComparedStatement,
    ComparedTags,
)
from discussion.weighing.findings.sentences.earlier import earlier_sentence_of
from discussion.weighing.findings.sentences.groups import Labels, counted_name_of, name_of
from discussion.weighing.findings.words import EARLIER_VERDICTS

TEXTS = {
    "E1": "Access should be equal.",
    "E2": "Pupils should choose.",
    "F1": "Being required puts pupils off.",
    "M1": "Attendance should be compulsory.",
    "M2": "A place by default.",
}
LABELS = Labels({"pupil_freedom": "Pupils’ freedom to choose", "equality": "Equality"}, EDUCATION)
WHOLE = {"end": ["E2"], "fact": ["F1"], "means": ["M1"]}


def found(
    verdict: str,
    ends: str = "apart",
    facts: str = "apart",
    means: str = "apart",
    values: list[list[str]] | None = None,
) -> Compared:
    states = {"end": ends, "fact": facts, "means": means}
    emphasis = None
    if values is not None:
        emphasis = ComparedEmphasis(
            gap=Fraction(1, 2),
            values=tuple((value, Fraction(a), Fraction(b)) for value, a, b in values),
            distinctive=tuple(each[0] for each in values),
        )
    return Compared(
        a="family:school_leadership",
        b="role:classroom_teacher+phase:sixteen_nineteen",
        grouped_by=None,
        verdict=verdict,
        tested=0,
        dimensions={
            kind: ComparedDimension(
                state=state,
                reasons=(),
                needed=0,
                rated=0,
                apart=tuple(WHOLE[kind]) if state == "apart" else (),
                alike=("M2",) if kind == "means" and state == "alike" else (),
                unclear=(),
                insufficient=(),
            )
            for kind, state in states.items()
        },
        statements={
            code: ComparedStatement(gap=Fraction(11 if code != "M2" else 3, 20), consensus="agree")
            for code in TEXTS
        },
        cruxes=(),
        tags=ComparedTags(emphasis=emphasis),
    )


def say(given: Compared | None, answered: int = 34, *, names_groups: bool = False) -> str:
    return earlier_sentence_of(given, texts=TEXTS, labels=LABELS, answered=answered, fewest=5,
                       names_groups=names_groups).text  # fmt: skip


SENTENCES: dict[str, tuple[Compared, str]] = {
    "agreement": (
        found("agreement", "alike", "alike", "alike"),
        "People agree here: on what matters, on the facts and on what to do, such as “A place by "
        "default”. 34 answered.",
    ),
    "agreement_for_different_reasons": (
        found("agreement_for_different_reasons", "apart", "unclear", "alike"),
        "People mostly agree on what to do, such as “A place by default”, for different reasons: "
        "“Pupils should choose”. 34 answered.",
    ),
    "agreement_despite_facts": (
        found("agreement_despite_facts", "alike", "apart", "alike"),
        "People agree on what matters and on what to do, although they differ over a fact: whether "
        "“Being required puts pupils off”. 34 answered.",
    ),
    "about_ends": (
        found("about_ends", "apart", "alike", "apart",
              [["pupil_freedom", "0", "13/30"], ["equality", "13/15", "2/5"]]),
        "People who differ here mostly differ over ends: pupils’ freedom to choose against "
        "equality. On the facts they are alike. 34 answered.",
    ),
    "about_facts": (
        found("about_facts", "alike", "apart", "apart"),
        "People who differ here mostly differ over facts: whether “Being required puts pupils "
        "off”. What matters to them is alike. 34 answered.",
    ),
    "about_ends_and_facts": (
        found("about_ends_and_facts"),
        "People who differ here differ over ends, “Pupils should choose”, and over facts: whether "
        "“Being required puts pupils off”. 34 answered.",
    ),
    "about_means": (
        found("about_means", "alike", "alike", "apart"),
        "People who differ here share their ends and their facts, and differ over what to do: "
        "“Attendance should be compulsory”. 34 answered.",
    ),
    "partly_known": (
        found("partly_known", "alike", "insufficient", "apart"),
        "People here differ over what to do: “Attendance should be compulsory”. What matters to "
        "them is alike. There is not enough to say whether they differ over facts. 34 answered.",
    ),
    "agreement_reasons_unknown": (
        found("agreement_reasons_unknown", "unclear", "alike", "alike"),
        "People mostly agree on what to do, such as “A place by default”; there is not enough to "
        "say whether for the same reasons. 34 answered.",
    ),
    "not_enough_to_say": (
        found("not_enough_to_say", "alike", "alike", "insufficient"),
        "Not enough to say what people disagree about. At least 5 school leaders and 5 sixth-form "
        "teachers need to rate the same statement on what to do. They have not yet. 34 answered.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("verdict", EARLIER_VERDICTS)
def test_each_verdict_has_its_sentence(verdict: str) -> None:
    given, expected = SENTENCES[verdict]
    assert say(given) == expected


def test_how_many_answered_is_a_number_from_five_people_on() -> None:
    for few in (0, 1, 4):
        assert say(None, few).endswith("have answered. Fewer than five answered.")
    assert say(None, 5).endswith("have answered. 5 answered.")


@pytest.mark.parametrize(
    ("stances", "said"),
    [
        ({"M1": "disagree", "M2": "agree"}, "on what to do, such as “A place by default”."),
        ({"M1": "disagree", "M2": "none"},
         "on what to do, such as not “Attendance should be compulsory”."),
        ({"M1": "none", "M2": "none"}, "on the facts and on what to do."),
    ],
)  # fmt: skip
def test_what_both_reject_is_not_named_as_what_they_would_do(
    stances: dict[str, str], said: str
) -> None:
    given = found("agreement", "alike", "alike", "alike")
    means = replace(given.dimensions["means"], alike=("M1", "M2"))
    statements = {
        code: replace(each, consensus=stances.get(code, each.consensus))
        for code, each in given.statements.items()
    }
    given = replace(given, dimensions={**given.dimensions, "means": means}, statements=statements)
    assert f"{said} 34 answered." in say(given)


def test_another_pair_is_named() -> None:
    said = say(found("about_means", "alike", "alike"), names_groups=True)
    assert said.startswith("School leaders and sixth-form teachers: people who differ here")


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("family:school_leadership", "school leaders"),
        ("role:classroom_teacher", "classroom teachers"),
        ("role:classroom_teacher+phase:sixteen_nineteen", "sixth-form teachers"),
        ("family:teaching+phase:he", "teaching staff in higher education"),
        ("phase:primary", "people in primary schools"),
        ("level:trust", "those who write about trusts"),
        ("value:pupil_freedom", "those who put pupils’ freedom to choose first"),
        ("leans:M1:disagree", "those who disagree with M1"),
        ("inferred:2", "group 2"),
        ("others:role:headteacher", "everybody else"),
    ],
)
def test_every_group_has_a_name(key: str, said: str) -> None:
    assert name_of(key, LABELS) == said


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("family:school_leadership", "school leaders"),
        ("level:trust", "who write about trusts"),
        ("value:pupil_freedom", "who put pupils’ freedom to choose first"),
        ("leans:M1:disagree", "who disagree with M1"),
        ("inferred:2", "in group 2"),
        ("others:role:headteacher", "others"),
        ("everybody", "people"),
    ],
)
def test_every_group_has_a_name_after_a_number(key: str, said: str) -> None:
    assert counted_name_of(key, LABELS) == said
