"""make audit: whether a pinned package has a known vulnerability, by pip-audit.

pip-audit finds nothing wrong with what it could not look up. Here that is said, and is no "well".
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PINS = tuple(Path(__file__).with_name(f"{name}.txt") for name in ("run", "dev"))
LOOK_UP = ("-m", "pip_audit", "--disable-pip", "--require-hashes", "--format", "json",
           "--progress-spinner", "off")  # fmt: skip
UNREACHED = (
    "No index of known vulnerabilities can be reached from here, so that NOTHING was audited."
    " Run it where there is one."
)


@dataclass(frozen=True)
class Audit:
    """What was looked up and what was not, and a line for each vulnerability."""

    looked_up: int
    unknown: tuple[str, ...]
    found: tuple[str, ...]


def main(arguments: list[str]) -> int:
    """0 when nothing is known against any package, or none could be asked about; 1 when something.

    With --strict, 2 when anything could not be asked about.
    """
    audit = read(_asked())
    print(*in_words(audit), sep="\n")
    if audit.found:
        return 1
    is_whole = audit.looked_up > 0 and not audit.unknown
    return 2 if "--strict" in arguments and not is_whole else 0


def read(said: str) -> Audit:
    """What pip-audit printed; nothing where it could not even begin."""
    try:
        rows = json.loads(said)["dependencies"]
    except (ValueError, KeyError, TypeError):
        return Audit(0, (), ())
    asked = [row for row in rows if "skip_reason" not in row]
    return Audit(
        looked_up=len(asked),
        unknown=tuple(row["name"] for row in rows if "skip_reason" in row),
        found=tuple(line for row in asked for line in _known(row)),
    )


def in_words(audit: Audit) -> Iterator[str]:
    """The answer, for whoever runs it."""
    if not audit.looked_up:
        yield UNREACHED
        return
    yield f"{audit.looked_up} pinned packages were looked up."
    if audit.unknown:
        yield f"The index does not know {len(audit.unknown)}: {', '.join(audit.unknown)}."
    yield from audit.found or ("No vulnerability is known of those.",)


def _known(row: dict[str, Any]) -> Iterator[str]:
    for each in row.get("vulns", ()):
        fixed = ", ".join(each.get("fix_versions") or ()) or "no version yet"
        yield f"{row['name']} {row['version']}: {each['id']}, mended in {fixed}"


def _asked() -> str:
    pins = [word for path in PINS for word in ("--requirement", str(path))]
    ran = subprocess.run(  # noqa: S603  # our own arguments
        [sys.executable, *LOOK_UP, *pins], capture_output=True, text=True, check=False
    )
    if not ran.stdout.strip():
        print(*ran.stderr.strip().splitlines()[-1:], sep="\n", file=sys.stderr)
    return ran.stdout


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
