"""What somebody hands in, where it does not matter what."""

from discussion.debate.positions.drafts import PositionDraft, TagDraft
from discussion.debate.responses.drafts import ResponseDraft

DRAFT = PositionDraft(
    claim="Every pupil should be offered a club in school hours.",
    reasoning="Because clubs after school shut out those who travel far.",
    served=(TagDraft(value="equality"),),
    is_without_study=True,
    level="school",
    confidence=3,
    change_mind=("evidence",),
    change_mind_text="A trial that found no difference.",
    attribution="role",
    nobody_identified=True,
)
RESPONSE = ResponseDraft(
    type="asks", text="How would that work?", attribution="role", nobody_identified=True
)
