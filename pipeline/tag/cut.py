"""Chinese texts as words for the classifier."""

from __future__ import annotations

from functools import cache
from typing import Any

_NAMES_ZH = frozenset(
    [
        "美国",
        "美方",
        "美",
        "欧盟",
        "欧洲",
        "欧",
        "欧方",
        "美欧",
        "欧美",
        "中国",
        "中方",
        "日本",
        "韩国",
        "印度",
        "印太",
        "亚太",
        "印尼",
        "越南",
        "泰国",
        "英国",
        "德国",
        "法国",
        "加拿大",
        "澳大利亚",
        "俄罗斯",
        "乌克兰",
        "大西洋",
        "太平洋",
        "东盟",
        "台湾",
        "拜登",
        "特朗普",
    ]
)


def cut_chinese(text: str) -> list[str]:
    """jieba's words without names, Latin letters, digits and marks."""
    return [
        word for word in _cutter().lcut(text, HMM=False) if "\u3400" <= word[0] <= "\u9fff" and word not in _NAMES_ZH
    ]


@cache
def _cutter() -> Any:
    import logging

    import jieba

    jieba.setLogLevel(logging.WARNING)
    return jieba.Tokenizer()
