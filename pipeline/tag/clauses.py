"""A shallow reading of English clauses: verb groups with tense, kind of verb, subject and place.

No parser: every word becomes one character (verbs.py), verb groups are regular expressions over
that string, and what stands to the left of a group says who acts and whether the clause is a main
one. Made for what decides the level of action; it does not read the sentence for any other end.
"""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.tag.finite import Left, read_bare
from pipeline.tag.levels import Clause
from pipeline.tag.line import Line
from pipeline.tag.pledges import names_act, restates_act
from pipeline.tag.subjects import find_place, find_subject

_GROUP = re.compile(
    "[MOKUHDhBXLdotPpQqEFZJ](?:"
    r"(?<=[MOKU])[aNwWy]*(?:H[aN]*(?:z[aN]*)?(?P<mp>[EGJZ])?|[bL][aN]*(?:g[aN]*)?(?P<mb>[EGJZj])?|(?P<mv>[PpZndm]))?"
    r"|(?<=[HDh])[aN]*(?P<been>z[aN]*(?:g[aN]*)?)?(?P<pv>[EGJZj])?"
    r"|(?<=[BXL])[aN]*(?P<being>g[aN]*)?(?P<bv>[EGJZj]|p(?=t))?"
    r"|(?<=[do])[aN]*(?P<dv>[PpZ])"
    r"|(?<=t)[aN]*(?:b[aN]*[EGZj]?|H[aN]*[EGZ]?|[PpZ])"
    r"|(?<=[PpQqEFZ])(?<![ert].)"
    r"|(?<=J)(?<![^u,;aN].))"
)
"""Verb groups, known by their first character: modal, perfect, "be", "do", "to", bare forms, -ing; the last two but
where read_bare would find a noun in any case. The search skips to the first character and looks back from there."""
_BARE = frozenset("PpQqEFZ")
_SPOKEN = ("view", "aim", "bind")
"""Kinds of verbs by which the authors speak: joined by "and" they go on with each other."""
_EFFECTS = ("act", "make")
_THINGS = ("thing", "it", "name")
_PLEDGED = frozenset({"commit", "commits", "committed", "recommit", "recommitted"})
_PLANS = frozenset({"intention", "intentions", "intent"})
_DEEDS = ("perform", "make", "event", "act")
_DOUBTFUL = re.compile("[nmE][aN,]*[pqP]|m[aN]*E[nj]|,[aN]*[EF][emnuj]")
"""A verb that may be a noun behind a noun, or a past form that may be a participle behind a name or a comma."""
_BREAKS, _JOINING = frozenset(";SRT"), frozenset("c,;")
_SETTLED = frozenset("nmjpqPQZJEFGu")
"""Words right after which a verb form is none where its clause has its verb already."""
_MODALS = {"M": "future", "O": "would", "K": "can", "U": "should"}


def find_clauses(line: Line) -> list[Clause]:
    """The finite verb groups of a text in order."""
    found = _drop_gerund(line, _read_groups(line))
    for clause in found:
        if clause.place == "main" and clause.form != "gerund":
            return found
    return _read_groups(line, lenient=True) if _DOUBTFUL.search(line.chars) else found


def _drop_gerund(line: Line, found: list[Clause]) -> list[Clause]:
    """Without a gerund that is the subject of the next group ("opening ports helps farmers")."""
    if (
        len(found) < 2
        or found[0].form != "gerund"
        or found[1].form == "past"
        or found[1].place != "main"
        or found[1].subject == "we"
    ):
        return found
    return found if "," in line.text[found[0].end : found[1].start] else found[1:]


def _read_groups(line: Line, *, lenient: bool = False) -> list[Clause]:
    found: list[Clause] = []
    chars = line.chars
    low, infinitive, seen = 0, False, False
    for match in _GROUP.finditer(chars):
        start, end = match.span()
        between = chars[low:start]
        if seen and _begins_anew(between, found):
            seen = False
        char = chars[start]
        if char == "t":
            low, infinitive = end, True
            continue
        if seen and char in _BARE and between and between[-1] in _SETTLED:
            continue
        left = Left(low, between, found, seen, infinitive, lenient)
        if char == "J" or char in _BARE:
            form, at = read_bare(line, start, left), start
        else:
            form, ahead = _read_form(chars[start : end + 1])
            at = start + ahead if ahead >= 0 else -1
            if char == "K" and line.word(start).startswith("could"):
                form = "could" + form.removeprefix("can")
        if not form:
            continue
        found.append(_read_clause(line, start, end, form, at, left))
        seen = seen or form != "gerund"
        low, infinitive = end, False
    return found


def _begins_anew(between: str, found: list[Clause]) -> bool:
    """Does another clause begin here, so that a verb is to be expected again?"""
    if not _BREAKS.isdisjoint(between):
        return True
    opened = found and found[0].form == "gerund" and found[-1].place == "that"
    return bool(found and "," in between and (opened or found[-1].place in ("aside", "relative")))


@lru_cache(maxsize=1 << 12)
def _read_form(chars: str) -> tuple[str, int]:
    """The form of a group with an auxiliary and where in it its main verb stands, -1 for none (a bare auxiliary).

    ``chars``: of the group and one more. The few that there are come again and again; "could" is read as "can".
    """
    match = _GROUP.match(chars)
    assert match
    char, group = chars[0], match[0]
    if char in _MODALS:
        at = next((match.start(name) for name in ("mp", "mb", "mv") if match[name]), -1)
        form = _MODALS[char]
        if "H" in group and (match["mp"] or "z" in group):
            return form + "_have", at
        if match["mb"] or (at < 0 and group[-1] in "bL"):
            form += "_be"
        return form, at
    if char in "HDh":
        return _read_perfect(char, match)
    if char in "BXL":
        tense = "past_" if char == "X" else ""
        at = match.start("bv") if match["bv"] else -1
        if match["bv"] == "J":
            return tense + "progressive", at
        if match["bv"] in ("E", "G", "Z"):
            return tense + ("progressive_passive" if match["being"] else "passive"), at
        return tense + "copula", at
    return ("present" if char == "d" else "past"), match.start("dv")


def _read_perfect(char: str, match: re.Match[str]) -> tuple[str, int]:
    at = match.start("pv") if match["pv"] else -1
    if char == "h":
        return ("gerund", at) if at >= 0 else ("", -1)
    if at < 0 or match["pv"] == "j":
        form = "perfect_copula" if match["been"] else "have"
        return (form if char == "H" else "past_" + form.removeprefix("perfect_")), at
    if match["pv"] == "J":
        return ("perfect_ing" if match["been"] else "", at)
    return ("perfect" if char == "H" else "past_perfect") + ("_passive" if match["been"] else ""), at


def _read_clause(line: Line, start: int, end: int, form: str, at: int, left: Left) -> Clause:
    kind, after = _find_kind(line, form, at, end)
    subject, place = _find_bearings(line, form, start, left, kind)
    if form == "present" and kind in _EFFECTS and subject in _THINGS and line.has_prospect(end):
        kind = "judge"  # "brings new opportunities"
    return Clause(form, kind, subject, after, place, line.start(start), line.end(end - 1))


def _find_bearings(line: Line, form: str, start: int, left: Left, kind: str) -> tuple[str, str]:
    """Subject and place; a group joined by "and" shares those of the last group of its form."""
    found, between = left.found, left.between
    mark = between.rstrip("aN")[-1:]
    if found and (mark == "c" or (mark == "," and form in ("past", "present", "perfect", "base"))):
        model = next((clause for clause in reversed(found) if clause.form == form), found[-1])
        if kind in _SPOKEN and (speaking := next((c for c in found if c.verb in _SPOKEN and c.place == "main"), None)):
            model = speaking
        if line.chars[start] in "Qq" and model.subject in ("we", "speaker"):
            return "which", "relative"
        return model.subject, model.place
    previous = found[-1] if found else None
    subject = find_subject(line, left.low, start, between, previous is not None)
    place = find_place(line, left.low, between, previous, left.infinitive)
    if previous and place == "main" and previous.verb in ("opine", "view") and _JOINING.isdisjoint(between):
        place = "that"
    return subject, place


def _find_kind(line: Line, form: str, at: int, end: int) -> tuple[str, str]:
    """The kind of the main verb and what follows it; "continue to" takes the kind of the verb behind it."""
    if at < 0:
        if "L" in line.chars[end - 2 : end]:
            return "remain", line.name_next(end)
        return ("judge" if line.has_judgement(end) else "state"), line.name_next(end)
    word = line.word(at)
    apart = line.chars[at] == "j" or form == "copula" or form.endswith(("passive", "_be"))
    adjective = line.book.adjectives.get(word) if apart else None
    if adjective:
        follower = line.find_follower(end)
        if follower >= 0 and (line.kind_at(follower) == "perform" or _tells_deed(line, follower)):
            return ("aim" if _names_plan(line, follower) else "perform"), "to"
        return _weigh_pledge(line, adjective, end, manner=True)
    kind = line.kind_at(at)
    if kind == "bind" and word in _PLEDGED:
        return _weigh_pledge(line, kind, end, manner=form in ("passive", "copula"))
    if kind == "view" and form != "gerund" and restates_act(line, at, end):
        return "bind", "to"
    if word == "going" and line.chars[end : end + 1] == "t":
        return "going", "to"
    if kind == "keep":
        follower = line.find_follower(end)
        if follower >= 0:
            if line.chars[follower] == "b":
                return "keep_state", "to"
            return "keep_" + line.kind_at(follower), "to"
    if form.endswith(("_be", "passive")) and word in line.book.judgements:
        kind = "judge"
    if kind == "token":  # "marks an important step" judges, "marks its birthday" does not
        kind = "judge" if line.has_judgement(end) else "state"
    return kind, line.name_next(end)


def _weigh_pledge(line: Line, kind: str, end: int, *, manner: bool) -> tuple[str, str]:
    """Kind and follower of a pledge; one to a broad end is a view, one to a noun of action as good as to a verb."""
    act = names_act(line, end, manner=manner) if kind == "bind" else None
    if act is None:
        return kind, line.name_next(end)
    return ("bind" if act else "view"), "to"


def _names_plan(line: Line, at: int) -> bool:
    """Is what the verb at ``at`` announces only an intention?"""
    return any(line.word(place) in _PLANS for place in range(at + 1, min(at + 4, len(line.chars))))


def _tells_deed(line: Line, at: int) -> bool:
    """Is the infinitive at ``at`` a perfect that reports a deed ("proud to have built")?"""
    done = at + 1
    return line.chars[at] == "H" and line.chars[done : done + 1] in ("E", "G", "Z") and line.kind_at(done) in _DEEDS
