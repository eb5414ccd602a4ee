"""What a journalist comes for, done in a browser on the fixtures and a typeset year: each in at most three
clicks from the home page."""

from __future__ import annotations

from xml.etree import ElementTree

import httpx
import pytest

from tests.sites import browser, mailing_site, needs_chromium, page, site, year  # noqa: F401 - fixtures

pytestmark = needs_chromium
MOST = 3
ATOM = "{http://www.w3.org/2005/Atom}"


class Reader:
    """Somebody at the home page, whose clicks are counted."""

    def __init__(self, page, address: str) -> None:  # noqa: F811
        self.page, self.address, self.clicks = page, address, 0
        page.goto(address)

    def click(self, found) -> None:
        """One click."""
        found.first.click()
        self.clicks += 1
        assert self.clicks <= MOST

    def link(self, name: str, **more) -> None:
        """A click on a link by its name."""
        self.click(self.page.get_by_role("link", name=name, **more))

    def find(self, words: str) -> None:
        """Words typed into the search, and a click on its button."""
        self.page.locator("#q").fill(words)
        self.click(self.page.get_by_role("button", name="Search"))

    def filled(self, label: str, value: str) -> None:
        """A field filled in; no click."""
        field = self.page.get_by_label(label, exact=True)
        if field.first.evaluate("e => e.tagName") == "SELECT":
            field.first.select_option(label=value)
        else:
            field.first.fill(value)

    def rows(self) -> list[list[str]]:
        """The cells of the page's first table, a list a row."""
        rows = self.page.locator("table tbody tr").all()
        return [row.locator("td").all_inner_texts() for row in rows]


@pytest.fixture
def reader(page, site) -> Reader:  # noqa: F811
    return Reader(page, site.address)


def test_who_voted_against_the_parking_charges(reader):
    reader.link("Who voted against")
    reader.filled("Words", "parking charges")
    reader.click(reader.page.get_by_role("button", name="Show"))
    rows = reader.rows()
    assert rows and all(r[4] == "against" and "parking charges" in r[5] for r in rows)
    assert "Edna Hartwell" in {r[3] for r in rows}


def test_one_councillor_over_time(reader):
    reader.find("Joseph Pike")
    reader.click(reader.page.locator(".hits h3").get_by_role("link", name="Joseph Pike", exact=True))
    assert reader.page.get_by_text("7 of 8").is_visible()
    assert reader.page.get_by_role("heading", name="Votes", exact=True).is_visible()


def test_who_was_absent_in_january(reader):
    reader.link("Who was not there")
    reader.filled("From", "2024-01-01")
    reader.filled("To", "2024-02-29")
    reader.click(reader.page.get_by_role("button", name="Show"))
    rows = reader.rows()
    assert rows and all(r[0].startswith(("2024-01", "2024-02")) and r[4] == "apologies" for r in rows)


def test_decisions_on_a_subject(reader):
    reader.find("swimming pool")
    reader.click(reader.page.get_by_role("navigation", name="Filters").get_by_role("link", name="Decision"))
    assert reader.page.locator(".hits li").count() > 0
    assert set(reader.page.locator(".hits .kind").all_inner_texts()) == {"Decision"}


def test_what_names_a_large_sum(reader):
    reader.click(reader.page.get_by_text("Narrow it down"))
    reader.filled("Names a sum of at least", "50000")
    reader.click(reader.page.get_by_role("button", name="Search"))
    sums = [h["amount"] for h in httpx.get(reader.page.url.replace("/?", "/search.json?")).json()["hits"]]
    assert sums and min(sums) >= 50_000


def test_the_officer_behind_a_report(reader):
    reader.link("Who is behind a report")
    name = reader.rows()[0][3]
    reader.link(name, exact=True)
    assert reader.page.get_by_role("heading", name="Reports").is_visible()


def test_what_by_whom_by_when(reader):
    reader.link("What is to be done, by whom, by when")
    due = [h["due"] for h in httpx.get(reader.page.url.replace("/?", "/search.json?")).json()["hits"]]
    assert due and due == sorted(due)
    assert "owner" in reader.page.locator(".hits .facts").first.inner_text()


def test_a_misspelt_name(reader):
    reader.find("Hartwill")
    assert "hartwell" in reader.page.locator("#found ~ p").first.inner_text().lower()
    reader.click(reader.page.locator(".hits h3").get_by_role("link", name="Edna Hartwell"))
    assert reader.page.get_by_role("heading", name="Edna Hartwell").is_visible()


def test_a_phrase(reader):
    reader.find('"approved as a correct record"')
    assert reader.page.locator(".hits mark").count() > 0


def test_one_committee_in_a_period(reader):
    reader.link("Fenwater Borough Council")
    reader.link("Finance and Services Committee", exact=True)
    reader.filled("From", "2024-04-01")
    reader.filled("To", "2024-06-30")
    reader.click(reader.page.get_by_role("button", name="Search"))
    days = set(reader.page.locator(".hits time").evaluate_all("all => all.map(t => t.dateTime)"))
    assert days == {"2024-04-16", "2024-05-21"}


def test_the_latest(reader):
    assert reader.page.get_by_role("heading", name="Found last").is_visible()
    reader.link("More of these")
    assert reader.page.locator(".hits li").count() > 0


def test_subscribe(reader):
    reader.find("parking")
    address = reader.page.get_by_role("link", name="Feed", exact=True).get_attribute("href")
    feed = ElementTree.fromstring(httpx.get(reader.address + address).content)
    entries = feed.findall(f"{ATOM}entry")
    found = [e.findtext(f"{ATOM}updated") for e in entries]
    assert entries and found == sorted(found, reverse=True)


def test_be_told_by_mail(page, mailing_site):  # noqa: F811
    reader = Reader(page, mailing_site.address)
    reader.find("parking")
    reader.link("Be told by e-mail")
    reader.filled("Your e-mail address", "deadline@example.org")
    reader.filled("How often", "as soon as something is found")
    reader.click(page.get_by_role("button", name="Send me the mail to confirm"))
    assert page.get_by_role("heading", name="Look into your mailbox").is_visible()


def test_what_became_of_an_application(reader):
    reader.find("25/00321/FUL")
    reader.link("Planning application 25/00321/FUL")
    assert "carried" in reader.page.locator(".latest").inner_text()
    reader.click(reader.page.locator(".history").get_by_role("link", name="page 1"))
    assert "25/00321/FUL" in reader.page.locator("svg.sheet").text_content()


def test_cite(reader):
    reader.find("landfill")
    reader.click(reader.page.locator(".hits h3 a"))
    reader.click(reader.page.get_by_role("button", name="Copy"))
    reader.page.get_by_role("button", name="Copied").wait_for(timeout=3000)
    assert "sha256:" in reader.page.get_by_label("Plain").input_value()


def test_the_exact_line(reader):
    reader.find("grounds maintenance")
    reader.click(reader.page.locator(".hits h3 a"))
    reader.link("all that was read on it")
    assert reader.page.locator("svg.sheet rect.box").count() > 0
    line = reader.page.locator("svg.sheet text.run").first.bounding_box()
    sheet = reader.page.locator("svg.sheet").bounding_box()
    assert sheet["x"] <= line["x"] <= sheet["x"] + sheet["width"], (
        "words lie over the picture, to be selected"
    )


def test_download_the_paper(reader):
    reader.find("landfill")
    reader.click(reader.page.locator(".hits h3 a"))
    address = reader.page.locator("a[href^='/document/']").first.get_attribute("href")
    got = httpx.get(reader.address + address.partition("#")[0])
    assert got.content.startswith(b"%PDF") and got.headers["content-type"] == "application/pdf"


def test_a_table_with_its_numbers(reader):
    reader.find("revenue budget monitoring")
    reader.click(reader.page.get_by_role("navigation", name="Filters").get_by_role("link", name="Table"))
    reader.click(reader.page.locator(".hits h3 a"))
    assert reader.rows()[0][0] == "Libraries" and reader.rows()[0][1] == "410"
    for end, kind in (("CSV", "text/csv"), ("XLSX", "application/vnd.openxmlformats")):
        address = reader.page.get_by_role("link", name=end, exact=True).get_attribute("href")
        assert httpx.get(reader.address + address).headers["content-type"].startswith(kind)


def test_two_councils_on_one_question(reader):
    reader.link("Two councils on one question")
    reader.page.locator("#q").fill("report")
    reader.click(reader.page.get_by_role("button", name="Compare"))
    assert reader.page.locator(".beside section").count() == 2
    assert reader.page.locator(".beside .hits li").count() > 2
