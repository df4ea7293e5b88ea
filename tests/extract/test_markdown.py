"""Markdown's inline marks, spaces and broken lines."""

from __future__ import annotations

import pytest

from pipeline.extract.markdown import extract_markdown, strip_inline

INLINE = [
    ("**Ports** and *piers*", "Ports and piers"),
    ("***Ports*** and __piers__ and _quays_", "Ports and piers and quays"),
    ("**a *b* c** d", "a b c d"),
    ("**a **b** c**", "a b c"),
    ("\\*kept\\* and \\_so\\_", "*kept* and _so_"),
    ("snake_case_name stays, 2*3*4 too", "snake_case_name stays, 2*3*4 too"),
    ("word*.* goes", "word. goes"),
    ("one\u00a0\u00a0two \t three\u3000four\ufeff", "one two three four"),
]


@pytest.mark.parametrize(("marked", "plain"), INLINE)
def test_inline_marks_and_spaces(marked: str, plain: str) -> None:
    """Emphasis goes, what only looks like it stays; spaces of any kind are one."""
    assert strip_inline(marked) == plain


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("Ports will\nopen in\u00a0\nMay.", "Ports will open in May."),
        ("Ports will \\\nopen.", "Ports will open."),
        ("港口将于\n五月开放。", "港口将于五月开放。"),
        ("港口 TTC\n五月\nopen 开放", "港口 TTC 五月 open 开放"),
        ("> Ports\n>\n> open.", "Ports open."),
    ],
)
def test_broken_lines_are_joined(text: str, joined: str) -> None:
    """By a space, between Han characters by nothing; a backslash at a line's end goes."""
    assert extract_markdown(text).text == joined
