"""make sbom: what the site is made of, as CycloneDX 1.6, read from the pinned set."""

import json
import re
import sys
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

HERE = Path(__file__).parent
PINS = HERE / "run.txt"
PROJECT = HERE.parent / "pyproject.toml"
VERSION = HERE.parent / "discussion" / "__init__.py"
_PIN = re.compile(r"([A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[^\]]*\])?==([^\s;\\]+)\s*(?:;\s*([^\\]+))?")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def main(arguments: list[str]) -> int:
    """Write it to the file named, or to standard output."""
    made = json.dumps(bill(PINS.read_text(encoding="utf-8"), datetime.now(UTC)), indent=1) + "\n"
    if arguments:
        Path(arguments[0]).write_text(made, encoding="utf-8")
    else:
        sys.stdout.write(made)
    return 0


def bill(pins: str, at: datetime) -> dict[str, Any]:
    """The whole document; the same pins have the same serial number."""
    components = list(_components(pins))
    project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]
    root = _root(project)
    named = {_normal(re.split(r"[\[<>=!~ ]", each)[0]) for each in project["dependencies"]}
    direct = [each["bom-ref"] for each in components if each["name"] in named]
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid5(NAMESPACE_URL, root['purl'] + pins)}",
        "version": 1,
        "metadata": {"timestamp": at.isoformat(timespec="seconds"), "component": root},
        "components": components,
        "dependencies": [{"ref": root["bom-ref"], "dependsOn": direct}],
    }


def _root(project: dict[str, Any]) -> dict[str, Any]:
    found = re.search(r'__version__ = "([^"]+)"', VERSION.read_text(encoding="utf-8"))
    purl = f"pkg:pypi/{project['name']}@{found[1] if found else '0'}"
    return {
        "type": "application",
        "bom-ref": purl,
        "name": project["name"],
        "version": found[1] if found else "0",
        "description": project["description"],
        "licenses": [{"license": {"id": project["license"]}}],
        "purl": purl,
    }


def _components(pins: str) -> Iterator[dict[str, Any]]:
    """A library for each pin; its hashes are those of the files of which one is installed."""
    for entry in re.split(r"\n(?=\S)", pins):
        pin = _PIN.match(entry)
        if pin is None:
            continue
        name, version, marker = _normal(pin[1]), pin[2], (pin[3] or "").strip()
        purl = f"pkg:pypi/{name}@{version}"
        made: dict[str, Any] = {
            "type": "library",
            "bom-ref": purl,
            "name": name,
            "version": version,
            "purl": purl,
            "hashes": [{"alg": "SHA-256", "content": one} for one in _HASH.findall(entry)],
        }
        if marker:
            made["properties"] = [{"name": "discussion:installed-where", "value": marker}]
        yield made


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
