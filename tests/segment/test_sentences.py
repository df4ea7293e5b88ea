"""Sentence boundaries in English and Chinese, with offsets that fit."""

from __future__ import annotations

import pytest

from pipeline.records import Block, Unit
from pipeline.segment import realign_spans, segment_blocks, unit_check
from pipeline.segment.chinese import split_chinese
from pipeline.segment.english import split_english

ENGLISH = [
    ("The U.S.-EU talks began. They went well.", 2),
    ("Dr. Holm met Ms. Ortega at 9 a.m. in Porto. Both left.", 2),
    ("Growth was 3.5 percent. That pleased all.", 2),
    ("We met in the U.S. The ministers agreed.", 2),
    ("They asked: “Who pays?” Nobody knew.", 2),
    ("See No. 7, Art. 3 and Sec. 12 of the plan.", 1),
    ("Fish, corn, etc. are on the list.", 1),
    ("“We are done.” She left the hall.", 2),
    ("Work goes on (see annex). It ends in May.", 2),
    ("“We agree!” said the host. “Do we?” asked Amb. Lee.", 2),
    ("(a) We met on Jan. 5. (b) We left at 5 p.m. Then we slept.", 3),
    ("No. We said no. It is ref. no. 12 in Holm v. Ortega.", 3),
    ("Tea is hot.[1] Milk is cold.", 2),
    ("Under the ASEAN-U.S. Tea Charter we drink.", 1),
    ("They like tea.We prefer milk.", 2),
    ("See tea.Org for tea.", 1),
]
CHINESE = [
    ("双方商定明年再会。会期未定！", 2),
    ("一是稳价；二是保供；三是扩产。", 1),
    ("他问：“谁来付款？”无人作答。", 2),
    ("名单很长……最后一项是茶叶。", 2),
    ("增长3.5%。出口下降。", 2),
    ("她说“好……”，然后走了。", 1),
    ("They came. 他们喝了茶。", 2),
]


@pytest.mark.parametrize(("text", "count"), ENGLISH)
def test_english_boundaries(text: str, count: int) -> None:
    """Abbreviations and numbers end nothing; quotations and brackets close before the boundary."""
    assert len(split_english(text)) == count


@pytest.mark.parametrize(("text", "count"), CHINESE)
def test_chinese_boundaries(text: str, count: int) -> None:
    """。！？…… end a sentence with what closes behind them; ； does not."""
    assert len(split_chinese(text)) == count


def test_section_paths_nest_and_offsets_fit() -> None:
    """A deeper heading extends the path; every unit is its slice of the text."""
    parts = [
        ("heading", "Part one", 2),
        ("heading", "Tea", 3),
        ("paragraph", "We drink tea. It is hot.", 0),
        ("heading", "Part two", 2),
        ("list_item", "Buy cups", 1),
    ]
    text, blocks = "", []
    for kind, body, level in parts:
        blocks.append(Block(kind, len(text), len(text) + len(body), level))  # type: ignore[arg-type]
        text += body + "\n\n"
    units = segment_blocks("d", text, blocks)
    assert [unit.section for unit in units] == ["Part one > Tea", "Part one > Tea", "Part two"]
    assert all(text[unit.start : unit.end] == unit.text for unit in units)


def _unit(n: int, text: str) -> Unit:
    return Unit("d", n, 10 * n, 10 * n + len(text), text, "", 0, "en")


def test_realign_keeps_twins_apart_and_names_the_lost() -> None:
    """A sentence that stands twice keeps two annotations; a vanished one is lost."""
    units = [_unit(0, "Same words."), _unit(1, "Other."), _unit(2, "Same  words.")]
    checks = [(unit_check("Same words."), 90), (unit_check("Gone."), 5), (unit_check("Same words."), 3)]
    result = realign_spans(checks, units)
    assert result.moved[2].n == 0 and result.moved[0].n == 2
    assert result.lost == (1,)


def test_units_after_a_page_break_know_their_page() -> None:
    """A paragraph over two pages: each sentence has the page it begins on."""
    text = "Tea is hot. Milk is cold."
    units = segment_blocks("d", text, [Block("paragraph", 0, len(text), 0, 3)], ((0, 3), (12, 4)))
    assert [unit.page for unit in units] == [3, 4]
