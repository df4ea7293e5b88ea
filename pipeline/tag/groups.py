"""Verb groups as expressions over a line of characters, and the form of those with an auxiliary."""

from __future__ import annotations

import re
from functools import lru_cache

GROUP = re.compile(
    "[MOKUHDhBXLdotPpQqEFZJ](?:"
    r"(?<=[MOKU])[aNwWy]*(?:H[aN]*(?:z[aN]*)?(?P<mp>[EGJZ])?|[bL][aN]*(?:g[aN]*)?(?P<mb>[EGJZj])?|(?P<mv>[PpZndm]))?"
    r"|(?<=[HDh])[aN]*(?P<been>z[aN]*(?:g[aN]*)?)?(?P<pv>[EGJZj])?"
    r"|(?<=[BXL])[aN]*(?P<being>g[aN]*)?(?P<bv>[EGJZj]|p(?=t))?"
    r"|(?<=[do])[aN]*(?P<dv>[PpZ])"
    r"|(?<=t)[aN]*(?:b[aN]*[EGZj]?|H[aN]*[EGZ]?|[PpZ])"
    r"|(?<=[PpQqEFZ])(?<![ert].)"
    r"|(?<=J)(?<![^u,;aN\n].))"
)
"""Verb groups, known by their first character: modal, perfect, "be", "do", "to", bare forms, -ing; the last two but
where read_bare would find a noun in any case. The search skips to the first character and looks back from there."""
_MODALS = {"M": "future", "O": "would", "K": "can", "U": "should"}


@lru_cache(maxsize=1 << 12)
def read_form(chars: str) -> tuple[str, int]:
    """The form of a group with an auxiliary and where in it its main verb stands, -1 for none (a bare auxiliary).

    ``chars``: of the group and one more. The few that there are come again and again; "could" is read as "can".
    """
    match = GROUP.match(chars)
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
