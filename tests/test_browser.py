"""The pages in a browser, as a person uses them: keyboard only where it says so, axe for accessibility."""

from __future__ import annotations

import os
import re
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from pipeline.commands.afterwards import saved_of
from pipeline.commands.serving import page_at
from pipeline.config import Settings
from tests.conftest import free_port
from tests.sites import browser, folder_at, mailing_site, needs_chromium, page, site, year  # noqa: F401 - fixtures

pytestmark = needs_chromium
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LIGHT = 100_000
"""Bytes that the home page may weigh, with all that it loads."""
FITS = "document.documentElement.scrollWidth <= window.innerWidth + 1"
CUT = """[...document.querySelectorAll('main *, header *')].filter(e => {
  const s = getComputedStyle(e);
  return e.clientHeight && s.overflowY === 'hidden' && !e.matches('.off')
    && (e.scrollHeight > e.clientHeight + 2 || e.scrollWidth > e.clientWidth + 2);
}).map(e => e.outerHTML.slice(0, 80))"""
"""Elements whose words are cut off."""
SEEN = """(() => {
  const s = getComputedStyle(document.activeElement), b = document.activeElement.getBoundingClientRect();
  return s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2 && b.bottom > 0 && b.top < innerHeight;
})()"""
"""Whether what has the focus is on the screen, with a line round it."""


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


SCREENS = pytest.mark.parametrize(
    ("scheme", "width"),
    [("light", 1200), ("dark", 1200), ("light", 320), ("dark", 320)],
    ids=["desktop", "dark", "phone", "dark phone"],
)


def look_at(browser, address: str, pages: dict[str, str], scheme: str, width: int) -> None:  # noqa: F811
    """Every page has no fault that axe knows and does not scroll sideways; kept as a picture where asked."""
    from axe_playwright_python.sync_playwright import Axe

    context = browser.new_context(
        color_scheme=scheme, bypass_csp=True, viewport={"width": width, "height": 900}
    )
    page, keep = context.new_page(), os.environ.get("MINUTEBOOK_PICTURES")  # noqa: F811
    for kind, step in pages.items():
        page.goto(address + step)
        found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})
        assert found.violations_count == 0, (kind, step, found.generate_report()[:1500])
        assert page.evaluate(FITS), (kind, "sideways")
        if keep:
            page.screenshot(path=str(Path(keep) / f"{kind}-{scheme}-{width}.png"), full_page=True)
    context.close()


@SCREENS
def test_axe_finds_nothing_on_any_kind_of_page(browser, site, scheme, width):  # noqa: F811
    look_at(browser, site.address, site.pages(), scheme, width)


@SCREENS
def test_axe_finds_nothing_on_the_pages_of_mails(browser, mailing_site, scheme, width):  # noqa: F811
    look_at(browser, mailing_site.address, mailing_site.pages(), scheme, width)


@SCREENS
def test_axe_finds_nothing_where_there_is_no_index(browser, tmp_path, scheme, width):  # noqa: F811
    port = free_port()
    settings = Settings.model_validate(
        {
            "archive": str(tmp_path / "archive"),
            "index": str(tmp_path / "none"),
            "contact": "clerk@example.org",
        }
    )
    with page_at(settings, "127.0.0.1", port):
        look_at(browser, f"http://127.0.0.1:{port}", {"no index": "/?q=landfill"}, scheme, width)


@SCREENS
def test_an_embed_in_another_sites_page(browser, site, tmp_path, scheme, width):  # noqa: F811
    """As a newspaper's page shows it: framed, from another origin; its link leads to the entry."""
    from axe_playwright_python.sync_playwright import Axe

    key = site.pages()["embed"].removeprefix("/embed/")
    told = httpx.get(f"{site.address}/oembed", params={"url": f"{site.address}/entry/{key}"}).json()
    framed = f'<!doctype html><html lang="en"><title>News</title><main><h1>News</h1>{told["html"]}</main>'
    (tmp_path / "index.html").write_text(framed, "utf-8")
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900})
    page = context.new_page()  # noqa: F811
    with folder_at(tmp_path) as news:
        page.goto(news)
        frame = page.frame_locator("iframe")
        assert "landfill" in frame.locator("blockquote").inner_text()
        assert frame.get_by_role("link").get_attribute("href") == f"{site.address}/entry/{key}"
        found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})
        assert found.violations_count == 0, found.generate_report()[:1500]
    context.close()


ENLARGED = {
    "zoomed": {"viewport": {"width": 640, "height": 512}, "device_scale_factor": 2},
    "large letters": {"viewport": {"width": 1280, "height": 1024}},
}
"""200%: of the whole page, as a browser zooms a window of 1280 by 1024, and of the letters alone."""


@pytest.mark.parametrize("how", ENLARGED)
def test_at_200_per_cent_nothing_is_cut_off_or_runs_sideways(browser, site, mailing_site, how):  # noqa: F811
    context = browser.new_context(bypass_csp=True, **ENLARGED[how])
    page = context.new_page()  # noqa: F811
    every = [(site.address, site.pages()), (mailing_site.address, mailing_site.pages())]
    for address, pages in every:
        for kind, step in pages.items():
            page.goto(address + step)
            if how == "large letters":
                page.add_style_tag(content="html { font-size: 200% }")
            assert page.evaluate(FITS), (kind, "sideways")
            assert page.evaluate(CUT) == [], kind
    context.close()


def test_a_matter_is_followed_with_the_keyboard_alone(page, site):  # noqa: F811
    """From the number to the matter's page, to the line, and to the paper, by Tab and Enter."""
    page.goto(site.address + "/?q=25/00321/FUL")
    for selector, wanted in (
        ("a[href^='/matter/']", "h2:has-text('History')"),
        ("a[href^='/entry/']", "#cite"),
        ("a[href^='/paper/']", "svg.sheet"),
    ):
        tab_to(page, selector)
        assert page.evaluate(SEEN), "the focus is seen"
        page.keyboard.press("Enter")
        page.wait_for_selector(wanted)


def test_a_search_is_saved_and_ended_with_the_keyboard_alone(page, mailing_site):  # noqa: F811
    page.goto(mailing_site.address + "/?q=budget")
    tab_to(page, "a[href^='/saved']")
    page.keyboard.press("Enter")
    page.wait_for_selector("#email")
    tab_to(page, "#email")
    page.keyboard.type("keyboard@example.org")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Look into your mailbox").wait_for()
    for _ in range(100):  # it is sent after the answer
        if mailed := mailing_site.sink.to("keyboard@example.org"):
            break
        page.wait_for_timeout(100)
    (mail,) = mailed
    page.goto(re.search(r"http://\S+", mail.get_content().partition("start it:")[2])[0])
    tab_to(page, "main button")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Started").wait_for()
    tab_to(page, "a[href^='/saved/own']")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Your saved searches").wait_for()
    tab_to(page, "main button")
    page.keyboard.press("Space")
    page.get_by_role("status").wait_for()
    assert saved_of(mailing_site.settings).of("keyboard@example.org") == []


def tab_to(page, selector: str) -> None:  # noqa: F811
    """Press Tab until something like that has the focus."""
    for _ in range(150):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            return
    raise AssertionError(f"{selector} cannot be reached with the keyboard")


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
