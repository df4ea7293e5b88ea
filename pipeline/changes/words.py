"""Words of a sentence as stems that carry meaning, in English and Chinese."""

from __future__ import annotations

import re
from functools import lru_cache

WORD = re.compile(r"[A-Za-z\u00c0-\u024f0-9][A-Za-z\u00c0-\u024f0-9]*(?:['’.&-][A-Za-z\u00c0-\u024f0-9]+)*")
HAN = re.compile(r"[\u3400-\u9fff]+")

_STOP_EN = frozenset(
    [
        "a",
        "about",
        "above",
        "after",
        "again",
        "against",
        "all",
        "also",
        "although",
        "am",
        "among",
        "an",
        "and",
        "another",
        "any",
        "are",
        "around",
        "as",
        "at",
        "be",
        "because",
        "been",
        "before",
        "being",
        "below",
        "between",
        "both",
        "but",
        "by",
        "can",
        "cannot",
        "could",
        "did",
        "do",
        "does",
        "doing",
        "down",
        "during",
        "each",
        "either",
        "etc",
        "every",
        "few",
        "for",
        "from",
        "further",
        "had",
        "has",
        "have",
        "having",
        "he",
        "her",
        "here",
        "hers",
        "him",
        "his",
        "how",
        "however",
        "i",
        "if",
        "in",
        "including",
        "into",
        "is",
        "it",
        "its",
        "itself",
        "just",
        "may",
        "me",
        "might",
        "more",
        "moreover",
        "most",
        "must",
        "my",
        "neither",
        "no",
        "nor",
        "not",
        "now",
        "of",
        "off",
        "on",
        "once",
        "one",
        "only",
        "or",
        "other",
        "our",
        "ours",
        "out",
        "over",
        "own",
        "per",
        "same",
        "shall",
        "she",
        "should",
        "since",
        "so",
        "some",
        "such",
        "than",
        "that",
        "the",
        "their",
        "theirs",
        "them",
        "then",
        "there",
        "these",
        "they",
        "this",
        "those",
        "through",
        "thus",
        "to",
        "too",
        "toward",
        "towards",
        "under",
        "until",
        "up",
        "upon",
        "us",
        "very",
        "via",
        "was",
        "we",
        "well",
        "were",
        "what",
        "when",
        "where",
        "which",
        "while",
        "who",
        "whom",
        "whose",
        "why",
        "will",
        "with",
        "within",
        "without",
        "would",
        "yet",
        "you",
        "your",
        "first",
        "second",
        "third",
        "namely",
        "respectively",
    ]
)
_STOP_ZH = frozenset(
    [
        "的",
        "了",
        "和",
        "与",
        "及",
        "在",
        "是",
        "为",
        "对",
        "将",
        "以",
        "等",
        "并",
        "其",
        "该",
        "这",
        "那",
        "之",
        "于",
        "由",
        "从",
        "到",
        "也",
        "都",
        "而",
        "或",
        "我们",
        "双方",
        "各方",
        "本",
        "此",
        "中",
        "上",
        "下",
        "内",
        "外",
        "一个",
        "这一",
        "一项",
        "以及",
        "通过",
        "进行",
        "包括",
        "方面",
        "关于",
        "有关",
        "可以",
        "已",
        "已经",
        "被",
        "把",
        "使",
        "让",
        "向",
        "所",
        "还",
        "就",
        "又",
        "更",
        "最",
        "不",
        "能",
        "会",
        "要",
        "着",
        "过",
        "他们",
        "它们",
        "自己",
        "其他",
    ]
)
_ENDINGS = (
    ("ization", "iz"), ("izations", "iz"), ("ational", "at"), ("ations", "at"), ("ation", "at"), ("iveness", "iv"),
    ("fulness", "ful"), ("ements", ""), ("ement", ""), ("ments", ""), ("ment", ""), ("ities", ""), ("ity", ""),
    ("tions", "t"), ("tion", "t"), ("sions", "s"), ("sion", "s"), ("ings", ""), ("ing", ""), ("ies", "y"), ("ied", "y"),
    ("ives", "iv"), ("ive", "iv"), ("ers", "er"), ("ized", "iz"), ("ize", "iz"), ("ated", "at"), ("ates", "at"),
    ("ate", "at"), ("ally", "al"), ("edly", ""), ("ed", ""), ("ly", ""), ("es", ""), ("s", ""), ("e", ""),
)  # fmt: skip


def split_words(text: str, language: str) -> list[str]:
    """Stems of the content words in their order; function words are left out."""
    return list(_split_once(text, language))


@lru_cache(maxsize=16384)
def _split_once(text: str, language: str) -> tuple[str, ...]:
    """A sentence meets several others, in pairs of rounds and again in threads."""
    if language == "zh":
        return tuple(w for run in _split_runs(text) for w in run)
    return tuple(stem(w) for w in _latin_words(text) if w not in _STOP_EN)


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A light stem of a lower-case English word: British spelling made American, common endings cut.

    It only has to bring forms of one word together ("standardisation", "standards"), not be a word.
    """
    if not word.isalpha() or len(word) < 4:
        return word
    word = word.replace("isation", "ization").replace("ising", "izing").replace("ised", "ized")
    word = re.sub(r"ise$", "ize", word)
    word = re.sub(r"(?<=[a-z]{2})our(?=$|s$|ed$|ing$|ist)", "or", word)
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not (ending == "s" and word.endswith("ss")):
            word = word[: len(word) - len(ending)] + instead
            break
    if len(word) > 4 and word[-1] == word[-2] and word[-1] not in "ls":
        word = word[:-1]
    return word[:9]


def split_chinese(text: str) -> list[str]:
    """Chinese words by jieba, traditional characters made simplified; Latin words as stems."""
    return [w for run in _split_runs(text) for w in run]


def to_simplified(text: str) -> str:
    """Traditional Chinese characters as simplified ones, so that editions of one statement meet."""
    return str(_converter().convert(text))


def _latin_words(text: str) -> list[str]:
    return [re.sub(r"['’]s?$", "", m[0].lower()) for m in WORD.finditer(text)]


def _split_runs(text: str) -> list[list[str]]:
    cut = _jieba_cut()
    runs = []
    for piece in re.split(r"[^\w&.'’-]+", to_simplified(text)):
        words: list[str] = []
        for token in cut(piece):
            if HAN.search(token):
                if token not in _STOP_ZH:
                    words.append(token)
            else:
                words.extend(stem(w) for w in _latin_words(token) if w not in _STOP_EN)
        if words:
            runs.append(words)
    return runs


@lru_cache(maxsize=1)
def _jieba_cut():  # type: ignore[no-untyped-def]
    import logging

    import jieba

    jieba.setLogLevel(logging.ERROR)
    return jieba.lcut


@lru_cache(maxsize=1)
def _converter():  # type: ignore[no-untyped-def]
    import opencc

    return opencc.OpenCC("t2s")
