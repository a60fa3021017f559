"""Whether a bill of materials follows its schema; needs cyclonedx-python-lib, see make sbom."""

import sys
from pathlib import Path

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

if __name__ == "__main__":
    wrong = JsonStrictValidator(SchemaVersion.V1_6).validate_str(
        Path(sys.argv[1]).read_text(encoding="utf-8")
    )
    print(f"It does not follow the schema: {wrong}" if wrong else "It follows CycloneDX 1.6.")
    sys.exit(bool(wrong))
