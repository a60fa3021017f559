"""What may come in: a question in words, what is done with it, who looks into it."""

from collections.abc import Sequence

from wtforms import (
    BooleanField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)

from discussion.language import _, _l
from discussion.reach.needed.drafts import LookingDraft, QuestionDraft
from discussion.reach.needed.models import Question
from discussion.reach.needed.shapes import Lead
from discussion.reach.needed.words import (
    KINDS,
    MAX_ANSWER,
    MAX_HOW,
    MAX_QUOTE,
    MAX_REASON,
    MAX_TEXT,
    MAX_URL,
    MAX_WHO,
)
from discussion.web.forms import Counted, SiteForm, choices

Pairs = Sequence[tuple[str, str]]


class QuestionForm(SiteForm):
    """A question or a barrier, and what it comes from."""

    kind = RadioField(_l("What it is"), choices=choices(KINDS), default="question")
    text = StringField(_l("In one sentence"), [Counted(MAX_TEXT)])
    level = SelectField(_l("At which level"), validate_choice=False)
    origins = SelectMultipleField(_l("What it comes from"), validate_choice=False)
    quote = TextAreaField(_l("Words to quote"), [Counted(MAX_QUOTE)])
    quote_from = StringField(_l("Where they stand"))
    why = StringField(_l("Why it is changed"), [Counted(MAX_REASON)])
    is_unsaid = BooleanField(_l("Nobody should read its earlier words any more"))

    @classmethod
    def of(cls, question: Question) -> "QuestionForm":
        """As it is kept."""
        return cls(
            data={
                "kind": question.kind,
                "text": question.text,
                "level": question.level,
                "origins": [one.key for one in question.origins],
            }
        )

    def offer(self, levels: Pairs, candidates: Sequence[Lead] = ()) -> None:
        """The levels of its sector, and what it can come from."""
        self.level.choices = choices(dict(levels), empty=_("Every level"))
        self.origins.choices = choices({one.key: one.words or one.title for one in candidates})

    def draft(self) -> QuestionDraft:
        return QuestionDraft(
            text=self.text.data or "",
            kind=self.kind.data or "",
            level=self.level.data or "",
            origins=tuple(self.origins.data or ()),
            quote_from=(self.quote_from.data or "").strip(),
            quote=self.quote.data or "",
            why=self.why.data or "",
            is_unsaid=bool(self.is_unsaid.data),
        )


class LookingForm(SiteForm):
    """Who looks into it."""

    who = StringField(_l("Who is looking"), [Counted(MAX_WHO)])
    url = StringField(_l("Where to read more"), [Counted(MAX_URL)])
    how = TextAreaField(_l("How, in a sentence"), [Counted(MAX_HOW)])
    until = StringField(_l("By when"))

    def draft(self) -> LookingDraft:
        return LookingDraft(
            who=self.who.data or "",
            url=self.url.data or "",
            how=self.how.data or "",
            until=self.until.data or "",
        )


class ActsForm(LookingForm):
    """What moderators do with a question beside wording it."""

    item = SelectField(_l("What answers it"), validate_choice=False)
    answer = StringField(_l("What it answers, and for which people"), [Counted(MAX_ANSWER)])
    reopen_why = StringField(_l("Why it is open again"), [Counted(MAX_REASON)])
    merge_into = SelectField(_l("Into which question"), validate_choice=False)
    merge_why = StringField(_l("Why they are one"), [Counted(MAX_REASON)])
    remove_why = StringField(_l("Why it is taken away"), [Counted(MAX_REASON)])

    def offer(self, items: Pairs, others: Pairs) -> None:
        """The library, and the other questions."""
        self.item.choices = choices(dict(items), empty=_("Choose one"))
        self.merge_into.choices = choices(dict(others), empty=_("Choose one"))


class DecideForm(SiteForm):
    """Why somebody is not named, or no longer."""

    why = StringField(_l("Reason"), [Counted(MAX_REASON)])
