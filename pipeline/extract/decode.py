"""Bytes to text in the encodings that occur, the cheap and certain ones first."""

from __future__ import annotations

import codecs
import re

from pipeline.errors import SourceError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WIDER = {
    "gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030", "hz-gb-2312": "hz",
    "iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252",
    "big5": "big5hkscs", "x-x-big5": "big5hkscs", "utf8": "utf-8",
}  # fmt: skip
"""Declared name -> the superset that pages so declared are really written in (WHATWG Encoding Standard)."""
_COMMON_HAN = frozenset(
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里"
    "用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实"
    "貿易會議經濟與這們來為國對時個發現說過後種學當沒動還進從實員長關係產業區協會聯歐聲明強調雙邊"
    "贸易会议经济与声明强调双边关系合作部长联合委员会框架供应链技术数字印太美欧"
)
_COMMON = re.compile(f"[{''.join(sorted(_COMMON_HAN))}]")
_ISO_2022 = re.compile(rb"\x1b\$[@B](?:[\x21-\x7e]{2})+\x1b\([BJ]")
_HZ = re.compile(rb"~\{(?:[\x21-\x77][\x21-\x7e])+~\}")
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ufffd]")
_CONTROL_BYTES = bytes([*range(9), 11, *range(14, 32), 127])
_MOJIBAKE = re.compile("(?:[ÃÂ][\u0080-\u00bf‚ƒ„…†‡ˆ‰Š‹Œ‘’“”•–—˜™š›œ€]|â€[\u0080-\u009f™œ\u009d“”˜¦¢])")


def decode_text(data: bytes, *, name: str = "", declared: str = "") -> tuple[str, str, bool]:
    """(text, encoding, garbled). ``garbled`` is True where over 1 % of the characters are nonsense.

    Order: byte-order mark, UTF-8, UTF-16 without a mark, the declared encoding, GB18030 or Big5 by
    their commonest characters, Windows-1252, and charset-normalizer for what is left.
    Raises SourceError "garbled" where nothing fits.
    """
    text, encoding = _decode(data, declared)
    if encoding == "":
        raise SourceError("garbled", name, "its bytes fit no known encoding")
    text = repair_mojibake(text)
    sample = text[:100_000]
    bad = len(_MOJIBAKE.findall(sample)) if _may_be_mojibake(sample) else 0
    if _may_hold_control(text):
        bad += len(_CONTROL.findall(sample))
        text = _CONTROL.sub("", text)
    return text, encoding, bad * 100 > max(len(sample), 100)


def _may_hold_control(text: str) -> bool:
    """Whether _CONTROL finds anything: these characters are single bytes of UTF-8, which are counted faster."""
    data = text.encode("utf-8", "surrogatepass")
    return "\ufffd" in text or len(data.translate(None, _CONTROL_BYTES)) < len(data)


def repair_mojibake(text: str) -> str:
    """UTF-8 that was once read as Windows-1252 turned back, where that works for the whole text."""
    if not _may_be_mojibake(text) or len(_MOJIBAKE.findall(text[:100_000])) < 3:
        return text
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return text


def _may_be_mojibake(text: str) -> bool:
    """Three plain searches, far cheaper than the pattern, which nearly no text needs."""
    return "Ã" in text or "Â" in text or "â€" in text


def _guess_7bit(data: bytes) -> str:
    """ "iso2022_jp" or "hz" for texts of ASCII bytes alone that switch to double bytes by escapes; else ""."""
    if _ISO_2022.search(data):
        return "iso2022_jp"
    return "hz" if sum(map(len, _HZ.findall(data))) >= 16 else ""


def _decode(data: bytes, declared: str) -> tuple[str, str]:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, "replace"), encoding
    # UTF-16 of plain Latin letters is valid UTF-8 full of NULs, and so is asked first.
    wide = guess_utf16(data)
    if wide:
        return data.decode(wide, "replace"), wide
    escaped = _guess_7bit(data[:100_000])
    if escaped:
        try:
            return data.decode(escaped), escaped
        except UnicodeDecodeError:
            pass
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        if error.start > len(data) - 4:
            return data[: error.start].decode("utf-8"), "utf-8"
    name = declared.strip().lower()
    for encoding in filter(None, [_WIDER.get(name, name)]):
        try:
            return data.decode(encoding), encoding
        except (UnicodeDecodeError, LookupError):
            continue
    return _guess_8bit(data)


def guess_utf16(data: bytes) -> str:
    """ "utf-16-le" or "utf-16-be" for UTF-16 without a byte-order mark, Latin or Chinese; else ""."""
    head = data[:4000]
    head = head[: len(head) // 2 * 2]
    if len(head) < 4:
        return ""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if max(even, odd) > len(head) // 5 and min(even, odd) <= len(head) // 50:
        return "utf-16-le" if odd > even else "utf-16-be"
    # Chinese: NULs only at line feeds, spaces and Latin letters, so its common characters must speak.
    if len(data) % 2 or len(head) < 40 or head.isascii():
        return ""
    for encoding in ("utf-16-le", "utf-16-be"):
        text = head.decode(encoding, "replace")
        common = len(_COMMON.findall(text))
        if 10 * common >= len(text) and 4 * sum("\u3000" <= ch <= "\u9fff" for ch in text) >= 2 * len(text):
            return encoding
    return ""


def _guess_8bit(data: bytes) -> tuple[str, str]:
    """East Asian encodings by how many of their characters are common ones, then Western."""
    best = ("", "", 0.0)
    high = sum(1 for byte in data[:20_000] if byte > 127)
    for encoding in ("gb18030", "big5hkscs"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError as error:
            if error.start < len(data) - 4:
                continue
            text = data[: error.start].decode(encoding)
        han = [ch for ch in text[:20_000] if "\u3400" <= ch <= "\u9fff"]
        score = sum(ch in _COMMON_HAN for ch in han) / len(han) if han else 0.0
        if score > best[2] and 3 * len(han) > high:
            best = (text, encoding, score)
    if best[2] >= 0.12:
        return best[0], best[1]
    if high * 8 <= len(data[:20_000]):
        return data.decode("cp1252", "replace"), "cp1252"
    return _ask_normalizer(data, best)


def _ask_normalizer(data: bytes, best: tuple[str, str, float]) -> tuple[str, str]:
    from charset_normalizer import from_bytes

    match = from_bytes(data[:50_000]).best()
    if match is not None:
        try:
            return data.decode(match.encoding, "replace"), match.encoding
        except LookupError:
            pass
    if best[0]:
        return best[0], best[1]
    # Damaged UTF-8 with a few bad bytes is better than nothing.
    text = data.decode("utf-8", "replace")
    return (text, "utf-8") if text.count("\ufffd") * 20 < len(text) else ("", "")
