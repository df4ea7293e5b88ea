"""Edges of Chinese words: what jieba finds for a whole clause, from the few characters around an edge."""

from __future__ import annotations

import random
from functools import cache
from itertools import accumulate
from typing import Any

import numpy as np

from pipeline.tag.chinese import WordBoundaries
from pipeline.tag.phrases import Literal

TERMS = (
    "印度",
    "芯片",
    "供应链",
    "宽带",
    "汽车",
    "标准",
    "出口管制",
    "人工智能",
    "研究",
    "数据",
    "安全",
    "产业",
    "能力",
)


@cache
def boundaries() -> WordBoundaries:
    return WordBoundaries([Literal(term) for term in TERMS])


@cache
def jieba_with_terms() -> Any:
    import jieba

    jieba.setLogLevel(60)
    tokenizer = jieba.Tokenizer()
    for term in TERMS:
        tokenizer.add_word(term)
    return tokenizer


def accepted(text: str) -> list[str]:
    found = [(number, text.find(term)) for number, term in enumerate(TERMS) if term in text]
    literal, start = np.array(found, dtype=np.int64).reshape(-1, 2).T
    end = start + np.array([len(TERMS[number]) for number in literal], dtype=np.int64)
    keep = boundaries().check(f"\n{text}\n", literal, start + 1, end + 1)
    return [TERMS[number] for number in literal[keep]]


def test_a_term_across_words_is_turned_down() -> None:
    """A term that begins or ends inside a longer word is none; one beside other words, or in a compound, is."""
    assert accepted("印度尼西亚的研究所") == []
    assert accepted("宽带接入和汽车业") == ["宽带", "汽车"]
    assert accepted("美国、印度和芯片") == ["印度", "芯片"]


def test_edges_are_those_of_the_whole_clause() -> None:
    """In random strings of words, parts of words and terms, every edge of jieba's words is one, and no place
    inside a short word of its is."""
    draw = random.Random(5)
    frequency = jieba_with_terms().FREQ
    words = [word for word in frequency if frequency[word] and "\u4e00" <= word[0] <= "\u9fd5"]
    for _ in range(300):
        text = "".join(
            draw.choice((draw.choice(TERMS), draw.choice(words), draw.choice(words)[:2], "和")) for _ in range(9)
        )
        cut = jieba_with_terms().lcut(text, HMM=False)
        edges = list(accumulate(map(len, cut)))[:-1]
        inside = [end - 1 for word, end in zip(cut, edges, strict=False) if len(word) == 2 and word not in TERMS]
        found = boundaries().find_edges(f"\n{text}\n", np.array([*edges, *inside]) + 1)
        assert found[np.array(edges) + 1].all()
        assert not found[np.array(inside, dtype=np.int64) + 1].any()
