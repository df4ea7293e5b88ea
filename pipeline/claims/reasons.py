"""The reason for a verdict, in a line of English and one of Chinese."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reason:
    """The same words in both languages."""

    en: str
    zh: str


_NOUNS = {
    "sentence": ("sentence", "句"),
    "document": ("document", "份文件"),
    "official": ("official document", "份官方文件"),
    "digest": ("digest", "份摘要"),
    "other": ("other document", "份其他文件"),
}
_TEXTS: dict[str, tuple[str, str]] = {
    "nothing": ("no sentence at hand speaks of it", "现有文件中没有一句涉及"),
    "said": ("{sentences} on it in {documents}", "{documents}中有{sentences}涉及"),
    "said too little": (
        "{sentences} on it in {documents}, {least} are needed",
        "{documents}中有{sentences}涉及，需{least}句",
    ),
    "coded": ("of {pool}: {codes}", "共{pool}，其中：{codes}"),
    "code there": ("{code} {count}", "{code} {count}句"),
    "code thin": ("{code} {count} where {needed} are needed", "{code} {count}句（需{needed}句）"),
    "all at hand": (
        "{reason}; every catalogued document of the scope is at hand",
        "{reason}；目录所列的有关文件均已收录",
    ),
    "there": ("it is there: {reason}", "确有其事：{reason}"),
    "searched": ("{sentences} of {pool} in {basis}", "{basis}共{pool}，其中{sentences}句涉及"),
    "too few": ("{reason}: too few to show that it is absent", "{reason}：文本过少，不足以证明没有"),
    "too thin": (
        "{reason}: too many to call it absent, too few to call it there",
        "{reason}：说没有则嫌多，说有则嫌少",
    ),
    "stray": ("{reason}, which the tagger itself doubts", "{reason}，标注本身亦存疑"),
    "states": ("stated as {number} in {sentences}", "{sentences}称为{number}"),
    "states other": ("stated as {numbers}, not {number}", "文件称为{numbers}，而非{number}"),
    "no number": ("no sentence at hand gives this number", "现有文件没有给出该数字"),
    "not shown": ("no sentence at hand shows it", "现有文件没有相关句子"),
    "numbered": ("numbered {numbers}", "编号为{numbers}"),
    "names": ("names {names}", "列名{names}"),
    "number": ("{found}: {what}", "{found}个：{what}"),
    "other number": ("{found}, not {number}: {what}", "{found}个，而非{number}个：{what}"),
    "no list": ("no sentence at hand lists them", "现有文件中没有一句将其逐一列出"),
    "rounds": ("rounds at hand: {rounds} ({found})", "现有轮次：{rounds}（{found}轮）"),
    "rounds more": ("{reason}, more than {number}", "{reason}，多于{number}轮"),
    "rounds fewer": ("{reason}, {number} are claimed", "{reason}，论文称{number}轮"),
    "rounds missing": ("{reason}; not at hand: {further}", "{reason}；未收录：{further}"),
    "dates stated": ("stated: {dates}", "文中日期：{dates}"),
    "dates of documents": ("documents dated {dates}", "文件日期：{dates}"),
    "dates outside": ("{reason}; none within {first} to {last}", "{reason}；均不在{first}至{last}之间"),
    "dates vague": ("{reason}: too vague to tell", "{reason}：日期过于笼统，无法判定"),
    "no date": ("no dated sentence at hand", "现有文件中没有带日期的句子"),
    "order": (
        "first found {first} ({where_first}) and {second} ({where_second})",
        "最早见于{first}（{where_first}）与{second}（{where_second}）",
    ),
    "one missing": ("one of the two is not found at hand", "两者之一在现有文件中未见"),
    "same day": ("{reason}: the same day", "{reason}：同一天"),
    "round": ("first found in round {round}", "首见于第{round}轮"),
    "round before": ("already found in round {round}", "早在第{round}轮已出现"),
    "round later": ("first found in round {round}, later than {wanted}", "首见于第{round}轮，晚于{wanted}"),
    "named": ("{count} of {sentences} with its name", "{sentences}中有{count}句点名"),
    "named other": ("{sentences} with another name, none with the claimed one", "{sentences}点名其他，无一点名所称者"),
    "named nobody": ("{sentences}, none says whose it is", "{sentences}，均未说明归属"),
    "one side empty": ("one side has no sentence at hand", "一方在现有文件中没有句子"),
    "shares": (
        "{left:.1%} ({left_hits} of {left_pool}) against {right:.1%} ({right_hits} of {right_pool});"
        " difference {low:+.1%} to {high:+.1%}",
        "{left:.1%}（{left_pool}句中{left_hits}句）对{right:.1%}（{right_pool}句中{right_hits}句）；差距{low:+.1%}至{high:+.1%}",
    ),
    "breadth": ("{left} against {right}", "{left}对{right}"),
    "breadth side": ("{count} ({codes})", "{count}项（{codes}）"),
    "breadth side thin": ("{count} ({codes}; thin: {thin})", "{count}项（{codes}；单薄：{thin}）"),
    "covered": (
        "of what {right} has, {left} has {shared}, lacks {lacking}, is thin on {thin}",
        "{right}所有者，{left}有{shared}，缺{lacking}，单薄者{thin}",
    ),
    "sides": ("{left}; {right}", "{left}；{right}"),
    "side": ("{name} {state}: {reason}", "{name}{state}：{reason}"),
    "undecided": ("{reason}: undecided", "{reason}：无法判定"),
    "present": ("has it", "有"),
    "thin": ("is thin", "单薄"),
    "absent": ("has it not", "无"),
    "unknown": ("has too little text", "文本过少"),
}


def say(key: str, **facts: object) -> Reason:
    """A reason from its template; facts that are reasons themselves are put in their language."""
    texts = []
    for at, language in enumerate(("en", "zh")):
        plain = {
            name: getattr(value, language) if isinstance(value, Reason) else value for name, value in facts.items()
        }
        texts.append(_TEXTS[key][at].format(**plain))
    return Reason(texts[0], texts[1])


def count_of(number: int, noun: str) -> Reason:
    """A number with its noun: "1 sentence", "2 sentences"; in Chinese with the measure word."""
    english, chinese = _NOUNS[noun]
    return Reason(f"{number} {english}{'' if number == 1 else 's'}", f"{number}{chinese}")


def join_reasons(parts: Iterable[Reason]) -> Reason:
    """Parts as a list in both languages, "none" for no part."""
    parts = list(parts)
    return Reason(", ".join(p.en for p in parts) or "none", "、".join(p.zh for p in parts) or "无")


def list_words(words: Iterable[object]) -> Reason:
    """The same words as a list in both languages."""
    return join_reasons(Reason(str(word), str(word)) for word in words)
