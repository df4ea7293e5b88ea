"""What an English sentence is about, as against what it names in passing: ends, grounds, circumstances.

"Code what the sentence is about, not every word it mentions": an issue that stands only in an end
("with a view to stronger supply chains"), a ground ("guided by shared democratic values"), a
circumstance ("in the context of the pandemic") or a use ("essential to the energy transition")
counts less than one in the predicate.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from pipeline.tag.asides import Aside, find_last_issue, weigh_within
from pipeline.tag.compile import Rule
from pipeline.tag.match import Match

_GOOD = (
    r"help|support|ensur|enabl|promot|strengthen|advanc|allow|lead|contribut|reduc|increas|creat|mak|improv|enhanc"
    r"|boost|foster|bolster|maintain|respect|protect|safeguard|address|preserv|minimi[sz]|avoid"
)
_CUE = (
    r"(?:"
    r"(?P<end>in order to|so that|so as to|with (?:a view|the (?:aim|goal|objective|view)) (?:of|to)|aim(?:ed|ing) (?:at|to)"
    r"|in an effort to|thereby)"
    rf"|(?P<while>(?:(?<=, )|while (?:also )?)(?:{_GOOD})\w*ing)"
    r"|(?P<ground>(?:based (?:up)?on|guided by|grounded in|rooted in|founded on|driven by|underpinned by|anchored in"
    r"|consistent(?:ly)? with|in (?:line|accordance|keeping) with|without prejudice to|subject to))"
    r"|(?P<circumstance>in (?:the )?(?:context|light|wake|face|recognition|view) of|against the backdrop of|due to"
    r"|because of|caused by|posed by|given (?:that|the|our)|as a result of)"
    r"|(?P<use>(?:essential|critical|necessary|vital|crucial|key|needed|indispensable|required) (?:to|for))"
    r"|(?P<stress>especially|particularly|in particular|notably)"
    r")\b"
)
_FIRST_CUE, _LATER_CUE = re.compile(_CUE), re.compile(r"\W" + _CUE)
"""At the beginning of a text, and behind anything that is no letter: faster than to try everywhere for an edge."""
_REACH = {"end": re.compile(r"[^;.]*"), "stress": re.compile(r"[^;.]*")}
_CLAUSE = re.compile(r"[^;.,]*")
_SHARE = 0.7


def weigh_asides(text: str, matches: Sequence[Match], reweigh: Callable[[Rule, float], Rule]) -> list[Match]:
    """The matches with the weight of issues lowered where they stand in an aside of the normalised text."""
    asides: list[Aside] = []
    last = find_last_issue(matches)
    if last <= 0:  # no issue stands behind a cue
        return list(matches)
    first = _FIRST_CUE.match(text, 0, last)
    for cue in (*([first] if first else []), *_LATER_CUE.finditer(text, 0, last)):
        reach = _REACH.get(cue.lastgroup or "", _CLAUSE).match(text, cue.end())
        asides.append((cue.end(), reach.end() if reach else cue.end(), _SHARE))
    return weigh_within(matches, asides, reweigh)
