"""The pages of docs/ say what is true: those made from the code are its, and every command, link and file
that a page names is there."""

import re
import shlex
import tomllib
from collections.abc import Iterator

import pytest

from pipeline.config import Settings
from schemas import DATASETS
from tests.conftest import REPO
from tools.commands_page import helps
from tools.pages import DOCS, PAGES
from tools.settings_page import tables

WRITTEN = sorted([*REPO.glob("*.md"), *DOCS.rglob("*.md")])
FOLDERS = "extractors|pipeline|schemas|search|fixtures|tests|docs|benchmarks|tools|deploy"
ADDED = "new file: "
"""docs/adding.md makes files of its own: what begins so need not be there."""


@pytest.fixture(scope="module")
def printed() -> dict[str, str]:
    """What `--help` prints, by command."""
    return dict(helps())


@pytest.mark.parametrize("name", PAGES)
def test_a_page_made_from_the_code_is_the_codes(name):
    assert (DOCS / name).read_text("utf-8") == PAGES[name](), "run `make docs`"


def test_every_command_and_option_says_what_it_does(printed):
    assert {"minutebook", "minutebook extract", "minutebook archive verify"} <= printed.keys()
    for name, text in printed.items():
        assert len(text.splitlines()) > 2 and text.splitlines()[2].strip(), f"{name} has no help"
        for option in re.findall(r"^  (-.*)$", text, re.M):
            assert re.search(r"\S  +\S|^-\S+ <.*>$", option), f"{name}: {option} has no help"


def test_every_setting_has_a_meaning():
    silent = [
        f"{title} {name}"
        for title, model in tables()
        for name, field in model.model_fields.items()
        if not field.description
        and not (model is Settings and name in ("councils", "limits", "smtp", "alerts", "upload", "searches"))
    ]
    assert not silent


def test_every_dataset_has_its_place_on_the_page():
    assert re.findall(r"^## (\w+)$", (DOCS / "datasets.md").read_text("utf-8"), re.M) == list(DATASETS)


def test_the_configuration_shown_is_one_that_can_be_meant():
    shown = re.findall(r"```toml\n(.*?)```", (DOCS / "operating.md").read_text("utf-8"), re.S)
    settings = Settings(**tomllib.loads("\n".join(shown)))
    assert settings.councils and settings.searches and settings.upload.to


@pytest.mark.parametrize("page", WRITTEN, ids=lambda p: p.relative_to(REPO).as_posix())
def test_links_lead_somewhere(page):
    links = re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8"))
    gone = [at for at in links if "://" not in at and not (page.parent / at.partition("#")[0]).exists()]
    assert not gone


@pytest.mark.parametrize("page", WRITTEN, ids=lambda p: p.relative_to(REPO).as_posix())
def test_files_that_are_named_are_there(page):
    text = page.read_text("utf-8")
    made = set(re.findall(rf"{ADDED}(\S+)", text))
    named = set(re.findall(rf"(?<![\w/.-])(?:{FOLDERS})/[\w/.-]*[\w/]", text)) - made
    if page.name != "CHANGELOG.md":  # tells of what was
        assert not [name for name in named if not (REPO / name).exists()]


@pytest.mark.parametrize("page", WRITTEN, ids=lambda p: p.relative_to(REPO).as_posix())
def test_commands_that_are_shown_are_there(page, printed):
    for line in _shown(page.read_text("utf-8")):
        words = shlex.split(line, comments=True)
        command = next((c for n in (3, 2) if (c := " ".join(words[:n])) in printed), None)
        assert command, f"{line}: no such command"
        for option in (w.partition("=")[0] for w in words if re.match(r"--?[a-z]", w)):
            assert re.search(rf"(?<![\w-]){re.escape(option)}(?![\w-])", printed[command]), (
                f"{line}: {option}"
            )


def _shown(text: str) -> Iterator[str]:
    """The lines of code blocks, and the code among words, that begin with the command's name."""
    for block in re.findall(r"^```(?!text)\w*\n(.*?)^```", text, re.M | re.S):
        yield from (found[1] for found in re.finditer(r"^(?:\$ )?(minutebook .+)$", block, re.M))
    prose = re.sub(r"^```.*?^```", "", text, flags=re.M | re.S)
    yield from re.findall(r"`(minutebook [a-z][^`\n]*)`", prose)
