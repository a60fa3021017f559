"""The one JSON that there is of a frozen document; its hash stands on the page."""

import json
from collections.abc import Mapping
from typing import Any


def canonical(snapshot: Mapping[str, Any]) -> bytes:
    """A snapshot as the one JSON that there is of it: keys in order, no spaces, UTF-8."""
    said = json.dumps(snapshot, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return said.encode()
