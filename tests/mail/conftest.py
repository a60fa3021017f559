"""Settings of commands that are run as on a site."""

from pathlib import Path

import pytest

from tests.conftest import SECRET


@pytest.fixture
def own_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name, value in {
        "ENVIRONMENT": "test", "SECRET_KEY": SECRET, "DATA_DIR": str(tmp_path / "data"),
        "MAIL_FROM": "no-reply@talk.example.org",
    }.items():  # fmt: skip
        monkeypatch.setenv(f"DISCUSSION_{name}", value)
    from discussion.cli.commands import main

    main(["init"])
