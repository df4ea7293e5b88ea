"""PDFs set for the purpose: what the layout says is understood, and nothing of the text is lost."""

from __future__ import annotations

import pytest
from pdfkit import make_pdf, read_pdf, set_lines

LONG = "The tea board met again and counted all the cups and all the pots of the house"
FILLER = [
    f"{LONG} {word}." for word in ("once", "twice", "slowly", "with care", "at night", "in rain", "in May", "alone")
]


def fill(number: int) -> list[str]:
    """Lines that no other page has."""
    return [f"Room {number}: {line}" for line in FILLER]


def join(lines: list[str]) -> str:
    _, blocks = read_pdf(make_pdf([*set_lines(lines), *set_lines(FILLER, y=500)]))
    return next(text for kind, text in blocks if kind == "paragraph")


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (["The board drew up a list of full-", "scale copies of the pots."], "full-scale"),
        (
            ["Small- and me-", "dium cups were to-", "gether on a shelf of small-", "and medium size."],
            "small- and medium size",
        ),
        (["The whole infor-", "mation stood in a book."], "information"),
        (["It dealt with a first-of-", "its-kind pot."], "first-of-its-kind"),
        (["A letter of the U.S.-", "EU tea house came."], "U.S.-EU"),
        (["They asked for non-", "discriminatory cups to-", "gether."], "non-discriminatory"),
    ],
)
def test_hyphen_at_the_end_of_a_line(lines: list[str], words: str) -> None:
    """A cut word is joined, a compound keeps its hyphen."""
    assert words in join(lines)


def test_text_that_recurs_at_the_top_is_no_running_head() -> None:
    """A head that stands apart goes, the first line of the text stays though another page begins alike."""
    head = (60.0, 800.0, "Times-Italic", 8.0, "Annals of Tea")
    foot = (290.0, 30.0, "Times-Roman", 8.0, "{}")
    start = "The tea board and the pot board have"
    pages = []
    for number in range(1, 4):
        lines = [start, f"met in room {number} to talk.", *fill(number)]
        pages.append([head, (*foot[:4], f"- {number} -"), *set_lines(lines, y=770)])
    found, _ = read_pdf(make_pdf(*pages))
    assert found.text.count(start) == 3
    assert "Annals" not in found.text and "- 2 -" not in found.text


def test_head_beside_the_text_and_chapter_heads() -> None:
    """Numbers and names in the outer margin go, and heads that differ from page to page but stand alike."""
    pages = []
    for number, chapter in enumerate(("Cups", "Pots", "Spoons", "Lids"), 1):
        side = [(10.0, 400.0, "Times-Roman", 9.0, "TB 7"), (10.0, 380.0, "Times-Roman", 9.0, str(number))]
        pages.append([(60.0, 800.0, "Times-Italic", 8.0, chapter), *side, *set_lines(fill(number), y=760)])
    found, _ = read_pdf(make_pdf(*pages))
    assert not any(word in found.text for word in ("Cups", "Spoons", "TB 7"))


def test_sentence_goes_on_over_the_page() -> None:
    """Also after a semicolon; the new page begins within the paragraph."""
    first = set_lines([*FILLER, f"We look forward to tea, for {LONG[4:]} again;"])
    second = set_lines(["I am glad to pour it.", *FILLER])
    found, blocks = read_pdf(make_pdf(first, second))
    assert any("of the house again; I am glad to pour it." in text for _, text in blocks)
    assert [page for _, page in found.pages] == [1, 2]


def test_table_over_two_pages_within_a_sentence() -> None:
    """Its rows are joined, its caption names it, and the sentence that it cut is whole."""
    widths = [100.0, 100.0]
    first = [*set_lines(FILLER), *set_lines(["The board then wrote down all that it had seen in the"], y=590)]
    first += set_lines(["Table 1: Cups and pots"], y=560, font="Times-Bold")
    first += [(70.0, 525.0, "Times-Roman", 10.0, "Cup"), (170.0, 525.0, "Times-Roman", 10.0, "Pot")]
    first += [(70.0, 505.0, "Times-Roman", 10.0, "blue"), (170.0, 505.0, "Times-Roman", 10.0, "brown")]
    second = [(70.0, 785.0, "Times-Roman", 10.0, "white"), (170.0, 785.0, "Times-Roman", 10.0, "black")]
    second += set_lines(["rooms of the old house.", *FILLER], y=740)
    heights = {1: [540.0, 520.0, 500.0], 2: [800.0, 780.0]}
    first = [(x, y - 400, font, size, text) for x, y, font, size, text in first]
    lines = {1: [(60.0, widths, [y - 400 for y in heights[1]])], 2: [(60.0, widths, heights[2])]}
    found, blocks = read_pdf(make_pdf(first, second, tables=lines))
    (table,) = found.tables
    assert table.rows == (("Cup", "Pot"), ("blue", "brown"), ("white", "black"))
    assert table.caption == "Table 1: Cups and pots"
    assert any("had seen in the rooms of the old house." in text for kind, text in blocks if kind == "paragraph")


def test_bold_paragraph_and_numbered_line() -> None:
    """A bold paragraph is no heading; a numbered line that stands alone before text is one."""
    bold = set_lines(
        [f"{LONG} and of the", "garden, and wrote it all down. The pots were many, and the cups were few."],
        font="Times-Bold",
    )
    lines = [*bold, *set_lines(["II. Cups of the north"], y=650), *set_lines(FILLER, y=620)]
    _, blocks = read_pdf(make_pdf(lines))
    assert blocks[0][0] == "paragraph"
    assert ("heading", "II. Cups of the north") in blocks


def test_letter_spaced_chinese_and_source_line() -> None:
    """Letter-spaced lines are closed up; the line that names a source is a caption, not the next sentence's start."""
    font = "STSong-Light"
    spaced = " ".join("茶叶会议的原则和杯子")
    body = [
        "茶园的主人们每年春天都要在山脚下的旧房子里开会商量今年的价格",
        "和各家的份额，然后把结果写在本子上，交给大家传看。",
    ]
    lines = set_lines([spaced], font=font, y=760, size=14)
    lines += set_lines(["资料来源：茶叶会议的记录"], font=font, y=700, size=9)
    lines += set_lines(body * 3, font=font, y=680, step=16)
    _, blocks = read_pdf(make_pdf(lines))
    assert ("heading", "茶叶会议的原则和杯子") in blocks
    assert ("caption", "资料来源：茶叶会议的记录") in blocks
    assert any(text.startswith("茶园的主人们") for kind, text in blocks if kind == "paragraph")


def test_table_without_lines() -> None:
    """Rows of pieces in common columns are a table; lines of text around it are not."""
    rows = [
        ("Year", "Cups", "Place"),
        ("2021", "12", "Upper hall"),
        ("2022", "15", "Lower hall"),
        ("2023", "18", "Yard"),
    ]
    lines = set_lines(FILLER, y=760)
    for number, row in enumerate(rows):
        lines += [
            (x, 640.0 - 14 * number, "Times-Roman", 10.0, cell) for x, cell in zip((60, 160, 260), row, strict=True)
        ]
    found, blocks = read_pdf(make_pdf([*lines, *set_lines(fill(2), y=560)]))
    assert [table.rows for table in found.tables] == [tuple(rows)]
    assert any(text.endswith("alone.") for kind, text in blocks if kind == "paragraph")


def test_items_whose_marks_are_drawn() -> None:
    """A line that ends although the next word had room is a block of its own."""
    items = ["Counting the cups", "Washing the pots", "Buying a kettle for the north of the house"]
    _, blocks = read_pdf(make_pdf([*set_lines(FILLER, y=760), *set_lines(items, x=80, y=650)]))
    assert [text for _, text in blocks][-3:] == items


def test_line_that_recurs_on_a_page_whose_font_is_not_embedded() -> None:
    """Each time it stands there it is read: without outlines of its letters pdfium takes it for printed twice."""
    line = "和各家的份额，然后把结果写在本子上。"
    _, blocks = read_pdf(
        make_pdf(set_lines(["茶园的主人们每年都要开会商量价格", line] * 4, font="STSong-Light", step=16))
    )
    assert "".join(text for _, text in blocks).count(line) == 4
