"""What somebody answers to one statement, before it is a row, and what is wrong with it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from discussion import text
from discussion.language import _
from discussion.problems import Problem, too_long
from discussion.text.signs import Signs
from discussion.weighing.rounds.words import MAX_LINE, MAX_REASON, NOT_NUMBERS, REASONABLE
from discussion.weighing.rounds.words_rounds import is_non_holder

FACT = "fact"  # the kind of statement that something could settle


@dataclass(frozen=True, kw_only=True)
class RatingDraft:
    """One answer, under the code that the statement has in its round."""

    code: str
    value: str = ""
    reasonable: str = ""
    is_crux: bool = False
    reason: str = ""
    settles: str = ""  # what they would need to see, of a fact that their position depends on
    may_show: bool = False  # that line, without who wrote it

    def kept(self, points: int, kind: str) -> "RatingDraft":
        """What is stored of it: the second question is one for those who do not agree.

        The line is one for those whose position depends on a fact.
        """
        is_crux = self.is_crux and self.value != "not_for_me"
        settles = text.line(self.settles) if is_crux and kind == FACT else ""
        return replace(
            self,
            reasonable=self.reasonable if is_non_holder(self.value, points) else "",
            is_crux=is_crux,
            reason=text.paragraphs(self.reason),
            settles=settles,
            may_show=self.may_show and settles != "",
        )


def problems_in_rating(draft: RatingDraft, points: int) -> Iterator[Problem]:
    """The fields are named by the code, since several statements may stand on one page."""
    is_point = draft.value.isascii() and draft.value.isdigit() and len(draft.value) == 1
    if not (draft.value in NOT_NUMBERS or (is_point and 1 <= int(draft.value) <= points)):
        yield Problem(f"{draft.code}-value", _("Choose an answer, or skip the statement for now."))
    if draft.reasonable and draft.reasonable not in REASONABLE:
        yield Problem(f"{draft.code}-reasonable", _("Choose yes, no or not sure."))
    yield from too_long(f"{draft.code}-reason", draft.reason, MAX_REASON)


def problems_in_line(draft: RatingDraft, signs: Signs) -> Iterator[Problem]:
    """Of a line as it is kept: nobody is named in what may be shown."""
    yield from too_long(f"{draft.code}-settles", draft.settles, MAX_LINE)
    notices = text.identifying(draft.settles, signs) if draft.may_show else []
    if notices:
        found = ", ".join(f"“{notice.found}”" for notice in notices[:5])
        yield Problem(
            f"{draft.code}-settles",
            _(
                "This may point to a person or a workplace: %(found)s. Write it without them,"
                " or untick “It may be shown”.",
                found=found,
            ),
        )
