"""The page in a browser: it opens, switches, filters, drills down; nothing of a source runs."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from report_data import HOSTILE, make_data

from pipeline.codebook import Codebook
from pipeline.report import ReportData
from pipeline.report.figures import write_figures
from pipeline.report.page import write_page

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed; pip install -e .[dev]")


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu", "--disable-quic"]
        )
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def address(data: ReportData, tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("page")
    _, drawings, _ = write_figures(data, folder / "figures", languages=("en", "zh"))
    return write_page(data, folder / "report.html", languages=("en", "zh"), drawings=drawings).as_uri()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A page that notes every complaint and every request that is no file."""
    page = browser.new_page(viewport={"width": 1200, "height": 900})
    page.complaints = []
    page.on(
        "console",
        lambda message: page.complaints.append(message.text) if message.type in ("error", "warning") else None,
    )
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on(
        "request",
        lambda request: page.complaints.append(request.url) if not request.url.startswith(("file:", "data:")) else None,
    )
    yield page
    assert page.complaints == []
    page.close()


def open_page(page: Any, address: str, fragment: str = "") -> None:
    page.goto("about:blank")
    page.goto(f"{address}#{fragment}")
    page.wait_for_selector("html[data-ready]")


def test_language_switches_everything(page: Any, address: str) -> None:
    """The button changes words, dates and the declared language, and the address keeps it."""
    open_page(page, address)
    assert page.text_content("h2 >> nth=0") == "At a glance"
    page.click("text=中文")
    assert page.text_content("h2 >> nth=0") == "概览"
    assert page.get_attribute("html", "lang") == "zh-Hans" and "lang=zh" in page.url


def test_no_english_is_left_on_the_chinese_page(page: Any, address: str) -> None:
    """Outside of quoted text, names and ids, no run of two Latin words stands on the Chinese page."""
    open_page(page, address, "lang=zh")
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
    page.wait_for_timeout(100)
    left = page.evaluate(
        """() => {
        const quoted = 'blockquote, bdi, code, script, style, svg a title, .drawing.threads, [dir=auto], .place, [lang=en], td a';
        const found = [];
        const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        while (walk.nextNode()) {
          const node = walk.currentNode;
          if (/[a-z]{2,}[ _][a-z]{2,}/i.test(node.data) && !node.parentElement.closest(quoted)) found.push(node.data.slice(0, 80));
        }
        return [...new Set(found)];
    }"""
    )
    assert left == []


def test_number_opens_its_sentences(page: Any, address: str) -> None:
    """A cell's number shows that many sentences with tag, maker and official address; Escape goes back."""
    open_page(page, address)
    page.click("#domains a[aria-label^='TTC, Supply chain']")
    assert page.locator("dialog[open] .sentence").count() == 2
    assert "rule and model" in page.text_content("dialog[open] .sentence >> nth=0")
    assert page.get_attribute("dialog a[target=_blank]", "href") == "https://example.org/ttc-1"
    page.keyboard.press("Escape")
    assert page.locator("dialog[open]").count() == 0 and "show=" not in page.url


def test_figure_opens_sentences(page: Any, address: str) -> None:
    """Marks of a figure are links with names."""
    open_page(page, address)
    page.locator("#industries .drawing a[aria-label='TTC: Semiconductors: 2']").first.dispatch_event("click")
    assert page.locator("dialog[open] .sentence").count() == 2


def test_marks_of_a_figure_by_keyboard(page: Any, address: str) -> None:
    """A figure is one stop of the Tab key; arrows go from mark to mark, Enter opens the sentences."""
    open_page(page, address)
    stops = page.locator("#industries .drawing a[tabindex='0']")
    assert stops.count() == 1
    stops.focus()
    first = page.evaluate("document.activeElement.getAttribute('href')")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.getAttribute('href')") != first
    page.keyboard.press("Enter")
    assert page.locator("dialog[open] .sentence").count() > 0


def test_quality_is_told(page: Any, address: str) -> None:
    """Scores of tagger and coders, corrected shares and the curve stand in the section on quality."""
    open_page(page, address, "at=quality")
    text = page.text_content("#quality")
    assert "0.80 0.75–0.85" in text and "0.90 0.85–0.95" in text and "45.0% 30.0–60.0" in text
    assert page.locator("#quality .drawing svg").count() == 1


def test_filters_and_state(page: Any, address: str) -> None:
    """A view can be cited: its address restores search words and filters."""
    open_page(page, address, "at=sentences&f.q=chip&f.fw=TTC")
    assert page.locator("#sentences .sentence").count() == 2
    page.select_option("#sentences select >> nth=5", "commit")
    assert page.locator("#sentences .sentence").count() == 1 and "f.action=commit" in page.url
    page.fill("#query", "芯片")
    page.locator("#sentences .sentence").first.wait_for(state="detached")
    page.go_back()
    page.locator("#sentences .sentence >> nth=1").wait_for()
    assert page.input_value("#query") == "chip"


def test_hostile_text_stays_text(page: Any, address: str) -> None:
    """Scripts, braces and marks in a title are shown, not run."""
    open_page(page, address, "at=documents")
    assert HOSTILE in page.text_content("#documents")
    assert page.evaluate("window.broken") is None and page.locator("img").count() == 0


def test_hostile_address_is_harmless(page: Any, address: str) -> None:
    """Nonsense in the address neither breaks the page nor enters it as markup."""
    open_page(page, address, "lang=xx&at=<b>&show=presence:x&thread=%22%3E&f.issue=none&rpair=%3Cimg%20src=x%3E")
    assert page.locator("main > section").count() == 13 and page.locator("img").count() == 0


def test_changed_words_are_marked(page: Any, address: str) -> None:
    """Both sentences of a commitment stand side by side with their changed words."""
    open_page(page, address, "at=register&rstatus=strengthened")
    assert page.text_content("#register del") == "intend" and page.text_content("#register ins") == "will"


@pytest.mark.parametrize("width", [360, 1200])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_page_never_scrolls_sideways(page: Any, address: str, width: int, language: str) -> None:
    """Wide tables and figures scroll in their own frames."""
    page.set_viewport_size({"width": width, "height": 800})
    open_page(page, address, f"lang={language}")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_keyboard_alone(page: Any, address: str) -> None:
    """Skip link first; Enter on a number opens the drawer with the focus inside."""
    open_page(page, address)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "skip"
    page.focus("#domains a.num >> nth=0")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "drawer-title"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("fragment", ["lang=en", "lang=zh", "lang=en&show=fw:TTC"])
def test_no_serious_barrier(browser: Any, address: str, scheme: str, fragment: str) -> None:
    """axe finds nothing serious or critical."""
    axe = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed"
    ).Axe()
    context = browser.new_context(color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    open_page(page, address, fragment)
    found = [v for v in axe.run(page).response["violations"] if v["impact"] in ("serious", "critical")]
    context.close()
    assert [(v["id"], v["nodes"][0]["html"][:160], v["nodes"][0]["failureSummary"][:200]) for v in found] == []


def test_empty_page_opens(page: Any, codebook: Codebook, tmp_path: Path) -> None:
    """A report without data says so in every section and raises no error."""
    target = write_page(
        ReportData(codebook=codebook, left="TTC", right="IPEF"), tmp_path / "report.html", languages=("en", "zh")
    )
    open_page(page, target.as_uri())
    assert page.locator(".empty").count() > 6


def test_twenty_thousand_sentences_load_fast(page: Any, codebook: Codebook, tmp_path: Path) -> None:
    """Loaded and drawn in under five seconds; a filter answers in under half a second."""
    big = make_data(codebook, repeat=3400)
    target = write_page(big, tmp_path / "report.html", languages=("en", "zh"))
    open_page(page, target.as_uri())
    assert page.evaluate("performance.now()") < 5000
    taken = page.evaluate(
        "(() => { const t = performance.now(); location.hash = '#f.q=bribery'; dispatchEvent(new Event('popstate')); return performance.now() - t })()"
    )
    assert taken < 500 and "3,400 of 20,400" in page.text_content("#sentences .count")


def test_print_has_no_cut_table(page: Any, address: str) -> None:
    """On paper nothing is wider than the sheet it is put on."""
    open_page(page, address)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 1030, "height": 700})
    assert (
        page.evaluate(
            "[...document.querySelectorAll('table, .drawing svg')].filter((t) => t.getBoundingClientRect().right > 1031).map((t) => t.textContent.slice(0, 60))"
        )
        == []
    )
    assert len(page.pdf()) > 10_000
