"""The claims file: read, checked, complete."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.claims import METHODS, load_claims
from pipeline.errors import CodebookError

CLAIMS = Path(__file__).parents[2] / "corpus" / "claims.yaml"


def test_shipped_claims_are_complete() -> None:
    """65 claims and more, every type used, each in both languages and with its place in the paper."""
    claims = load_claims(CLAIMS)
    assert len(claims) >= 65
    assert {claim.type for claim in claims} == set(METHODS)
    for claim in claims:
        assert re.search(r"[\u4e00-\u9fff]", claim.text_zh), claim.id
        assert re.search(r"line", claim.where), claim.id


def test_verdicts_are_not_written_into_the_file() -> None:
    """No claim says how it comes out."""
    assert not re.search(r"supported|contradicted|verdict:", CLAIMS.read_text(encoding="utf-8"))


HEAD = "claims:\n- {id: a, type: presence, text: t, text_zh: 文, where: p, query: {issues: [x]}}\n"
COUNT = HEAD.replace("presence", "count").replace("{issues: [x]}", "{of: stated, number: 4}")
COMPARE = HEAD.replace("presence", "comparison").replace("{issues: [x]}", "{by: presence, relation: both}")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("claims: 3", "a list under 'claims'"),
        ("[", "cannot be read"),
        (HEAD.replace("presence", "guess"), "unknown type 'guess'"),
        (HEAD.replace("where: p, ", ""), "'where' is missing"),
        (HEAD.replace("issues", "isues"), "unknown key 'isues'"),
        (HEAD + HEAD.splitlines()[1], "stands twice"),
        (HEAD.replace("{issues: [x]}", "[x]"), "'query' must be a mapping"),
        (HEAD.replace("{issues: [x]}", "{in: {round: 3}}"), "unknown key 'round'; 'in' takes: documents"),
        (HEAD.replace("{issues: [x]}", "{in: TTC}"), "'in' must be a mapping"),
        (COUNT.replace("stated", "guessed"), "of 'guessed' must be one of: stated"),
        (COUNT.replace("number: 4", "noun: [x]"), "'number' must be the number claimed"),
        (COMPARE.replace("presence,", "size,"), "by 'size' must be one of: share"),
        (COMPARE.replace("both", "more"), "relation 'more' must be one of: both"),
        (HEAD.replace("presence", "attribution"), "one of: round, group, actor"),
    ],
)
def test_mistakes_are_named(tmp_path: Path, text: str, message: str) -> None:
    """File, claim and remedy in one line."""
    path = tmp_path / "claims.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CodebookError, match=re.escape(message)):
        load_claims(path)
