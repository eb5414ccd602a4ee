"""minutebook add and minutebook platforms, against a site played back."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.commands.adding import entry_of
from pipeline.config import load
from pipeline.errors import BadConfig, NotFetched
from pipeline.sources import MODULES, Council
from pipeline.sources.recognise import named_council, place_of, recognise
from pipeline.sources.webpage import Page
from tests.played import ask_of
from tests.replay import playing

SETTINGS = """contact = 'clerk@example.org'
private_addresses = true
# councils follow
[[councils]]
name = "Elsewhere"
platform = "folder"
address = "papers"
pace = 0
"""
HOME = '<title>Hello | Aldermere "Old" Council</title><a href="/mgListCommittees.aspx?bcr=1">Committees</a>'


@pytest.fixture
def site(tmp_path):
    config = tmp_path / "minutebook.toml"
    config.write_text(SETTINGS, "utf-8")
    with playing() as (played, base):
        played.extra["/"] = (HOME, "text/html")
        yield played, base, config


def add(base, config, *more, text=None):
    return CliRunner().invoke(app, ["add", base, "-c", str(config), *more], input=text)


def test_add_shows_the_entry_and_writes_it_after_asking(site):
    _, base, config = site
    said = add(base, config, text="y\n")
    assert said.exit_code == 0 and "1: Environment Committee" in said.output
    assert config.read_text("utf-8").startswith(SETTINGS)
    _, council = load(config).councils
    assert (council.name, council.platform) == ('Aldermere "Old" Council', "moderngov")
    assert council.address.rstrip("/") == base


def test_without_an_answer_nothing_is_written(site):
    _, base, config = site
    said = add(base, config)
    assert said.exit_code == 1 and "--yes" in said.output and config.read_text("utf-8") == SETTINGS


def test_a_service_that_is_off_is_read_by_its_pages_and_a_council_is_added_once(site):
    played, base, config = site
    played.service = False
    assert add(base, config, "--yes", "--name", "Aldermere Borough Council").exit_code == 0
    assert load(config).councils[-1].platform == "moderngov-pages"
    again = add(base, config, "--yes")
    assert "already in" in again.output and len(load(config).councils) == 2


def test_a_site_that_does_not_answer_and_an_unknown_platform_are_told(site):
    played, base, config = site
    played.extra["/"] = ("<title>Just a moment...</title>", "text/html")
    said = add(base, config, "--yes")
    assert said.exit_code == 2 and "block page" in said.output
    assert add(base, config, "--yes", "--platform", "nonsense").exit_code == 2
    assert config.read_text("utf-8") == SETTINGS


def test_a_configuration_without_tables_of_councils_is_left_alone(site):
    _, base, config = site
    config.write_text("private_addresses = true\ncouncils = []\n", "utf-8")
    said = add(base, config, "--yes")
    assert said.exit_code == 2 and "[[councils]]" in said.output


def test_the_register_knows_a_council_by_its_host_and_its_page():
    kent = Page("<title>Meetings</title><p>Kent County Council</p>", "https://democracy.kent.gov.uk/")
    assert named_council(kent) == ("Kent County Council", True)
    other = Page("<title>Agendas | Marlow Town Council</title>", "https://marlow.example/")
    assert named_council(other) == ("Marlow Town Council", False)


@pytest.mark.parametrize(
    ("link", "platform", "address"),
    [
        (
            "https://x.cmis.uk.com/x/Meetings/tabid/70/ctl/ViewMeetingPublic/mid/1/Meeting/2",
            "cmis",
            "https://x.cmis.uk.com/x/",
        ),
        ("https://x.infocouncil.biz/Default.aspx", "infocouncil", "https://x.infocouncil.biz/"),
        ("https://pineport.legistar.com/Calendar.aspx", "legistar", "pineport"),
        (
            "https://x.example/moderngov/ieListDocuments.aspx?MId=1",
            "moderngov",
            "https://x.example/moderngov/",
        ),
    ],
)
def test_a_link_tells_the_platform_and_its_address(link, platform, address):
    assert place_of(platform, link) == address
    pages = {"https://marlow.example/": f'<a href="{link}">Meetings</a>'}
    found = recognise("marlow.example", ask_of(pages))
    assert found.council.platform.startswith(platform) and found.council.address == address


def test_a_site_of_no_platform_is_a_page_of_links():
    pages = {
        "marlow.example/meetings": '<a href="/a.pdf">Agenda 3 May 2025</a>',
        "https://marlow.example/": '<a href="/meetings">Agendas and minutes</a>',
    }
    found = recognise("https://marlow.example", ask_of(pages))
    assert (found.council.platform, found.council.address) == ("page", "https://marlow.example/meetings")
    with pytest.raises(NotFetched, match="nothing"):
        recognise("https://marlow.example", ask_of({"marlow": ""}))


def test_platforms_lists_each_that_is_known():
    said = CliRunner().invoke(app, ["platforms"])
    assert said.exit_code == 0 and all(platform in said.output for platform in MODULES)


def test_an_entry_is_toml_whatever_the_name():
    import tomllib

    council = Council(name='A "B" \\ Ć', platform="page", address="https://x.example/")
    (told,) = tomllib.loads(entry_of(council))["councils"]
    assert told == json.loads(
        json.dumps({"name": council.name, "platform": "page", "address": council.address})
    )


def test_a_platform_that_can_only_be_listed_is_refused_in_words(site):
    _, base, config = site
    said = add(base, config, "--platform", "docassembler")
    assert said.exit_code == 2 and "listed and not fetched" in said.output
    assert "listed only" in CliRunner().invoke(app, ["platforms"]).output
    config.write_text(SETTINGS.replace("folder", "docassembler"), "utf-8")
    with pytest.raises(BadConfig, match="listed and not fetched"):
        load(config)


def test_a_timezone_that_is_nowhere_is_told(site):
    _, _, config = site
    config.write_text(f'timezone = "Mars/Olympus"\n{SETTINGS}', "utf-8")
    with pytest.raises(BadConfig, match="no such timezone"):
        load(config)
