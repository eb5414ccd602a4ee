"""The pages in a browser, as a person uses them: Debian's chromium, keyboard only where it says so, axe for
accessibility."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from tests.conftest import FIXTURES
from tests.test_search import index  # noqa: F401 - the session's index of the fixtures

CHROMIUM = shutil.which("chromium")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs chromium: apt-get install chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="module")
def site(index) -> str:  # noqa: F811
    """A running server; its address."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    server = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "pipeline.cli",
            "web",
            "--index",
            str(index),
            "--papers",
            str(FIXTURES),
            "--port",
            str(port),
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    for _ in range(100):
        try:
            httpx.get(address + "/about")
            break
        except httpx.HTTPError:
            time.sleep(0.2)
    yield address
    server.terminate()
    server.wait()


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as p:
        b = p.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield b
        b.close()


@pytest.fixture
def page(browser):
    context = browser.new_context(viewport={"width": 1200, "height": 900})
    page = context.new_page()
    page.problems = []
    page.on("pageerror", lambda e: page.problems.append(str(e)))
    page.on("console", lambda m: page.problems.append(m.text) if m.type == "error" else None)
    yield page
    assert page.problems == []
    context.close()


def test_search_filter_open_and_see_the_box(page, site):
    page.goto(site)
    page.get_by_role("searchbox").fill("grounds maintenance")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("navigation", name="Filters").get_by_role("link", name="Decision").click()
    first = page.locator(".hits li").first
    assert first.locator("mark").count() > 0
    first.get_by_role("link").click()
    assert page.get_by_role("heading", name="What is printed").is_visible()
    picture = page.locator(".beside img").first
    picture.scroll_into_view_if_needed()
    for _ in range(50):
        if picture.evaluate("image => image.naturalWidth") > 0:
            break
        page.wait_for_timeout(100)
    assert picture.evaluate("image => image.naturalWidth") > 400
    keep = os.environ.get("MINUTEBOOK_PICTURES")
    if keep:
        page.screenshot(path=str(Path(keep) / "entry.png"), full_page=True)
        page.goto(site + "/?q=landfill")
        page.screenshot(path=str(Path(keep) / "search.png"))


def test_with_the_keyboard_alone(page, site):
    page.goto(site)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "q":
            break
    page.keyboard.type("landfill")
    page.keyboard.press("Enter")
    page.wait_for_selector(".hits li")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("!!document.activeElement.closest('.hits')"):
            break
    page.keyboard.press("Enter")
    page.wait_for_selector("#cite")
    assert page.locator("h1").count() == 1


def test_copying_a_citation(page, site):
    page.goto(site + "/?q=landfill&kind=resolution")
    page.locator(".hits a").first.click()
    page.get_by_role("button", name="Copy").first.click()
    page.get_by_role("button", name="Copied").wait_for(timeout=3000)


def test_feed_and_exports_are_linked(page, site):
    page.goto(site + "/?q=landfill")
    for name, kind in (("CSV", "text/csv"), ("JSON", "application/json"), ("Feed", "application/atom+xml")):
        address = page.get_by_role("link", name=name, exact=True).get_attribute("href")
        assert httpx.get(site + address).headers["content-type"].startswith(kind)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser, site, scheme):
    from axe_playwright_python.sync_playwright import Axe

    context = browser.new_context(color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    start = httpx.get(site + "/search.json?q=landfill&kind=resolution").json()["hits"][0]
    meeting = httpx.get(site + "/search.json?kind=resolution").json()["hits"][0]
    person = httpx.get(site + "/search.json?kind=person&q=Nandakumar").json()["hits"][0]
    addresses = [
        "/",
        "/?q=landfill",
        f"/entry/{start['key']}",
        f"/entry/{meeting['key']}",
        f"/person/{person['key']}",
        "/council/Aldermere%20Borough%20Council",
        "/about",
        "/entry/none",
    ]
    page.goto(site + f"/entry/{meeting['key']}")
    addresses.append(page.locator(".where a[href^='/meeting/']").first.get_attribute("href"))
    for address in addresses:
        page.goto(site + address)
        found = Axe().run(
            page,
            options={
                "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
            },
        )
        assert found.violations_count == 0, (address, found.generate_report()[:1500])
    context.close()


def test_a_phone_needs_no_sideways_scrolling(browser, site):
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    for address in ("/", "/?q=landfill", "/council/Aldermere%20Borough%20Council"):
        page.goto(site + address)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth + 1"), address
    context.close()
