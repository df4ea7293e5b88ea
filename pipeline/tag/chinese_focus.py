"""What a Chinese sentence is about, as against what it names in passing: ends, examples, backgrounds, bodies.

"Code what the sentence is about, not every word it mentions": an issue that stands only in a purpose
("以提高供应链韧性"), an example ("例如……"), the circumstances at the beginning ("鉴于……，") or the name of the
body that speaks ("……工作组提出") counts less than one in the predicate.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.tag.asides import Aside

_VERB = (
    "确保|提高|提升|增强|促进|推动|推进|实现|支持|加强|应对|帮助|减少|降低|避免|防止|防范|保障|维护|扩大|改善|构建"
    "|建立|建设|满足|保护|加快|加速|助力|打造|达到|解决|形成|消除|刺激|增加|统一|缓解|释放|吸引|确立|完善|遏制"
)
_CRISES = ("侵略", "入侵", "战争", "冲突", "疫情", "危机")
_CRISIS = f"(?:{'|'.join(_CRISES)})"
_MATTERS = ("至关重要的", "十分重要的", "必不可少的", "不可或缺的", "具有重要意义的")
_BODIES = ("工作组", "支柱", "专家组", "小组", "委员会", "当局", "主管部门", "监管机构")


class _Aside(NamedTuple):
    """``share``: what a match in it still counts. Only sought where one of ``signs`` stands in the text."""

    share: float
    pattern: re.Pattern[str]
    signs: tuple[str, ...] = ("",)


_ASIDES: tuple[_Aside, ...] = (
    # for what end: the tail of the sentence, or its first clause
    _Aside(
        0.5,
        re.compile(rf"[，,](?:从而|以便|以期|进而|借此|由此|最终|以(?={_VERB})|为(?:了|的是)?(?={_VERB}))[^。；;]*"),
        tuple(comma + word for comma in "，," for word in ("从而", "以", "进而", "借此", "由此", "最终", "为")),
    ),
    _Aside(0.5, re.compile(rf"^[^，,]{{0,6}}为(?:了|(?={_VERB}))[^，,。；;]*[，,]")),
    # examples
    _Aside(
        0.6,
        re.compile(r"(?:例如|比如|诸如|譬如|尤其是|特别是|[（(]如)[^。；;)）]*"),
        ("例如", "比如", "诸如", "譬如", "尤其是", "特别是", "（如", "(如"),
    ),
    # circumstances
    _Aside(0.5, re.compile(r"^(?:鉴于|考虑到|随着|面对|自从|除了|除(?=.{1,24}外[，,]))[^。；;]*?[，,]")),
    _Aside(0.5, re.compile(r"(?:^|[；;。])(?:在)?[^，,。；;]{2,30}的?背景(?:之)?下[，,]"), ("背景",)),
    _Aside(0.5, re.compile(r"^在[^，,。；;]{2,30}的?领导下[，,]")),
    # what a matter matters for, and what it plays a part in
    _Aside(0.4, re.compile(rf"对[^，,。；;]{{2,20}}(?:{'|'.join(_MATTERS)})"), _MATTERS),
    _Aside(
        0.5,
        re.compile(r"在[^，,。；;在]{2,20}中的?(?:核心|重要|关键|主导|带头|积极|独特|主要)?(?:作用|角色)"),
        ("作用", "角色"),
    ),
    # by what means, and a comment at the end
    _Aside(
        0.5,
        re.compile(r"(?:通过|借助|依托)[^，,。；;]{2,40}?(?:渠道|机制|工作组|平台|论坛|对话|框架|委员会|小组|理事会)"),
        ("通过", "借助", "依托"),
    ),
    _Aside(0.5, re.compile(r"[，,]这(?:是|也是|一)[^。；;]*"), ("，这", ",这")),
    _Aside(0.5, re.compile(rf"通过[^，,。；;]{{2,24}}?(?={_VERB}|打击|开展|改进)"), ("通过",)),
    # whom or what it is aimed at
    _Aside(0.4, re.compile(r"针对[^，,。；;]{2,24}?的"), ("针对",)),
    # what else is taken in, and what it rests on
    _Aside(0.5, re.compile(r"包括[^，,。；;]{2,30}在内的"), ("在内的",)),
    _Aside(0.5, re.compile(r"在[^，,。；;在]{2,30}的?基础上"), ("基础上",)),
    _Aside(
        0.5,
        re.compile(r"以(?!规则|共同规则|国际规则)[^，,。；;]{2,24}为(?:基础|依据|前提)的"),
        ("为基础的", "为依据的", "为前提的"),
    ),
    # what comes of it
    _Aside(0.5, re.compile(r"[，,](?:使|让)[^，,。；;]{0,10}免[受于遭][^。；;]*"), ("免受", "免于", "免遭")),
    # what brought it about
    _Aside(0.4, re.compile(rf"[^，,。；;]{{0,14}}{_CRISIS}[^，,。；;]{{0,8}}?(?:引发|引起|造成|导致|带来)的"), _CRISES),
    _Aside(
        0.4,
        re.compile(
            rf"[^，,。；;]{{0,20}}{_CRISIS}[^，,。；;]{{0,8}}(?:给(?=[^，,。；;]*(?:带来|造成))|暴露|凸显|突显|揭示|加剧|推高|扰乱)"
        ),
        _CRISES,
    ),
    _Aside(
        0.4,
        re.compile(rf"^[^，,。；;]{{0,14}}{_CRISIS}[^，,。；;]{{0,8}}(?:后|以来|期间|之下|影响下|冲击下)[，,]"),
        _CRISES,
    ),
    # who speaks
    _Aside(
        0.6,
        re.compile(
            rf"^[^，,。；;]{{0,40}}?(?:{'|'.join(_BODIES)})(?=.{{0,24}}?(?:提出|指出|强调|表示|明确|认为|要求|寻求|建议"
            r"|讨论|通过|负责|计划|拟|将|已|正在|应|继续|发布|完成|举行|宣布|同意|提交|受命))"
        ),
        _BODIES,
    ),
)


def find_asides(texts: Sequence[str], _lasts: Sequence[int]) -> dict[int, list[Aside]]:
    """The asides of each normalised text, which may also stand behind what they lower."""
    return {row: _read_asides(text) for row, text in enumerate(texts)}


def _read_asides(text: str) -> list[Aside]:
    return [
        (found.start(), found.end(), aside.share)
        for aside in _ASIDES
        if any(sign in text for sign in aside.signs)
        for found in aside.pattern.finditer(text)
    ]
