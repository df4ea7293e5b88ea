"""HTML of official sites: the main content with its headings, lists, tables and notes; the furniture out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from pipeline.errors import SourceError
from pipeline.extract.build import Builder
from pipeline.extract.decode import decode_text
from pipeline.records import Extraction

_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)|<\?xml[^>]{0,100}encoding=[\"']([\w.:-]+)", re.I
)
_DROP = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "canvas",
        "iframe",
        "object",
        "embed",
        "form",
        "button",
        "select",
        "input",
        "textarea",
        "nav",
        "aside",
        "footer",
        "dialog",
        "audio",
        "video",
        "map",
        "figure-none",
        "menu",
        "head",
    ]
)
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:nav(?:bar|igation)?|menu|breadcrumbs?|sidebar|side-?bar|cookies?|consent|gdpr|banner|share|sharing|"
    r"social|addtoany|related|recommended|newsletter|subscribe|signup|sign-up|skip|skip-?link|search|pagination|pager|"
    r"footer|masthead|site-?header|topbar|toolbar|advert|ads|promo|popup|modal|overlay|comments?|tags?|"
    r"print-?button|language-?(?:switcher|selector|bar)|screen-reader-text|sr-only|visually-hidden|hidden)(?:$|[\s_-])",
    re.I,
)
_FURNITURE_ROLE = frozenset(
    ["navigation", "banner", "search", "complementary", "contentinfo", "dialog", "alertdialog", "menu", "menubar"]
)
_MAIN = (
    "//main", "//*[@role='main']", "//article", "//*[@itemprop='articleBody']",
    "//*[contains(concat(' ',@class,' '),' entry-content ') or contains(concat(' ',@class,' '),' body-content ')"
    " or contains(concat(' ',@class,' '),' field--name-body ') or contains(concat(' ',@class,' '),' article-content ')"
    " or contains(concat(' ',@class,' '),' TRS_Editor ') or contains(concat(' ',@class,' '),' ecl-container-main ')]",
    "//*[@id='content' or @id='main' or @id='main-content' or @id='zoom' or @id='article']",
)  # fmt: skip
_BLOCK = frozenset(
    [
        "p",
        "div",
        "section",
        "article",
        "main",
        "header",
        "address",
        "blockquote",
        "pre",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "table",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "figure",
        "figcaption",
        "caption",
        "center",
        "body",
        "details",
        "summary",
        "fieldset",
        "tr",
        "td",
        "th",
        "tbody",
        "thead",
        "tfoot",
        "html",
    ]
)
_SPACE = re.compile(r"[ \t\r\n\f\u00a0\u2002-\u200a\u202f\u3000\u200b\ufeff]+")
_HAN_GAP = re.compile(r"(?<=[\u3400-\u9fff，。；：、！？”』」）]) (?=[\u3400-\u9fff，。；：、！？“『「（])")
_NOTE_ID = re.compile(
    r"(?:^|[_#-])(?:foot|end)?(?:fn|ftn|edn|note|footnote|endnote)[_-]?(?:ref)?[_-]?(\w{1,12})$", re.I
)
_META = {
    "article:published_time": "date", "dc.date": "date", "dcterms.date": "date", "dcterms.issued": "date", "date": "date",
    "dc.date.issued": "date", "publishdate": "date", "pubdate": "date", "datepublished": "date",
    "og:title": "title", "dc.title": "title", "dcterms.title": "title", "articletitle": "title", "og:url": "source_url",
}  # fmt: skip
_UNSEEN = re.compile(r"<!--.{0,100000}?-->|<(script|style|head|template|noscript)\b.*?</\1\s*>", re.I | re.S)
_ANY_TAG = re.compile(r"<[^<>]{0,2000}>")
_PROLOGUE = re.compile(r"\A\s*<\?xml[^>]*\?>|<!DOCTYPE[^\[>]{0,500}\[[^\]]{0,100000}\]\s*>", re.I)
"""The XML declaration, and a document type with entities of its own, which are not expanded."""
_JSON_DATE = re.compile(r'"datePublished"\s*:\s*"(\d{4}-\d\d-\d\d)')
_MARK = re.compile(r"[\[(（【]?(\d{1,3}|[ivx]{1,5}|[a-z*†‡①-⑳])[\])）】]?", re.I)


def extract_html(data: bytes, *, name: str = "") -> Extraction:
    """The main content of a page. Raises SourceError "damaged" where no element can be found."""
    declared = _CHARSET.search(data[:4096])
    encoding = (declared[1] or declared[2]).decode("ascii", "replace") if declared else ""
    text, _, garbled = decode_text(data, name=name, declared=encoding)
    root = _parse(text, name)
    hints = _read_hints(root, text)
    content = _find_content(root)
    builder = Builder()
    _Walker(builder).walk(content)
    extraction = builder.finish("text/html", "lxml", hints, ("garbled",) if garbled else ())
    if not extraction.text.strip():
        return _whole_page(root, text, hints, garbled)
    return extraction


def _parse(text: str, name: str) -> Any:
    from lxml import html

    parser = html.HTMLParser(remove_comments=True, remove_pis=True, huge_tree=True, encoding="utf-8")
    body = _PROLOGUE.sub("", text)
    try:
        root = html.document_fromstring(body.encode("utf-8", "replace"), parser=parser)
    except Exception as error:
        raise SourceError("damaged", name, f"no HTML element can be read ({type(error).__name__})") from error
    return root


def _read_hints(root: Any, text: str) -> dict[str, str]:
    hints: dict[str, str] = {}
    for meta in root.iter("meta"):
        key = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        value = (meta.get("content") or "").strip()
        if key in _META and value and _META[key] not in hints:
            hints[_META[key]] = value[:10] if _META[key] == "date" and re.match(r"\d{4}-\d\d-\d\d", value) else value
    if "date" not in hints:
        time = next((t.get("datetime") for t in root.iter("time") if t.get("datetime")), "") or ""
        found = _JSON_DATE.search(text)
        if re.match(r"\d{4}-\d\d-\d\d", time) or found:
            hints["date"] = found[1] if found else time[:10]
    canonical = root.xpath("//link[@rel='canonical']/@href")
    if canonical:
        hints.setdefault("source_url", str(canonical[0]))
    language = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    if language[:2].lower() in ("en", "zh"):
        hints["declared_language"] = language[:2].lower()
    title = root.find(".//title")
    if title is not None and "title" not in hints:
        hints["title"] = _clean(re.split(r"\s[|–—-]\s(?=[^|–—]*\Z)", _clean(title.text_content()))[0])
    if not hints.get("title"):
        hints.pop("title", None)
    return hints


def _find_content(root: Any) -> Any:
    """The smallest marked main element that holds most of the page's running text, else the body."""
    body = root.find("body") if root.find("body") is not None else root
    total = _weight(body)
    for path in _MAIN:
        found = [node for node in root.xpath(path) if not _is_furniture(node)]
        if found:
            best = max(found, key=_weight)
            if _weight(best) >= 0.5 * total and _weight(best) > 0:
                return best
    return body


def _weight(node: Any) -> int:
    """Characters of text outside links and furniture."""
    if _is_furniture(node) or node.tag in _DROP or not isinstance(node.tag, str):
        return 0
    total, stack = 0, [node]
    while stack:
        current = stack.pop()
        total += len((current.text or "").strip())
        for child in current:
            total += len((child.tail or "").strip())
            if isinstance(child.tag, str) and child.tag not in _DROP and child.tag != "a" and not _is_furniture(child):
                stack.append(child)
    return total


def _is_furniture(node: Any) -> bool:
    if node.tag in ("body", "html", "main", "article"):
        return False
    if node.get("role") in _FURNITURE_ROLE or node.get("aria-hidden") == "true" or node.get("hidden") is not None:
        return True
    if re.search(r"display\s*:\s*none|visibility\s*:\s*hidden", node.get("style") or ""):
        return True
    if node.tag == "header" and not any(True for _ in node.iter("h1")):
        return True
    if node.tag not in ("div", "section", "ul", "ol", "p", "span", "a", "header", "td", "table", "dl"):
        return False
    marks = f"{node.get('class') or ''} {node.get('id') or ''}"
    return bool(marks.strip()) and bool(_FURNITURE.search(marks)) and _is_small(node)


def _is_small(node: Any) -> bool:
    """Class names lie: an element with five long paragraphs is content whatever it is called."""
    return sum(len(p.text_content()) > 200 for p in node.iter("p")) < 5


class _Walker:
    """Depth-first over the content: inline text gathers, block elements flush it."""

    def __init__(self, builder: Builder) -> None:
        self.builder = builder
        self.pending: list[str] = []
        self.bold = 0
        self.plain = 0
        self.depth = 0
        self.kind: Any = "paragraph"
        self.level = 0
        self.ref = ""
        self.counters: list[int | None] = []

    def walk(self, node: Any) -> None:
        self._visit(node, 0)
        self._flush()

    def _visit(self, node: Any, nesting: int) -> None:
        tag = node.tag
        if not isinstance(tag, str) or tag in _DROP or nesting > 400 or _is_furniture(node):
            return
        if tag == "br":
            self.pending.append("\n")
            return
        if tag == "table" and _is_data_table(node):
            self._flush()
            self._add_table(node)
            return
        if tag in ("sup", "a") and self._is_mark(node):
            return
        block = tag in _BLOCK
        if block:
            self._flush()
        saved = (self.kind, self.level, self.ref)
        self._enter(node, tag)
        heavy = tag in ("b", "strong") or (tag == "span" and "bold" in (node.get("style") or ""))
        self.depth += heavy
        self._text(node.text)
        for child in node:
            self._visit(child, nesting + 1)
            self._text(child.tail)
        self.depth -= heavy
        if block:
            self._flush()
            if tag in ("ul", "ol"):
                self.counters.pop()
        self.kind, self.level, self.ref = saved

    def _enter(self, node: Any, tag: str) -> None:
        if tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            self.kind, self.level = "heading", int(tag[1])
        elif tag in ("ul", "ol"):
            start = node.get("start") or "1"
            self.counters.append((int(start) if start.isdigit() else 1) if tag == "ol" else None)
        elif tag in ("li", "dt", "dd"):
            self.kind, self.level = "list_item", max(len(self.counters), 1)
            if tag == "li" and self.counters and self.counters[-1] is not None:
                self.pending.append(f"{self.counters[-1]}. ")
                self.counters[-1] += 1
        elif tag == "blockquote":
            self.kind = "quote"
        elif tag in ("figcaption", "caption"):
            self.kind = "caption"
        note = _NOTE_ID.search(node.get("id") or "")
        if note and tag in _BLOCK and "ref" not in (node.get("id") or "").lower():
            self.kind, self.ref = "footnote", note[1]

    def _is_mark(self, node: Any) -> bool:
        """A footnote mark in the text: a short superscript, or a link to a note."""
        words = (node.text_content() or "").strip()
        if not _MARK.fullmatch(words):
            return False
        href = node.get("href") or next((a.get("href") or "" for a in node.iter("a")), "")
        target = href.startswith("#") or "#_ftn" in href or "#fn" in href or "#_edn" in href
        if self.kind == "footnote" and not "".join(self.pending).strip():
            self.ref = self.ref or words.strip("[]()")
            return target or node.tag == "sup"
        return target or (
            node.tag == "sup"
            and not re.fullmatch(r"(?i)st|nd|rd|th", words)
            and bool(self.pending)
            and not _MARK.fullmatch(("".join(self.pending).split() or [""])[-1])
            and words.isdigit()
            and not "".join(self.pending)[-1:].isdigit()
        )

    def _text(self, text: str | None) -> None:
        if not text:
            return
        self.pending.append(_SPACE.sub(" ", text))
        count = len(text.strip())
        if self.depth:
            self.bold += count
        else:
            self.plain += count

    def _flush(self) -> None:
        raw, bold, plain = "".join(self.pending), self.bold, self.plain
        self.pending, self.bold, self.plain = [], 0, 0
        if not raw.strip():
            return
        pieces = [_clean(piece) for piece in re.split(r"\n\s*\n", raw)]
        for piece in filter(None, pieces):
            self._add(piece, bold, plain)

    def _add(self, text: str, bold: int, plain: int) -> None:
        bullet = re.match(r"[•▪◦●○■‣–—·]\s+(?=\S)", text)
        if self.kind == "paragraph" and bullet:
            self.builder.add("list_item", text[bullet.end() :], 1)
        elif (
            self.kind == "paragraph"
            and bold
            and not plain
            and len(text.split()) <= 25
            and not text.endswith((".", "。", ";", "；", ",", "，"))
        ):
            self.builder.add("heading", text, 6)
        else:
            self.builder.add(self.kind, text, self.level if self.kind in ("heading", "list_item") else 0, self.ref)

    def _add_table(self, node: Any) -> None:
        caption = node.find("caption")
        words = _clean(caption.text_content()) if caption is not None else ""
        self.builder.add("caption", words)
        self.builder.add_table(read_table(node), words)


def _is_data_table(node: Any) -> bool:
    """Tables that hold whole articles are layout."""
    cells = list(node.iter("td", "th"))
    if node.find(".//table") is not None or len(cells) < 2:
        return False
    return max(len(cell.text_content()) for cell in cells) < 3000 and any(len(row) > 1 for row in node.iter("tr"))


def read_table(node: Any) -> tuple[tuple[str, ...], ...]:
    """Rows with merged cells repeated in every place they cover."""
    grid: dict[tuple[int, int], str] = {}
    height = width = 0
    for y, row in enumerate(list(node.iter("tr"))[:5000]):
        x = 0
        for cell in row:
            if cell.tag not in ("td", "th"):
                continue
            while (y, x) in grid:
                x += 1
            text = _clean(" ".join(cell.itertext()))
            down, right = (
                min(int(v), 100) if (v := cell.get(k) or "1").isdigit() and v != "0" else 1
                for k in ("rowspan", "colspan")
            )
            for dy in range(down):
                for dx in range(right):
                    grid[(y + dy, x + dx)] = text
            x += right
            height, width = max(height, y + 1), max(width, x)
    return tuple(tuple(grid.get((y, x), "") for x in range(width)) for y in range(height))


def _whole_page(root: Any, text: str, hints: dict[str, str], garbled: bool) -> Extraction:
    """Pages whose every element looks like furniture, or that nest too deep for a tree: all their words, in order."""
    builder = Builder()
    for words in _iter_words(root):
        builder.add("paragraph", words)
    if not builder.parts:
        builder.add("paragraph", _clean(_ANY_TAG.sub(" ", _UNSEEN.sub(" ", text))))
    extraction = builder.finish("text/html", "lxml", hints, ("garbled",) if garbled else ())
    return replace(extraction, warnings=(*extraction.warnings, "partly_read"))


def _iter_words(root: Any) -> Iterator[str]:
    body = root.find("body") if root.find("body") is not None else root
    for node in body.iter():
        if not isinstance(node.tag, str) or node.tag in ("script", "style", "head", "title", "template"):
            continue
        text = _clean(f"{node.text or ''} {' '.join(child.tail or '' for child in node)}")
        if text:
            yield text


def _clean(text: str) -> str:
    return _HAN_GAP.sub("", _SPACE.sub(" ", text.replace("\u00ad", ""))).strip()
