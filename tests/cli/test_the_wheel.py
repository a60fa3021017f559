"""A wheel installed elsewhere serves the same pages, styles included."""

import re
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from tests.cli.running import ROOT, environment, fetch, free_port, served

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("commands")]


def test_a_wheel_installed_elsewhere_serves_pages_and_their_styles(tmp_path: Path) -> None:
    made = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path / "dist")],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    for name in ("_templates/_layout/base.html", "_static/css/tokens.css", "migrations/env.py"):
        assert f"discussion/{name}" in names
    python = install(wheel, tmp_path / "venv")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    env = environment(tmp_path / "unused")
    with served("demo", "--port", free_port(), env=env, cwd=elsewhere, python=python) as (
        address,
        _process,
    ):
        page = fetch(f"{address}/")
        (style,) = re.findall(r'href="(/static/site-[^"]+\.css)"', page)
        assert "--paper" in fetch(address + style)
        assert "wOF2" in _first_bytes(f"{address}/static/fonts/atlas-sans.woff2")


def install(wheel: Path, folder: Path) -> str:
    """A fresh environment with the wheel, and for the rest this one's packages."""
    venv.create(folder)
    (packages,) = (folder / "lib").glob("python*/site-packages")
    with zipfile.ZipFile(wheel) as archive:  # what an installer does with a wheel of pure Python
        archive.extractall(packages)
    (own,) = {path for path in sys.path if path.endswith("site-packages")} or {""}
    (packages / "others.pth").write_text(own)
    return str(folder / "bin" / "python")


def _first_bytes(address: str) -> str:
    from urllib.request import urlopen

    with urlopen(address, timeout=20) as answer:
        return str(answer.read(4).decode())
