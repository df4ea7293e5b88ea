"""A shallow reading of English clauses: verb groups with tense, kind of verb, subject and place.

No parser: every word becomes one character (verbs.py), verb groups are regular expressions over
that string, and what stands to the left of a group says who acts and whether the clause is a main
one. Made for what decides the level of action; it does not read the sentence for any other end.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from pipeline.tag.levels import Clause
from pipeline.tag.verbs import WordBook

_BRACKET = re.compile(r"\([^()]{1,40}\)")
_TOKEN = re.compile(r"'(?:s|re|ve|ll|d|m)(?!\w)|[^\W_]\w*(?:'t)?|[,;:?!()\"\[\]—]")
_GROUP = re.compile(
    r"(?P<modal>[MOKU])[aNwWy]*(?:H[aN]*(?:z[aN]*)?(?P<mp>[EGJZ])?|[bL][aN]*(?:g[aN]*)?(?P<mb>[EGJZj])?|(?P<mv>[PpZndm]))?"
    r"|(?P<perfect>[HDh])[aN]*(?P<been>z[aN]*(?:g[aN]*)?)?(?P<pv>[EGJZj])?"
    r"|(?P<be>[BXL])[aN]*(?P<being>g[aN]*)?(?P<bv>[EGJZj])?"
    r"|(?P<do>[do])[aN]*(?P<dv>[PpZ])"
    r"|(?P<to>t)[aN]*(?:b[aN]*[EGZj]?|H[aN]*[EGZ]?|[PpZ])"
    r"|(?P<bare>[PpQqEFZ])"
    r"|(?P<ing>[J])"
)
_BREAKS = frozenset(";SRT")
_OPEN = frozenset("nmEJaPpQqFGZKTs")
"""Characters of words that may be read otherwise by their capital or by the word before."""
_OPEN_LATER = re.compile(r"[^;:.SRTx]*?[MOKUHDBXdoFQ]")
_MODALS = {"M": "future", "O": "would", "K": "can", "U": "should"}
_PRONOUNS = {"w": "we", "W": "speaker", "y": "they", "i": "it"}
_GENERIC = "act"
_COMMON = ("s", "tion", "sion", "ment", "ity", "ness", "ance", "ence", "ncy", "ure", "ship", "ism", "age")
"""Endings of words that are no names though a sentence begins with them."""
_OBJECTS = ("e", "t", "T", "w", "y", "i", "m")
"""What follows a verb rather than a noun: an article, "to", "that", a pronoun, a name."""


class _Words(NamedTuple):
    chars: str
    words: list[str]
    starts: list[int]

    def end(self, at: int) -> int:
        return self.starts[at] + len(self.words[at])


def find_clauses(text: str, original: str, book: WordBook) -> list[Clause]:
    """The finite verb groups of a text in order. ``text`` is normalised, ``original`` has the same length and
    its capitals."""
    words = _to_chars(text, original, book)
    found: list[Clause] = []
    last_end = 0
    infinitive = False
    seen = False
    for match in _GROUP.finditer(words.chars):
        start = match.start()
        between = words.chars[last_end:start]
        if not _BREAKS.isdisjoint(between) or (found and "," in between and found[-1].place in ("aside", "relative")):
            seen = False
        if match["to"]:
            last_end, infinitive = match.end(), True
            continue
        form, at = _read_form(match, words, book)
        if not form:
            continue
        if match["bare"] or match["ing"]:
            form = _read_bare(words, book, start, between, seen, found, infinitive)
            if not form:
                continue
        found.append(_read_clause(text, words, book, form, start, match.end(), at, last_end, found, infinitive))
        seen = seen or form != "gerund"
        last_end, infinitive = match.end(), False
    return found


def _to_chars(text: str, original: str, book: WordBook) -> _Words:
    if "(" in text:
        text = _BRACKET.sub(_blank_out, text)
    words = _TOKEN.findall(text)
    known, find = book.form_of.get, text.find
    chars = [known(word) or _guess_form(word, book) for word in words]
    starts: list[int] = []
    end = 0
    for word in words:
        start = find(word, end)
        end = start + len(word)
        starts.append(start)
    for at, char in enumerate(chars):
        if char not in _OPEN:
            continue
        last = chars[at - 1] if at else ""
        if char == "T":
            if not last or last in ";,c":
                chars[at] = "i"
        elif char == "s":
            chars[at] = "B" if last and last in "iTyS" else "e"
        elif last and original[starts[at]].isupper():
            if char in "nmEJaK" or last in "me":
                chars[at] = "m"
        elif char == "m":
            chars[at] = "n"
    if chars and chars[0] == "n" and original[starts[0]].isupper() and not words[0].endswith(_COMMON):
        chars[0] = "m"
    return _Words("".join(chars), words, starts)


def _blank_out(match: re.Match[str]) -> str:
    return " " * len(match[0])


@lru_cache(maxsize=50_000)
def _guess_form(word: str, book: WordBook) -> str:
    """The character of a word the book does not list, by its shape; "s" for the ending 's, which may be a verb."""
    if word == "'s":
        return "s"
    if not word[0].isalnum():
        return ";" if word in ";:?!—" else ","
    if word in book.adjectives:
        return "j"
    if word[0].isdigit():
        return "u"
    if word.endswith("ly") and len(word) > 4:
        return "a"
    if word.endswith("ed") and len(word) > 4 and not word.startswith("un"):
        return "E"
    return "J" if word.endswith("ing") and len(word) > 5 else "n"


def _read_form(match: re.Match[str], words: _Words, book: WordBook) -> tuple[str, int]:
    """The form of a group and where its main verb stands, -1 for none (a bare auxiliary)."""
    if char := match["modal"]:
        at = next((match.start(name) for name in ("mp", "mb", "mv") if match[name]), -1)
        form = "could" if words.words[match.start()].startswith("could") else _MODALS[char]
        if words.chars.find("H", match.start(), match.end()) >= 0 and (match["mp"] or "z" in match[0]):
            return form + "_have", at
        if match["mb"] or (at < 0 and words.chars[match.end() - 1] in "bL"):
            form += "_be"
        return form, at
    if char := match["perfect"]:
        if char == "h":
            return ("gerund", match.start("pv")) if match["pv"] else ("", -1)
        at = match.start("pv") if match["pv"] else -1
        if at < 0 or match["pv"] == "j":
            form = "perfect_copula" if match["been"] else "have"
            return (form if char == "H" else "past_" + form.removeprefix("perfect_")), at
        if match["pv"] == "J":
            return ("perfect_ing" if match["been"] else "", at)
        return ("perfect" if char == "H" else "past_perfect") + ("_passive" if match["been"] else ""), at
    if char := match["be"]:
        tense = "past_" if char == "X" else ""
        at = match.start("bv") if match["bv"] else -1
        if match["bv"] == "J":
            return tense + "progressive", at
        if match["bv"] in ("E", "G", "Z"):
            return tense + ("progressive_passive" if match["being"] else "passive"), at
        return tense + "copula", at
    if match["do"]:
        return ("present" if match["do"] == "d" else "past"), match.start("dv")
    return "bare", match.start()


def _read_bare(
    words: _Words, book: WordBook, start: int, between: str, seen: bool, found: list[Clause], infinitive: bool
) -> str:
    """Is a verb form without auxiliary finite? "" where it is a noun, an infinitive or a participle."""
    chars = words.chars
    char, after = chars[start], chars[start + 1 : start + 2]
    at_front = not chars[:start].strip("u,;aN")
    if char == "J":
        return "gerund" if at_front else ""
    before = (between.rstrip("aN") or (";" if at_front else ""))[-1:]
    if before in ("e", "r", "t", ""):
        return ""
    past = char in "EF"
    tense = "past" if past else "present"
    if before in ("w", "W", "y", "R", "T", "i"):
        return "" if before == "i" and char in "pP" else tense
    if before == "," and not found and "w" in chars[:start]:
        return tense
    if before in ("c", ","):
        return _read_joined(
            char, before, after, book.kinds.get(book.lemma_of.get(words.words[start], ""), ""), found, infinitive
        )
    if before == ";":
        if past:
            return "past" if after in ("e", "u") else ""
        return "base" if char in "PZ" or (char == "p" and after not in ("r", "c")) else ""
    if seen:
        return ""
    last = len(chars[:start].rstrip("aN")) - 1
    acts = book.heads.get(words.words[last]) == "authors"
    if past:
        return _read_past(words, start, char, after, acts, chars[last] == "m")
    return tense if acts or char == "Q" or after in _OBJECTS else ""


def _read_past(words: _Words, start: int, char: str, after: str, acts: bool, named: bool) -> str:
    """A past after a noun, or a participle that belongs to it ("the list adopted by ministers is")."""
    if char == "F":
        return "past"
    if words.words[start + 1 : start + 2] == ["by"] or (after == "n" and not acts):
        return ""
    return "past" if acts or named or not _OPEN_LATER.match(words.chars, start + 1) else ""


def _read_joined(char: str, before: str, after: str, kind: str, found: list[Clause], infinitive: bool) -> str:
    """A bare form after "and" or a comma goes on with a group before it where the forms agree."""
    if not found:
        return ""
    form = found[-1].form
    if char in "EFZ" and (form in ("past", "perfect") or (char != "F" and form.endswith("passive"))):
        return form if before == "c" or after in ("e", "n", "m") else ""
    if char in "EF":
        return "past" if form in ("present", "copula") and before == "c" and after in ("e", "T", "t") else ""
    if infinitive or form.startswith(("future", "should", "can", "would")):
        allowed = ("view", "bind", "aim", "keep") if before == "c" else ("view", "bind")
        if char not in "Qq" and (kind not in allowed or (char == "p" and after not in _OBJECTS)):
            return ""
    elif char in "pq" and after not in ("e", "t", "T", "w", "i", "m", "r"):
        return ""
    if form == "base":
        return "base" if char in "Pp" else ""
    return "present" if not form.endswith("passive") else ""


def _read_clause(
    text: str,
    words: _Words,
    book: WordBook,
    form: str,
    start: int,
    end: int,
    at: int,
    last_end: int,
    found: list[Clause],
    infinitive: bool,
) -> Clause:
    between = words.chars[last_end:start]
    previous = found[-1] if found else None
    kind, after = _find_kind(text, words, book, form, at, end)
    left = between.rstrip("aN")[-1:]
    if found and (left == "c" or (left == "," and form in ("past", "present", "perfect", "base"))):
        model = next((clause for clause in reversed(found) if clause.form == form), None) or found[-1]
        subject, place = model.subject, model.place
    else:
        subject = _find_subject(words, book, last_end, start, previous is not None)
        place = _find_place(words, last_end, between, previous, infinitive)
        if previous and previous.verb == "opine" and place == "main" and not any(mark in between for mark in "c,;"):
            place = "that"
    return Clause(form, kind, subject, after, place, words.starts[start], words.end(end - 1))


def _find_kind(text: str, words: _Words, book: WordBook, form: str, at: int, end: int) -> tuple[str, str]:
    """The kind of the main verb and what follows it; "continue to" takes the kind of the verb behind it."""
    if at < 0:
        if "L" in words.chars[end - 2 : end]:
            return "remain", _find_next(words, end)
        return ("judge" if _has_judgement(words, book, end) else "state"), _find_next(words, end)
    word = words.words[at]
    adjective = book.adjectives.get(word) if words.chars[at] == "j" or form.endswith(("passive", "_be")) else None
    if adjective:
        follower = _follow_to(words, end)
        if follower >= 0 and _kind_of(text, words, book, follower) == "perform":
            return "perform", "to"
        return adjective, _find_next(words, end)
    kind = _kind_of(text, words, book, at)
    if word == "going" and words.chars[end : end + 1] == "t":
        return "going", "to"
    if kind == "keep":
        follower = _follow_to(words, end)
        if follower >= 0:
            if words.chars[follower] == "b":
                return "keep_state", "to"
            return "keep_" + _kind_of(text, words, book, follower), "to"
    if form.endswith(("_be", "passive")) and word in book.judgements:
        kind = "judge"
    return kind, _find_next(words, end)


def _kind_of(text: str, words: _Words, book: WordBook, at: int) -> str:
    lemma = book.lemma_of.get(words.words[at], "")
    for rest, kind in book.longer.get(lemma, ()):
        if text.startswith(rest, words.end(at) + 1):
            return kind
    return book.kinds.get(lemma, _GENERIC)


def _follow_to(words: _Words, end: int) -> int:
    """Where the verb stands that follows as infinitive or -ing form, -1 for none."""
    chars = words.chars
    at = end
    while chars[at : at + 1] in ("a", "N", "t") and at < len(chars):
        at += 1
    return at if chars[at : at + 1] in ("P", "p", "Z", "J", "b", "H") and at < len(chars) else -1


def _has_judgement(words: _Words, book: WordBook, end: int) -> bool:
    return any(word in book.judgements for word in words.words[end : end + 6])


def _find_next(words: _Words, end: int) -> str:
    chars = words.chars
    at = end
    while chars[at : at + 1] == "a":
        at += 1
    char = chars[at : at + 1]
    if char == "t":
        after = chars[at + 1 : at + 2]
        return "to" if after in ("P", "p", "Z", "b", "d", "H", "J", "a") else "to_thing"
    return {"T": "that", "J": "ing", "": "end", "r": "with", ",": "end", ";": "end", "S": "how"}.get(char, "thing")


def _find_subject(words: _Words, book: WordBook, low: int, high: int, after_verb: bool) -> str:
    chars = words.chars
    cut = max(chars.rfind(mark, low, high) for mark in ";TRSx")
    if cut >= low and chars[cut] == "R" and chars[cut + 1 : high].strip("aN,") == "":
        return "which"
    low = max(low, cut + 1)
    while high > low and chars[high - 1] in "aN,":
        high -= 1
    if high <= low:
        return "none" if cut < low - 1 or cut < 0 or chars[cut] != "T" else "which"
    if char := _PRONOUNS.get(chars[high - 1]):
        return char
    near = max(chars.rfind(mark, low, high) for mark in "wW")
    if near >= 0 and high - near <= 7 and not any(mark in "cr," for mark in chars[near:high]):
        return _PRONOUNS[chars[near]]
    if after_verb and (joint := chars.rfind("c", low, high)) >= 0 and _has_noun(chars[joint + 1 : high]):
        low = joint + 1
    while (part := chars.rfind(",", low, high)) >= 0:
        if _has_noun(chars[part + 1 : high]) and chars[part + 1 : high].lstrip("aN")[0] not in "rEGJ":
            low = part + 1
            break
        high = part
    return _classify_head(words, book, low, high)


def _has_noun(chars: str) -> bool:
    return any(char in "nmpqPQZJEu" for char in chars)


def _classify_head(words: _Words, book: WordBook, low: int, high: int) -> str:
    """By the head noun: the last noun before the first preposition, or the last of all."""
    chars = words.chars
    if chars[low] != "r":
        stop = next((at for at in range(low + 1, high) if chars[at] == "r"), high)
    else:
        stop = high
    for at in range(stop - 1, low - 1, -1):
        if chars[at] in "nmpqPQZJ":
            kind = book.heads.get(words.words[at])
            return kind or ("name" if chars[at] == "m" else "thing")
    return "thing"


def _find_place(words: _Words, low: int, between: str, previous: Clause | None, infinitive: bool) -> str:
    """Main clause, clause with "that", relative clause, or aside ("as", "if", "so that")."""
    cut = max(between.rfind(mark) for mark in "TRSx")
    if cut < 0:
        return "main"
    char = between[cut]
    if char in "Sx":
        return "main" if "," in between[cut + 1 :] else "aside"
    if char == "R":
        return "relative"
    if between[cut - 1 : cut] == "a" and words.words[low + cut - 1] == "so":
        return "aside"
    bare = between[cut + 1 :].strip("aN,") == ""
    if bare or infinitive:
        return "relative"
    if previous is None:
        return "main"
    if previous.place in ("relative", "aside"):
        return previous.place
    telling = ("view", "opine", "bind", "aim", "talk", "judge", "state", "back")
    return "that" if previous.verb.removeprefix("keep_") in telling and previous.form != "have" else "relative"
