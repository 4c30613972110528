"""The documentation as a site: built strictly, every link leads somewhere, nothing is fetched from elsewhere."""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

ROOT = Path(__file__).parent.parent
PAGES = [*sorted((ROOT / "docs").glob("*.md")), ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md",
         ROOT / "examples" / "README.md"]  # fmt: skip


class Page(HTMLParser):
    """What a page links to, what it loads, and which places in it can be linked to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: set[str] = set()
        self.loads: set[str] = set()
        self.ids: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.ids |= {found[name] for name in ("id", "name") if name in found}
        if tag == "a" and "href" in found:
            self.links.add(found["href"])
        elif tag == "link" and found.get("rel") != "canonical":
            self.loads.add(found.get("href", ""))
        elif "src" in found:
            self.loads.add(found["src"])


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    if importlib.util.find_spec("mkdocs") is None:
        pytest.skip("mkdocs is not installed")
    # A copy, so that what is built or cached stays out of the project.
    copy = tmp_path_factory.mktemp("project")
    shutil.copytree(ROOT / "docs", copy / "docs")
    shutil.copytree(ROOT / "examples", copy / "examples")
    for name in ("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "mkdocs.yml"):
        shutil.copy(ROOT / name, copy)
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"]
    done = subprocess.run(command, cwd=copy, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    folder = copy / "site"
    return {path: Page(path.read_text(encoding="utf-8")) for path in folder.rglob("*.html")}


def test_links_lead_somewhere(site):
    """Every link within the site leads to a file that is there, and to a place in it."""
    checked = 0
    for path, page in site.items():
        for link in (page.links | page.loads) if path.name != "404.html" else ():
            where, _, place = link.partition("#")
            if re.match(r"[a-z]+:|//", where):
                continue
            target = (path.parent / unquote(where)).resolve() if where else path
            assert target.is_file(), f"{path.name}: {link}"
            if place and target in site:
                assert unquote(place) in site[target].ids, f"{path.name}: {link}"
            checked += 1
    assert checked > 100


def test_nothing_comes_from_elsewhere(site):
    """Fonts, scripts, styles and pictures are the site's own: no other server learns who reads it."""
    folder = next(iter(site)).parent
    loads = {load for page in site.values() for load in page.loads}
    assert loads
    assert not [load for load in loads if re.match(r"[a-z]+:|//", load)]
    for path in folder.rglob("*.css"):
        found = re.findall(r"url\(\s*[\"']?(?!data:)([^)\"']+)", path.read_text(encoding="utf-8"))
        assert not [url for url in found if re.match(r"[a-z]+:|//", url)], path.name


def test_readme_is_the_start(site):
    """The README, as it is, with its picture; its links lead to pages of the site."""
    folder = min(site, key=lambda path: len(path.parts)).parent
    start = site[folder / "index.html"]
    assert {"settings.html", "commands.html", "contributing.html"} <= start.links
    assert "letter.png" in start.loads
    assert (folder / "examples" / "Makefile.txt").read_bytes() == (ROOT / "examples" / "Makefile").read_bytes()


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_between_files(page):
    """Where the files are read as they are, such as in a checkout, each link leads to a file as well."""
    for link in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
        where = link.partition("#")[0]
        if where and not re.match(r"[a-z]+:", where):
            assert (page.parent / where).exists(), link
