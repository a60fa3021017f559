"""django-spirit, a forum in Python, set up in an environment of its own to be measured beside.

It comes from the package index, through uv where `make` has fetched it, otherwise through pip; what
was set up is kept under var/ for the next time. Where it cannot be, that is said, and nothing is
compared with it.
"""

import json
import os
import shutil
import subprocess
import sys
import venv
from dataclasses import dataclass
from pathlib import Path

from bench.servers import HERE, Served

SPIRIT = "django-spirit==0.14.3"
ALSO = ("waitress>=3", "gunicorn>=23", "granian>=2")  # whichever serves the site serves it too
LONGEST = 600.0  # seconds for the installation
KEPT = HERE / "var" / "bench-spirit"


@dataclass(frozen=True)
class Spirit:
    """A topic to ask for, the cookie of somebody who is signed in, and how it is served."""

    path: str
    cookie: str
    served: Served


def set_up(posts: int, text: str) -> Spirit | None:
    """A forum with one topic of so many posts; None, said loudly, where it cannot be had."""
    try:
        python = _environment(KEPT / "environment")
        folder = _project(python, KEPT / "project")
        words = [str(python), str(Path(__file__).parent / "filling.py"), str(posts), text]
        said = _run(words, folder)
    except (OSError, subprocess.SubprocessError) as error:
        why = getattr(error, "stderr", "") or error
        print(f"\n*** {SPIRIT} COULD NOT BE SET UP: NOTHING IS COMPARED WITH IT. ***\n{why}\n")
        return None
    found = json.loads(said.splitlines()[-1])
    environment = {"DJANGO_SETTINGS_MODULE": "forum.settings.bench"}
    served = Served("forum.wsgi:application", environment, str(python), folder)
    return Spirit(found["path"], found["cookie"], served)


def _environment(folder: Path) -> Path:
    """A Python that has Spirit."""
    python, ready = folder / "bin" / "python", folder / f"{SPIRIT}.ready"
    if ready.exists():
        return python
    print(f"Installing {SPIRIT} into an environment of its own …", flush=True)
    shutil.rmtree(folder, ignore_errors=True)
    uv = HERE / ".uv" / "bin" / "uv"
    if uv.exists():
        _run([str(uv), "venv", "--quiet", "--python", sys.executable, str(folder)])
        _run([str(uv), "pip", "install", "--quiet", "--python", str(python), SPIRIT, *ALSO])
    else:
        venv.create(folder, with_pip=True)
        _run([str(python), "-m", "pip", "install", "-qq", SPIRIT, *ALSO])
    ready.touch()
    return python


def _project(python: Path, folder: Path) -> Path:
    """A project as Spirit's own command makes it, anew, with our settings."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    made = folder.parent / "forum"
    shutil.rmtree(made, ignore_errors=True)
    _run([str(python.parent / "spirit"), "startproject", "forum"], folder.parent, python.parent)
    made.rename(folder)
    shutil.copy(Path(__file__).parent / "settings.py", folder / "forum" / "settings" / "bench.py")
    return folder


def _run(words: list[str], folder: Path = HERE, path: Path | None = None) -> str:
    """What a command printed; raises where it fails, with what it said."""
    paths = os.environ["PATH"] if path is None else f"{path}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        words, cwd=folder, env=os.environ | {"PATH": paths}, capture_output=True, text=True,
        check=True, timeout=LONGEST,
    ).stdout  # fmt: skip
