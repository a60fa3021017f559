"""The frozen shape of the page of rules."""

from dataclasses import dataclass

from markupsafe import Markup

from discussion.series.members.queries.joining import Joining


@dataclass(frozen=True)
class ReasonLine:
    slug: str
    label: str
    explanation: str


@dataclass(frozen=True)
class RulesPage:
    series_slug: str
    series_title: str
    series_url: str
    language: str
    rules: Markup
    version: int
    reasons: tuple[ReasonLine, ...]
    who_may_post: str  # a sentence
    moderation: str  # a sentence
    decides_within: str  # "within 48 hours"
    log_url: str
    times: tuple[tuple[str, str], ...]  # what else has a time, and it: "Reports", "within 4 hours"
    is_member: bool
    membership_url: str  # empty for those who do not belong
    joining: Joining | None  # for who does not belong
    settings_url: str  # empty when the viewer may not
