"""Installed elsewhere as docs/deploying.md says, the site serves its pages, styles included."""

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.cli.running import ROOT, environment, fetch, free_port, run, served

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("commands")]

# What is imported is compiled then: a tenth of what pip would compile beforehand.
QUICKLY = {"PIP_NO_COMPILE": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
INSTALLS = ("make wheel", "python3 -m venv", "/opt/discussion/bin/pip")
HELD = ("_templates/_layout/base.html", "_static/css/tokens.css", "migrations/env.py",
        "demonstration/series.toml")  # fmt: skip


def test_the_pinned_set_and_the_wheel_serve_pages_and_their_styles(tmp_path: Path) -> None:
    python = installed(tmp_path)
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    assert {f"discussion/{name}" for name in HELD} <= set(zipfile.ZipFile(wheel).namelist())
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    env = environment(tmp_path / "data", PORT=free_port())
    assert run("init", env=env, python=python, cwd=elsewhere).returncode == 0
    with served("serve", env=env, cwd=elsewhere, python=python) as (address, _process):
        page = fetch(f"{address}/about")
        (style,) = re.findall(r'href="(/static/site-[^"]+\.css)"', page)
        assert "@layer tokens" in fetch(address + style)
        with urlopen(f"{address}/static/fonts/atlas-sans.woff2", timeout=20) as answer:
            assert answer.read(4) == b"wOF2"


def installed(folder: Path) -> str:
    """The Python of an environment that was made by the very lines of the page."""
    text = (ROOT / "docs" / "deploying.md").read_text(encoding="utf-8")
    block = text.partition("## The first time")[2].partition("## Serving")[0]
    lines = [line.partition("#")[0].strip() for line in block.splitlines()
             if line.strip().startswith(INSTALLS)]  # fmt: skip
    assert len(lines) == 4
    instead = {
        "make wheel": f"{sys.executable} -m hatchling build -t wheel -d {folder}/dist",
        "python3": sys.executable,
        "/opt/discussion": f"{folder}/environment",
        "dist/discussion": f"{folder}/dist/discussion",
    }
    for line in lines:
        for said, meant in instead.items():
            line = line.replace(said, meant)
        done = subprocess.run(["bash", "-c", line], cwd=ROOT, text=True, capture_output=True,
                              check=False, env=os.environ | QUICKLY)  # fmt: skip
        if "NewConnectionError" in done.stdout + done.stderr:
            pytest.skip("SKIPPED: no index of packages can be reached from here.")
        assert done.returncode == 0, done.stderr
    return f"{folder}/environment/bin/python"
