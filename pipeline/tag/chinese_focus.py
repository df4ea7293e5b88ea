"""What a Chinese sentence is about, as against what it names in passing: ends, examples, backgrounds, bodies.

"Code what the sentence is about, not every word it mentions": an issue that stands only in a purpose
("以提高供应链韧性"), an example ("例如……"), the circumstances at the beginning ("鉴于……，") or the name of the
body that speaks ("……工作组提出") counts less than one in the predicate.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from pipeline.tag.asides import find_last_issue, weigh_within
from pipeline.tag.compile import Rule
from pipeline.tag.match import Match

_VERB = (
    "确保|提高|提升|增强|促进|推动|推进|实现|支持|加强|应对|帮助|减少|降低|避免|防止|防范|保障|维护|扩大|改善|构建"
    "|建立|建设|满足|保护|加快|加速|助力|打造|达到|解决|形成|消除|刺激|增加|统一|缓解|释放|吸引|确立|完善|遏制"
)
_ASIDES: tuple[tuple[re.Pattern[str], float], ...] = (
    # for what end: the tail of the sentence, or its first clause
    (re.compile(rf"[，,](?:从而|以便|以期|进而|借此|由此|最终|以(?={_VERB})|为(?:了|的是)?(?={_VERB}))[^。；;]*"), 0.5),
    (re.compile(rf"^[^，,]{{0,6}}为(?:了|(?={_VERB}))[^，,。；;]*[，,]"), 0.5),
    # examples
    (re.compile(r"(?:例如|比如|诸如|譬如|尤其是|特别是|[（(]如)[^。；;)）]*"), 0.6),
    # circumstances
    (
        re.compile(
            r"^(?:鉴于|考虑到|随着|面对|自从|除了|除(?=.{1,24}外[，,]))[^。；;]*?[，,]|^(?:在)?[^，,。；;]{2,30}的?背景下[，,]"
        ),
        0.5,
    ),
    # what brought it about
    (re.compile(r"[^，,。；;]{0,14}(?:侵略|入侵|战争|冲突|疫情)[^，,。；;]{0,8}?(?:引发|引起|造成|导致|带来)的"), 0.4),
    # who speaks
    (
        re.compile(
            r"^[^，,。；;]{0,40}?(?:工作组|支柱|专家组|小组|委员会)(?=.{0,24}?(?:提出|指出|强调|表示|明确|认为|要求|寻求|建议|讨论|通过|负责|计划|拟|将|已|正在|应|继续|发布|完成|举行|宣布|同意|提交|受命))"
        ),
        0.6,
    ),
)


def weigh_asides(text: str, matches: Sequence[Match], reweigh: Callable[[Rule, float], Rule]) -> list[Match]:
    """The matches with the weight of issues lowered where they stand in an aside of the normalised text."""
    if find_last_issue(matches) < 0:
        return list(matches)
    asides = [(found.start(), found.end(), share) for pattern, share in _ASIDES for found in pattern.finditer(text)]
    return weigh_within(matches, asides, reweigh)
