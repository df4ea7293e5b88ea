"""Whose turn it is in the transcript of a press call: what a questioner or moderator says binds nobody."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.records import Unit

_LABEL = re.compile(
    r"\s*(?:(?P<asks>(?:Q|QUESTION|Question|MODERATOR|Moderator|OPERATOR|Operator)[.:]|(?:问|提问|记者|记者问|主持人)[：:])"
    r"|(?P<bare>Q(?=\s+\S))|(?:[A-Z][\w.'’-]*+,? ?){1,7}+:|[\u3400-\u9fff]{1,12}[：:])"
)
"""The name before a turn ("Q Thank you", "MS. OSEI: Yes"); ``asks``: a questioner or moderator, ``bare``: a
questioner where others have had a turn before."""


def find_questioners(units: Sequence[Unit]) -> list[bool]:
    """Which units stand in the turn of a questioner or moderator; a turn ends where another name begins one."""
    asking: list[bool] = []
    document, asks, named = "", False, False
    for unit in units:
        if unit.document_id != document:
            document, asks, named = unit.document_id, False, False
        if label := _LABEL.match(unit.text):
            asks = label["asks"] is not None or (label["bare"] is not None and named)
            named = named or label["bare"] is None
        asking.append(asks)
    return asking
