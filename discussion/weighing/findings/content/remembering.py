"""What snapshots say, as it was read and put into words once: they never change.

Reading one takes milliseconds, and saying what its numbers mean takes more. So both are kept for as
long as the snapshot is among the newest that were asked for.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from threading import Lock
from typing import TypeVar

from discussion.weighing.findings.content.whole import Content

MOST_READ = 24  # of one and a half megabytes each, where thousands rated
MOST_SAID = 12  # of one snapshot: by pair of groups, by lens, in each language

Said = TypeVar("Said")


@dataclass
class _Read:
    content: Content
    said: OrderedDict[Hashable, tuple[object, object]] = field(default_factory=OrderedDict)


class ContentsRead:
    """The newest that were asked for, each under the public id of its snapshot."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._read: OrderedDict[str, _Read] = OrderedDict()
        self._by_content: dict[int, _Read] = {}  # by what is held above, so that no id comes again

    def find(self, public_id: str) -> Content | None:
        with self._lock:
            kept = self._read.get(public_id)
            if kept is None:
                return None
            self._read.move_to_end(public_id)
        return kept.content

    def keep(self, public_id: str, content: Content) -> Content:
        """What is kept from now on: what somebody else kept meanwhile, or this."""
        with self._lock:
            if public_id in self._read:
                return self._read[public_id].content
            self._read[public_id] = self._by_content[id(content)] = _Read(content)
            while len(self._read) > MOST_READ:
                _id, oldest = self._read.popitem(last=False)
                del self._by_content[id(oldest.content)]
        return content

    def said(
        self, content: Content, what: Hashable, under: object, say: Callable[[], Said]
    ) -> Said:
        """What was said of a content before, where it follows from the same; else said now.

        Nothing is kept of a content with other words or numbers than its snapshot has.
        """
        with self._lock:
            read = self._by_content.get(id(content))
            kept = read.said.get(what) if read is not None else None
        if kept is not None and kept[0] == under:
            said: Said = kept[1]  # type: ignore[assignment]  # of the same `what`
            return said
        said = say()
        if read is not None:
            with self._lock:
                read.said[what] = under, said
                while len(read.said) > MOST_SAID:
                    read.said.popitem(last=False)
        return said


CONTENTS = ContentsRead()
