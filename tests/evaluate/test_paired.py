"""Champion against challenger."""

from __future__ import annotations

import pytest

from pipeline.evaluate import Codes, Judged
from pipeline.evaluate.paired import compare_taggers


def judge(right: list[bool], code: str = "a.x") -> list[Judged]:
    gold = Codes((code,), (), "none")
    wrong = Codes(("z.z",), (), "none")
    return [Judged("d", n, n, "en", gold, gold if ok else wrong) for n, ok in enumerate(right)]


def test_better_challenger_meets_no_objection() -> None:
    """Everything right against half right."""
    got = compare_taggers(judge([True, False] * 20), judge([True] * 40), replicates=200)
    assert got.micro.value == pytest.approx(0.5)
    assert got.better == 1
    assert got.objections == ()


def test_fall_of_micro_f1_and_of_a_code_are_objections() -> None:
    """Both are named with their figures."""
    got = compare_taggers(judge([True] * 40), judge([True, False] * 20), replicates=200)
    assert any("micro-F1 falls" in line for line in got.objections)
    assert any(line.startswith("a.x falls") for line in got.objections)


def test_the_same_tagger_is_no_worse_than_itself() -> None:
    """Nothing changes, nothing is objected."""
    same = judge([True, False, True] * 10)
    got = compare_taggers(same, same, replicates=50)
    assert got.micro.value == 0
    assert got.objections == ()


def test_a_code_with_few_units_is_not_judged() -> None:
    """Nine units are chance."""
    got = compare_taggers(judge([True] * 9), judge([True] * 9), replicates=20)
    assert got.codes == ()


def test_other_units_cannot_be_compared() -> None:
    """The two must have been judged on the same gold."""
    with pytest.raises(ValueError, match="same units"):
        compare_taggers(judge([True] * 3), judge([True] * 4))
