"""Which meeting of a framework a document belongs to: by ordinal, by date, by place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from pipeline.codebook import FrameworkDef, RoundDef
from pipeline.records import Found

_ORDINALS = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
]
_NUMBER = {name: n for n, name in enumerate(_ORDINALS, 1)} | {"inaugural": 1}
_NUMBER |= {ch: n for n, ch in enumerate("一二三四五六七八九", 1)} | {"两": 2, "首": 1}
_MEETING = r"(?:ministerial|negotiating|negotiation|in-person|meeting|round|session)"
_ORDINAL = re.compile(
    rf"\b(?P<word>{'|'.join(_ORDINALS)}|inaugural|\d{{1,2}}(?:st|nd|rd|th))\s+(?:(?!(?:anniversary|time|day|year|quarter|pillar)\b)[\w’'.&-]+\s+){{0,8}}?(?P<what>{_MEETING})\b"
    rf"|\b(?P<what2>meeting|round|ministerial)\s+(?:no\.?\s*)?(?P<digit>\d{{1,2}})\b(?!\s+(?:{'|'.join(['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december'])}))"
    r"|第\s*(?P<han>[一二三四五六七八九十]{1,3}|\d{1,2})\s*(?P<what3>次|轮|輪|届|屆)|(?P<first>首)(?P<what4>次|轮|輪|届|屆)(?!出现|出現)",
    re.I,
)
_NAMED_ROUND = re.compile(r"round (\d+)\b|第(\d+|[一二三四五六七八九十]+)轮", re.I)
_PLACE_YEAR = re.compile(r".+ (?:19|20)\d\d\Z")
_NEAR_DAYS, _FAR_DAYS, _CONFLICT_DAYS = 4, 40, 75


@dataclass(frozen=True, slots=True)
class _Ordinal:
    number: int
    where: str
    negotiating: bool
    start: int


def recognise_round(framework: FrameworkDef, *, title: str, text: str, day: str, place: str) -> Found:
    """The round id. A meeting that the codebook does not have gets the id it would have:

    its number where the framework numbers its rounds ("7"), else place and year ("Manila 2025").
    Order of trust: an ordinal that the date does not contradict, the date within four days of a
    meeting, a place of the right year, the nearest meeting within forty days (not sure).
    """
    named_by_place = sum(bool(_PLACE_YEAR.match(r.id)) for r in framework.rounds) * 2 > len(framework.rounds)
    by_date, gap = _nearest(framework, day)
    for ordinal in _ordinals(title, text[:4000]):
        found = _of_number(framework, ordinal, named_by_place)
        if found is None:
            continue
        known, round_id = found
        if known is None:
            # A number beyond the codebook: believe it unless the document is older than the last meeting known.
            last = max((r.end for r in framework.rounds), default="")
            if not day or day[:10] > last:
                return Found(round_id, ordinal.where, True)
            continue
        distance = _gap(known, day)
        if distance is None or distance <= _CONFLICT_DAYS:
            return Found(known.id, ordinal.where, distance is not None or ordinal.where == "title")
    if by_date and gap is not None and gap <= _NEAR_DAYS:
        return Found(by_date.id, "date", True)
    by_place = _by_place(framework, f"{title}\n{text[:1500]}", day, place)
    if by_place:
        return by_place
    if named_by_place and place and len(day) >= 4 and (gap is None or gap > _FAR_DAYS) and place != "online":
        return Found(f"{place} {day[:4]}", "place and date", False)
    if by_date and gap is not None and gap <= _FAR_DAYS:
        return Found(by_date.id, "date", False)
    return Found("", "text", False)


def _ordinals(title: str, text: str) -> list[_Ordinal]:
    """Ordinals before a meeting, those of the title first, then in order of the text."""
    found = []
    for source, where in ((title, "title"), (text, "text")):
        for match in _ORDINAL.finditer(source):
            number = _to_number(match)
            what = (match["what"] or match["what2"] or match["what3"] or match["what4"] or "").lower()
            if not number or (match["what3"] and not _is_meeting(source, match.end())):
                continue
            label = where if where == "title" else f"text:{match.start()}-{match.end()}"
            talks = "negotiat" in match[0].lower() or what in ("round", "轮", "輪")
            found.append(_Ordinal(number, label, talks, match.start()))
    return found


def _is_meeting(text: str, end: int) -> bool:
    return bool(re.match(r"[^。；\n]{0,40}?(?:会议|會議|部长|部長|谈判|談判|磋商)", text[end : end + 60]))


def _to_number(match: re.Match[str]) -> int:
    raw = (match["word"] or match["digit"] or match["han"] or match["first"] or "").lower()
    digits = re.match(r"\d+", raw)
    if digits:
        return int(digits[0])
    if raw in _NUMBER:
        return _NUMBER[raw]
    if "十" in raw:
        tens, _, ones = raw.partition("十")
        return 10 * _NUMBER.get(tens, 1) + _NUMBER.get(ones, 0)
    return 0


def _of_number(framework: FrameworkDef, ordinal: _Ordinal, named_by_place: bool) -> tuple[RoundDef | None, str] | None:
    """(round or None, its id) for a number; None where the number says nothing of a round."""
    if not named_by_place:
        wanted = str(ordinal.number)
        return next((r for r in framework.rounds if r.id == wanted), None), wanted
    if not ordinal.negotiating:
        return None
    for entry in framework.rounds:
        match = _NAMED_ROUND.search(entry.name.en)
        if match and match[1] == str(ordinal.number):
            return entry, entry.id
    return None


def _nearest(framework: FrameworkDef, day: str) -> tuple[RoundDef | None, int | None]:
    gaps = [(gap, r.order, r) for r in framework.rounds if (gap := _gap(r, day)) is not None]
    if not gaps:
        return None, None
    gap, _, entry = min(gaps, key=lambda item: item[:2])
    return entry, gap


def _gap(entry: RoundDef, day: str) -> int | None:
    """Days between a full date and the meeting, 0 within it; None where either has no full date."""
    try:
        when, begin, end = (date.fromisoformat(value) for value in (day[:10], entry.date, entry.end or entry.date))
    except ValueError:
        return None
    return max((begin - when).days, (when - end).days, 0)


def _by_place(framework: FrameworkDef, head: str, day: str, place: str) -> Found | None:
    for entry in framework.rounds:
        names = [name for name in (entry.place, *entry.aliases) if name and name not in ("online", "inaugural")]
        names = [name for name in names if name not in framework.parties or name == place]
        if day and day[:4] != entry.date[:4]:
            continue
        if place and place in names:
            return Found(entry.id, "place", bool(day))
        # Without a date a place alone is a guess, and a capital says nothing.
        if any(re.search(rf"\b{re.escape(name)}\b", head) for name in names) and (gap := _gap(entry, day)) is not None:
            return Found(entry.id, "place", gap <= _FAR_DAYS) if gap <= 180 else None
    return None
