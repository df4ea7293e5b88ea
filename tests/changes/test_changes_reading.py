"""The reading view: two rounds side by side."""

from __future__ import annotations

from changes_texts import CODEBOOK, FIRST, SECOND, make_round

from pipeline.changes import make_reading, to_markdown, track_changes

CHANGES = track_changes(make_round(FIRST, "a"), make_round(SECOND, "b"), framework="TTC", round_from="1", round_to="2")


def test_changed_words_are_bold_and_rows_stand_by_issue():
    """Both sentences of a linked pair carry marks; a new one stands alone; each issue has one block."""
    rows = make_reading(CHANGES, CODEBOOK.name_of)
    linked = next(r for r in rows if r.later_where == "b:0")
    assert "**have launched the**" in linked.later and linked.earlier_where == "a:0" and "delivered" in linked.why
    assert next(r for r in rows if r.later_where == "b:2").earlier == ""
    issues = [r.issue for r in rows]
    assert issues == sorted(issues, key=issues.index)


def test_markdown_has_a_table_an_issue_in_both_languages():
    """Headings and statuses follow the language; a bar in a sentence does not break the table."""
    rows = make_reading(CHANGES, lambda code_id: CODEBOOK.name_of(code_id, "zh"), "zh")
    page = to_markdown(rows, framework="TTC", earlier="1", later="2", language="zh")
    assert "第1轮至第2轮" in page and "加强" in page and page.count("|---|---|---|") == len({r.issue for r in rows})
