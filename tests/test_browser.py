"""The pages in a browser, as a person uses them: keyboard only where it says so, axe for accessibility."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from tests.sites import browser, needs_chromium, page, site, year  # noqa: F401 - fixtures

pytestmark = needs_chromium
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LIGHT = 100_000
"""Bytes that the home page may weigh, with all that it loads."""


def test_search_filter_open_and_see_the_box(page, site):  # noqa: F811
    page.goto(site.address)
    page.locator("#q").fill("grounds maintenance")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("navigation", name="Filters").get_by_role("link", name="Decision").click()
    first = page.locator(".hits li").first
    assert first.locator("mark").count() > 0
    first.get_by_role("heading").get_by_role("link").click()
    assert page.get_by_role("heading", name="What is printed").is_visible()
    picture = page.locator(".beside img").first
    picture.scroll_into_view_if_needed()
    for _ in range(100):
        if picture.evaluate("image => image.naturalWidth") > 0:
            break
        page.wait_for_timeout(100)
    assert picture.evaluate("image => image.naturalWidth") > 400


def test_with_the_keyboard_alone(page, site):  # noqa: F811
    page.goto(site.address)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "q":
            break
    page.keyboard.type("landfill")
    page.keyboard.press("Escape")  # the words offered
    page.keyboard.press("Enter")
    page.wait_for_selector(".hits li")
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("!!document.activeElement.closest('.hits')"):
            break
    page.keyboard.press("Enter")
    page.wait_for_selector("#cite")
    assert page.locator("h1").count() == 1


def test_a_table_is_sorted_by_its_heads(page, site):  # noqa: F811
    page.goto(site.address + site.pages()["person"])
    table = page.get_by_role("group", name="Votes", exact=True)
    dates = table.locator("tbody td:first-child")
    newest = dates.first.inner_text()
    table.get_by_role("button", name="Date").click()
    assert dates.first.inner_text() < newest


def test_words_are_offered_as_they_are_typed(page, site):  # noqa: F811
    page.goto(site.address)
    page.locator("#q").press_sequentially("landf")
    page.wait_for_selector("#suggested option[value=landfill]", state="attached", timeout=5000)


@pytest.mark.parametrize(
    ("scheme", "width"), [("light", 1200), ("dark", 1200), ("light", 320)], ids=["desktop", "dark", "phone"]
)
def test_axe_finds_nothing_on_any_kind_of_page(browser, site, scheme, width):  # noqa: F811
    from axe_playwright_python.sync_playwright import Axe

    context = browser.new_context(
        color_scheme=scheme, bypass_csp=True, viewport={"width": width, "height": 900}
    )
    page, keep = context.new_page(), os.environ.get("MINUTEBOOK_PICTURES")  # noqa: F811
    for kind, address in site.pages().items():
        page.goto(site.address + address)
        found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})
        assert found.violations_count == 0, (kind, address, found.generate_report()[:1500])
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth + 1"), (
            kind,
            "sideways",
        )
        if keep:
            page.screenshot(path=str(Path(keep) / f"{kind}-{scheme}-{width}.png"), full_page=True)
    context.close()


def test_everything_can_be_read_and_found_without_scripts(browser, site):  # noqa: F811
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()  # noqa: F811
    page.goto(site.address)
    page.locator("#q").fill("landfill")
    page.get_by_role("button", name="Search").click()
    page.locator(".hits h3 a").first.click()
    assert page.get_by_role("heading", name="What the machine read").is_visible()
    context.close()


def test_home_is_light_and_asks_nobody_else(page, site):  # noqa: F811
    loaded = []
    page.on("response", lambda r: loaded.append((urlsplit(r.url).netloc, len(r.body()))))
    page.goto(site.address)
    page.wait_for_load_state("networkidle")
    assert {host for host, _ in loaded} == {urlsplit(site.address).netloc}
    assert 1000 < sum(n for _, n in loaded) < LIGHT


def test_feed_and_exports_are_linked(page, site):  # noqa: F811
    page.goto(site.address + "/?q=landfill")
    for name, kind in (("CSV", "text/csv"), ("JSON", "application/json"), ("Feed", "application/atom+xml")):
        address = page.get_by_role("link", name=name, exact=True).get_attribute("href")
        assert httpx.get(site.address + address).headers["content-type"].startswith(kind)
