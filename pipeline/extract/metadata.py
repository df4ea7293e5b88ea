"""What a document is: framework, round, date, place, kind, language and title, each with its source."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from pipeline.codebook import Codebook, FrameworkDef
from pipeline.extract.dates import iter_dates, parse_date
from pipeline.extract.kinds import recognise_kind
from pipeline.extract.rounds import recognise_round
from pipeline.han import may_hold_han
from pipeline.records import Extraction, Found, Metadata

_HEAD = 3000
_NOTHING = Found("", "text", False)
_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]+")
_DASHES = {"–": "-", "—": "-", "‑": "-", "－": "-", "\u00a0": " ", "’": "'"}
_CAP = r"[A-ZÀ-Þ][\w’'À-ÿ]*(?:[-\s](?:de|of|la|le)?\s?[A-ZÀ-Þ][\w’'À-ÿ]*){0,3}"
_HELD = re.compile(
    rf"(?:took place|held|met|meeting|convened|gathered|hosted|launch(?:ed)?|signed|summit)\b[^.\n]{{0,80}}?\b(?:in|at)\s+(?!the\b)({_CAP})"
)
_DATELINE = re.compile(rf"^({_CAP})(?:,\s*{_CAP})?(?:,?\s*\(?[A-Z]{{2,}}\)?)?\s*(?:[,–—-]|$)", re.M)
_HAN_HELD = re.compile(
    r"(?:在|于|於)([\u3400-\u9fff·]{2,8}?)(?:市|州)?(?:举行|舉行|召开|召開|会晤|會晤|举办|舉辦|签署|簽署|发表|發表)"
)
_MEETING = re.compile(
    r"\b(?:met|meets?|meeting|held|hosted|host|took place|convened|gathered|launch(?:ed|es|ing)?|summit|ministerial|round|signed|"
    r"joined|announce[sd]?|issued|released)\b|会议|會議|会晤|會晤|举行|舉行|召开|召開|发表|發表|签署|簽署|发布|發布",
    re.I,
)
_ONLINE = re.compile(
    r"\bvirtual(?:ly)?\b[^.\n]{0,40}\b(?:meeting|ministerial|round)\b|(?:线上|視訊|视频|線上)(?:部长|部長|会议|會議)",
    re.I,
)
_ONLINE_CUES = ("virtual", "线上", "視訊", "视频", "線上")
"""One of them is in all that _ONLINE finds; most texts have none and need no pattern."""
_MONTHS = re.compile(r"(?:January|February|March|April|May|June|July|August|September|October|November|December)\b")


def recognise_metadata(extraction: Extraction, *, name: str, codebook: Codebook, flags: Mapping[str, str]) -> Metadata:
    """Each field from the first that has it: flag, declared in the source, title, text, file name.

    Values that rest on a weak sign have ``sure=False``; what is not found is "" and not sure.
    """
    title = _flagged("title", flags, extraction) or _recognise_title(extraction, name)
    text = extraction.text
    framework = _flagged("framework", flags, extraction) or _recognise_framework(codebook, title.value, text)
    definition = next((f for f in codebook.frameworks if f.id.lower() == framework.value.lower()), None)
    day = _flagged("date", flags, extraction) or _recognise_date(title.value, text, name)
    if day.where != "flag":
        day = (
            Found(parse_date(day.value), day.where, day.sure)
            if parse_date(day.value)
            else _recognise_date(title.value, text, name)
        )
    kind = _flagged("kind", flags, extraction) or recognise_kind(extraction, title.value, name)
    if kind.value == "paper" and day.where.startswith("text"):
        # The dates and meetings that a paper speaks of are not its own.
        day = _NOTHING
    place = _flagged("place", flags, extraction) or _recognise_place(definition, title.value, text)
    meeting = _flagged("round", flags, extraction)
    if meeting is None:
        is_paper = kind.value == "paper"
        meeting = _NOTHING if is_paper else _find_round(definition, title.value, text, day, place)
    if not place.sure and meeting.sure and definition:
        # The codebook knows where that meeting was better than a passing name does.
        held = next((r.place for r in definition.rounds if r.id == meeting.value), "")
        place = Found(held, "round", False) if held else place
    return Metadata(
        framework=framework,
        round=meeting,
        kind=kind,
        date=day,
        place=place,
        language=_flagged("language", flags, extraction, known=("en", "zh")) or guess_language(text),
        title=title,
    )


def guess_language(text: str) -> Found:
    """By the share of Han characters against Latin words: a Han character weighs about half a word."""
    sample = text[:50_000]
    if not may_hold_han(sample):
        return Found("en", "text", True) if _LATIN.search(sample) else Found("und", "text", False)
    han, latin = len(_HAN.findall(sample)), len(_LATIN.findall(sample))
    share = han / (han + 2 * latin)
    return Found("zh" if share >= 0.3 else "en", "text", not 0.15 < share < 0.45)


def _flagged(field: str, flags: Mapping[str, str], extraction: Extraction, known: tuple[str, ...] = ()) -> Found | None:
    if flags.get(field):
        return Found(flags[field], "flag")
    value = extraction.hints.get(field, "")
    if known:
        value = value[:2].lower()
    return Found(value, "front matter") if value and (not known or value in known) else None


def _recognise_title(extraction: Extraction, name: str) -> Found:
    text = extraction.text
    if extraction.hints.get("running_head"):
        return Found(extraction.hints["running_head"], "running head", False)
    headings = [b for b in extraction.blocks[:12] if b.kind == "heading"]
    if headings:
        first = min(headings, key=lambda b: (b.level, b.start))
        return Found(
            " ".join(text[first.start : first.end].split()), f"text:{first.start}-{first.end}", first.start < 400
        )
    for block in extraction.blocks[:3]:
        body = " ".join(text[block.start : block.end].split())
        if block.kind == "paragraph" and 8 <= len(body) <= 200 and not body.endswith((".", "。", ":", "：")):
            return Found(body, f"text:{block.start}-{block.end}", False)
    stem = re.sub(r"\.[^.]*\Z", "", name)
    return Found(re.sub(r"[-_]+", " ", stem).strip(), "file name", False)


def _recognise_framework(codebook: Codebook, title: str, text: str) -> Found:
    """Aliases counted: ten for one in the title, three in the first part, one in the rest."""
    head, rest, title = _plain(text[:_HEAD]), _plain(text[_HEAD:40_000]), _plain(title)
    lower = f"{title}\n{head}{rest}".lower()
    scores: list[tuple[int, int, str, str]] = []
    for framework in codebook.frameworks:
        names = (framework.id, framework.name.en, framework.name.zh, *framework.aliases)
        aliases = [alias for alias, words in _aliases(names) if all(word in lower for word in words)]
        if not aliases:
            scores.append((0, 0, framework.id, "text"))
            continue
        pattern = _alias_pattern(tuple(aliases))
        in_title = len(pattern.findall(title))
        first = pattern.search(head)
        in_head, in_rest = len(pattern.findall(head)), len(pattern.findall(rest))
        score = 10 * in_title + 3 * in_head + in_rest
        where = "title" if in_title else f"text:{first.start()}-{first.end()}" if first else "text"
        scores.append((score, in_title, framework.id, where))
    scores.sort(key=lambda item: (-item[0], item[2]))
    if not scores or scores[0][0] < 3:
        return _NOTHING
    best, second = scores[0], scores[1][0] if len(scores) > 1 else 0
    words = max(len(text) // 6, 1)
    if not best[1] and best[0] * 400 < words:
        # A passing mention in a long text about something else.
        return _NOTHING
    return Found(best[2], best[3], best[0] >= 2 * second and (best[1] > 0 or best[0] >= 6))


@lru_cache(maxsize=256)
def _aliases(names: tuple[str, ...]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Each distinct name, longest first, with its words in lower case, the longest and so rarest first."""
    plain = [_plain(alias) for alias in sorted(set(names), key=lambda alias: (-len(alias), alias))]
    return tuple((alias, tuple(sorted(alias.lower().split(), key=len, reverse=True))) for alias in plain)


@lru_cache(maxsize=256)
def _alias_pattern(aliases: tuple[str, ...]) -> re.Pattern[str]:
    """Only the aliases whose words all occur: searching for all of them took a fifth of an ingest."""
    parts = []
    for alias in aliases:
        body = re.escape(alias).replace(r"\ ", r"\s+")
        if _HAN.search(alias):
            parts.append(body)
        else:
            parts.append(rf"\b{body}\b" if alias.isupper() else rf"(?i:\b{body}\b)")
    return re.compile("|".join(parts))


def _plain(text: str) -> str:
    """One kind of dash, space and apostrophe; offsets stay. Six plain searches are faster than str.translate."""
    if not text.isascii():
        for char, plain in _DASHES.items():
            text = text.replace(char, plain)
    return text


def _recognise_date(title: str, text: str, name: str) -> Found:
    """A date that stands alone near the top, then one in the title, then the first of the head."""
    head = list(iter_dates(text[:_HEAD]))
    for hit in head:
        if hit.start < 1200 and _stands_alone(text, hit.start, hit.end):
            return Found(hit.iso, f"text:{hit.start}-{hit.end}", True)
    for hit in iter_dates(title):
        return Found(hit.iso, "title", True)
    if head:
        hit = next((hit for hit in head if _is_of_meeting(text, hit.start, hit.end)), head[0])
        return Found(
            hit.iso, f"text:{hit.start}-{hit.end}", hit.start < 1200 and _is_of_meeting(text, hit.start, hit.end)
        )
    stem = parse_date(re.sub(r"[_]", "-", name))
    if stem:
        return Found(stem, "file name", False)
    tail = list(iter_dates(text[-600:])) if len(text) > _HEAD else []
    if tail:
        offset = len(text) - 600
        return Found(tail[-1].iso, f"text:{offset + tail[-1].start}-{offset + tail[-1].end}", False)
    month = parse_date(text[:600])
    return Found(month, "text", False) if month else _NOTHING


def _is_of_meeting(text: str, start: int, end: int) -> bool:
    """Whether the words around a date speak of a meeting, and not of an order or law that bears it."""
    if re.search(r"(?:\bof|\bdated|\bsince|自|从)\s*\Z", text[max(0, start - 8) : start]):
        return False
    begin, stop = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    around = text[max(begin, start - 200) : min(stop if stop >= 0 else len(text), end + 200)]
    return bool(_MEETING.search(around))


def _stands_alone(text: str, start: int, end: int) -> bool:
    """The line around the date holds little else than a place."""
    begin = text.rfind("\n", 0, start) + 1
    stop = text.find("\n", end)
    rest = text[begin:start] + text[end : stop if stop >= 0 else len(text)]
    return len(rest.strip()) <= 40 and not re.search(r"[.。]\s*\S", rest.strip())


def _recognise_place(framework: FrameworkDef | None, title: str, text: str) -> Found:
    head = text[:1500]
    known = {}
    for entry in framework.rounds if framework else ():
        for alias in (entry.place, *entry.aliases):
            if alias and alias not in ("online", "inaugural"):
                known[alias] = entry.place or alias
    # A party of the framework is named in every text; it is a place only where something was held there.
    passing = {name: place for name, place in known.items() if framework and name not in framework.parties}
    first = _first_known(passing, title)
    if first:
        return Found(first, "title", True)
    for match in _HELD.finditer(head):
        value = match[1].split("\n")[0].strip()
        if not _MONTHS.match(value):
            return Found(known.get(value, value), f"text:{match.start(1)}-{match.end(1)}", value in known)
    for match in _HAN_HELD.finditer(head):
        return Found(match[1], f"text:{match.start(1)}-{match.end(1)}", False)
    first = _first_known(passing, head)
    if first:
        return Found(first, "text", False)
    if any(cue in f"{title}\n{head}".lower() for cue in _ONLINE_CUES) and _ONLINE.search(f"{title}\n{head}"):
        return Found("online", "text", bool(_ONLINE.search(title)))
    for match in _DATELINE.finditer(head[:300]):
        if _near_date(head, match.start(), match.end()) and not _MONTHS.match(match[1]):
            return Found(match[1], f"text:{match.start(1)}-{match.end(1)}", False)
    return _NOTHING


def _first_known(known: Mapping[str, str], text: str) -> str:
    hits = [
        (found.start(), -len(name), place)
        for name, place in known.items()
        if (found := re.search(rf"\b{re.escape(name)}\b", text))
    ]
    return min(hits)[2] if hits else ""


def _near_date(text: str, start: int, end: int) -> bool:
    return next(iter_dates(text[max(0, start - 40) : end + 60]), None) is not None


def _find_round(definition: FrameworkDef | None, title: str, text: str, day: Found, place: Found) -> Found:
    if definition is None:
        return _NOTHING
    return recognise_round(definition, title=title, text=text, day=day.value, place=place.value)
