"""What `mkdocs` needs to know of this repository: documents beside docs/, and links out of it.

Documents say where things are as they lie in the repository. On the site a link to a document leads
to its page; what is no document (code, folders, files for hosts) is named and leads nowhere.
"""

import re
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote

from mkdocs.structure.files import File, Files

ROOT = Path(__file__).parent.parent
BESIDE = {  # pages of the site that lie at the root
    "README.md": "index.md",
    "ARCHITECTURE.md": "architecture.md",
    "CONTRIBUTING.md": "contributing.md",
    "CHANGELOG.md": "changelog.md",
    "SECURITY.md": "security.md",
    "CODE_OF_CONDUCT.md": "conduct.md",
}
_LINK = re.compile(r"(!?)\[((?:[^\[\]]|\[[^\]]*\])*)\]\(([^()\s]+)\)")
_FENCE = re.compile(r"^(?:```.*?^```|(?: {4}[^\n]*\n)+)", re.DOTALL | re.MULTILINE)


def on_files(files: Files, *, config: Any) -> Files:
    """With the documents that lie beside docs/."""
    for name, page in BESIDE.items():
        files.append(File.generated(config, page, abs_src_path=str(ROOT / name)))
    return files


def on_config(config: Any) -> Any:
    """With every decision, in its order."""
    made = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    config["nav"].append({"Decisions": [f"decisions/{path.name}" for path in made]})
    return config


def on_page_markdown(markdown: str, *, page: Any, config: Any, files: Files) -> str:
    """Each link as it leads on the site."""
    at = _in_repository(page.file.src_uri).parent

    def lead(found: re.Match[str]) -> str:
        mark, words, target = found.groups()
        path, _, anchor = target.partition("#")
        if not path or "://" in path or path.startswith("mailto:"):
            return found[0]
        meant = _normal(at / unquote(path))
        if not (ROOT / meant).exists():
            return found[0]  # and mkdocs says that it leads nowhere
        shown = _on_site(meant)
        leads_to = files.get_file_from_path(shown) if shown else None
        if leads_to is None or leads_to.inclusion.is_excluded():
            return words
        here = PurePosixPath(page.file.src_uri).parent
        climbed = "/".join([".."] * len(here.parts)) or "."
        return f"{mark}[{words}]({climbed}/{shown}{'#' + anchor if anchor else ''})"

    parts, end = [], 0
    for fence in _FENCE.finditer(markdown):
        parts += [_LINK.sub(lead, markdown[end : fence.start()]), fence[0]]
        end = fence.end()
    return "".join([*parts, _LINK.sub(lead, markdown[end:])])


def _in_repository(page: str) -> PurePosixPath:
    back = {page: name for name, page in BESIDE.items()}
    return PurePosixPath(back.get(page) or f"docs/{page}")


def _on_site(path: PurePosixPath) -> str | None:
    if str(path) in BESIDE:
        return BESIDE[str(path)]
    if path.parts[:1] != ("docs",):
        return None
    inside = str(PurePosixPath(*path.parts[1:]))
    return f"{inside}/README.md" if (ROOT / path / "README.md").exists() else inside


def _normal(path: PurePosixPath) -> PurePosixPath:
    parts: list[str] = []
    for part in path.parts:
        if part == "..":
            parts[-1:] = []
        elif part != ".":
            parts.append(part)
    return PurePosixPath(*parts)
