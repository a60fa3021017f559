"""What templates ask of this room, as `sharing.…`."""

from collections.abc import Mapping
from typing import Any

from discussion import clock
from discussion.reach.sharing import linked
from discussion.reach.sharing.code import iframe

ON_PAGES: Mapping[str, Mapping[str, Any]] = {
    "sharing": {
        "of_thread": linked.thread,
        "of_position": linked.position,
        "of_findings": linked.findings,
        "of_briefing": linked.briefing,
        "of_essay": linked.essay,
        "of_series": linked.series,
        "of_round": linked.round,
        "of_theme": linked.theme,
        "of_value": linked.value,
        "of_item": linked.item,
        "of_asking": linked.asking,
        "in_context": linked.in_context,
        "iframe": iframe,
        "today": clock.today,
    }
}
