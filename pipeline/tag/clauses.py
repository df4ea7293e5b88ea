"""A shallow reading of English clauses: verb groups with tense, kind of verb, subject and place.

No parser: every word becomes one character (verbs.py), verb groups are regular expressions over
that string, and what stands to the left of a group says who acts and whether the clause is a main
one. Made for what decides the level of action; it does not read the sentence for any other end.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from pipeline.tag.finite import Left, read_bare
from pipeline.tag.groups import GROUP, read_form
from pipeline.tag.levels import Clause
from pipeline.tag.pledges import names_act, restates_act
from pipeline.tag.sheet import Sheet
from pipeline.tag.subjects import find_place, find_subject

_BARE = frozenset("PpQqEFZJ")
_SPOKEN = ("view", "aim", "bind")
"""Kinds of verbs by which the authors speak: joined by "and" they go on with each other."""
_EFFECTS = ("act", "make")
_LISTED = ("past", "present", "perfect", "base")
"""Forms that a comma may join to a group of the same form."""
_THINGS = ("thing", "it", "name")
_PLEDGED = frozenset({"commit", "commits", "committed", "recommit", "recommitted"})
_PLANS = frozenset({"intention", "intentions", "intent"})
_DEEDS = ("perform", "make", "event", "act")
_DOUBTFUL = re.compile("[nmE][aN,]*[pqP]|m[aN]*E[nj]|,[aN]*[EF][emnuj]")
"""A verb that may be a noun behind a noun, or a past form that may be a participle behind a name or a comma."""
_BREAKS, _JOINING = frozenset(";SRT"), frozenset("c,;")
_SETTLED = frozenset("nmjpqPQZJEFGu")
"""Words right after which a verb form is none where its clause has its verb already."""


def find_clauses(sheet: Sheet) -> list[list[Clause]]:
    """The finite verb groups of each text in order."""
    spans = [match.span() for match in GROUP.finditer(sheet.chars)]
    spans.append((len(sheet.chars), 0))
    left = Left(sheet)
    result = []
    at = 0
    for low, high in itertools.pairwise(sheet.breaks):
        first = at
        while spans[at][0] < high:
            at += 1
        result.append(_read_line(left, low + 1, high, spans[first:at]) if first < at else [])
    return result


def _read_line(left: Left, low: int, high: int, spans: Sequence[tuple[int, int]]) -> list[Clause]:
    """The clauses of one line, whose groups stand at ``spans``."""
    left.begin_line(low)
    found = _read_groups(left, spans)
    if len(found) > 1 and found[0].form == "gerund" and _opens(left, *found[:2]):
        found = found[1:]
    for clause in found:
        if clause.place == "main" and clause.form != "gerund":
            return found
    if _DOUBTFUL.search(left.sheet.chars, low, high):
        left.begin_line(low, lenient=True)
        return _read_groups(left, spans)
    return found


def _opens(left: Left, gerund: Clause, following: Clause) -> bool:
    """Is the gerund the subject of the group that follows ("opening ports helps farmers")?"""
    if following.form == "past" or following.place != "main" or following.subject == "we":
        return False
    return "," not in left.sheet.text[left.base + gerund.end : left.base + following.start]


def _read_groups(left: Left, spans: Sequence[tuple[int, int]]) -> list[Clause]:
    sheet, found = left.sheet, left.found
    chars = sheet.chars
    for start, end in spans:
        char = chars[start]
        left.between = between = chars[left.low : start]
        if left.seen and between and _begins_anew(between, found):
            left.seen = False
        if char == "t":
            left.low, left.infinitive = end, True
            continue
        if char in _BARE:
            if left.seen and between and between[-1] in _SETTLED:
                continue
            form, at = read_bare(left, start), start
        else:
            form, ahead = read_form(chars[start : end + 1])
            at = start + ahead if ahead >= 0 else -1
            if char == "K" and sheet.word(start).startswith("could"):
                form = "could" + form.removeprefix("can")
        if form:
            found.append(_read_clause(left, start, end, form, at))
            left.low, left.infinitive = end, False
            left.seen = left.seen or form != "gerund"
    return found


def _begins_anew(between: str, found: list[Clause]) -> bool:
    """Does another clause begin here, so that a verb is to be expected again?"""
    if not _BREAKS.isdisjoint(between):
        return True
    if "," not in between or not found:
        return False
    last = found[-1].place
    return last in ("aside", "relative") or (last == "that" and found[0].form == "gerund")


def _read_clause(left: Left, start: int, end: int, form: str, at: int) -> Clause:
    sheet = left.sheet
    kind, after = _find_kind(left, form, at, end)
    subject, place = _find_bearings(left, form, start, kind)
    if form == "present" and kind in _EFFECTS and subject in _THINGS and sheet.has_prospect(end):
        kind = "judge"  # "brings new opportunities"
    base = left.base
    return Clause(form, kind, subject, after, place, sheet.starts[start] - base, sheet.ends[end - 1] - base)


def _find_bearings(left: Left, form: str, start: int, kind: str) -> tuple[str, str]:
    """Subject and place; a group joined by "and" shares those of the last group of its form."""
    sheet, found, between = left.sheet, left.found, left.between
    previous = found[-1] if found else None
    if previous is not None:
        mark = between.rstrip("aN")[-1:]
        if mark == "c" or (mark == "," and form in _LISTED):
            return _share_bearings(found, form, kind, third=sheet.chars[start] in "Qq")
    subject = find_subject(sheet, left.low, start, between, previous is not None)
    place = find_place(sheet, left.low, between, previous, left.infinitive)
    if place == "main" and previous and previous.verb in ("opine", "view") and _JOINING.isdisjoint(between):
        place = "that"
    return subject, place


def _share_bearings(found: Sequence[Clause], form: str, kind: str, *, third: bool) -> tuple[str, str]:
    """Those of the group that one of this form and kind goes on with; ``third``: a form that "we" cannot have."""
    model = next((clause for clause in reversed(found) if clause.form == form), found[-1])
    if kind in _SPOKEN:
        model = next((clause for clause in found if clause.verb in _SPOKEN and clause.place == "main"), model)
    if third and model.subject in ("we", "speaker"):
        return "which", "relative"
    return model.subject, model.place


def _find_kind(left: Left, form: str, at: int, end: int) -> tuple[str, str]:
    """The kind of the main verb and what follows it; "continue to" takes the kind of the verb behind it."""
    sheet = left.sheet
    chars = sheet.chars
    if at < 0:
        if end - 1 > left.begin and "L" in chars[end - 2 : end]:  # not an order ("Remain seated")
            return "remain", sheet.name_next(end)
        return ("judge" if sheet.has_judgement(end) else "state"), sheet.name_next(end)
    told = form.endswith(("_be", "passive"))
    if told or form == "copula" or chars[at] == "j":
        word = sheet.word(at)
        if adjective := sheet.book.adjectives.get(word):
            follower = sheet.find_follower(end)
            if follower >= 0 and (sheet.kind_at(follower) == "perform" or _tells_deed(sheet, follower)):
                return ("aim" if _names_plan(sheet, follower) else "perform"), "to"
            return _weigh_pledge(sheet, adjective, end, manner=True)
    kind = sheet.kind_at(at)
    if kind == "bind" and sheet.word(at) in _PLEDGED:
        return _weigh_pledge(sheet, kind, end, manner=form in ("passive", "copula"))
    if kind == "view" and form != "gerund" and restates_act(sheet, at, end):
        return "bind", "to"
    if chars[end] == "t" and sheet.word(at) == "going":
        return "going", "to"
    if kind == "keep":
        follower = sheet.find_follower(end)
        if follower >= 0:
            if chars[follower] == "b":
                return "keep_state", "to"
            return "keep_" + sheet.kind_at(follower), "to"
    if told and word in sheet.book.judgements:
        kind = "judge"
    if kind == "token":  # "marks an important step" judges, "marks its birthday" does not
        kind = "judge" if sheet.has_judgement(end) else "state"
    return kind, sheet.name_next(end)


def _weigh_pledge(sheet: Sheet, kind: str, end: int, *, manner: bool) -> tuple[str, str]:
    """Kind and follower of a pledge; one to a broad end is a view, one to a noun of action as good as to a verb."""
    act = names_act(sheet, end, manner=manner) if kind == "bind" else None
    if act is None:
        return kind, sheet.name_next(end)
    return ("bind" if act else "view"), "to"


def _names_plan(sheet: Sheet, at: int) -> bool:
    """Is what the verb at ``at`` announces only an intention?"""
    return any(sheet.word(place) in _PLANS for place in range(at + 1, sheet.find_stop(at + 1, 3)))


def _tells_deed(sheet: Sheet, at: int) -> bool:
    """Is the infinitive at ``at`` a perfect that reports a deed ("proud to have built")?"""
    done = at + 1
    return sheet.chars[at] == "H" and sheet.chars[done] in ("E", "G", "Z") and sheet.kind_at(done) in _DEEDS
