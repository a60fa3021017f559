"""What a closed round of a thread found, as it is read once for a page."""

from collections.abc import Mapping
from dataclasses import dataclass

from discussion.weighing.findings.content.whole import Content
from discussion.weighing.findings.models import FindingSnapshot


@dataclass(frozen=True)
class Found:
    """A snapshot with what may be shown of it now, and the lines that its round may show."""

    row: FindingSnapshot
    content: Content
    lines: Mapping[str, tuple[str, ...]]
