"""Loading the codebook: what it holds, and how a mistake in it is reported."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.codebook import load_codebook
from pipeline.errors import CodebookError, UsageError
from pipeline.records import ACTION_LEVELS

CODEBOOK = Path(__file__).parent.parent / "corpus" / "codebook.yaml"


def test_all_codes_are_there() -> None:
    """29 issues in 10 domains, 18 industries, 5 levels, named in both languages."""
    codebook = load_codebook(CODEBOOK)
    assert (len(codebook.issues), len(codebook.industries), len(codebook.domains)) == (29, 18, 10)
    assert len(codebook.substantive_issues) == 27
    assert {code.id for code in codebook.codes if code.dimension == "action"} == set(ACTION_LEVELS)
    assert all(code.name.en and code.name.zh and code.definition for code in codebook.codes)


def test_every_issue_stands_in_a_group_of_some_framework() -> None:
    """The crosswalk reaches each issue of substance ."""
    codebook = load_codebook(CODEBOOK)
    mapped = {issue for framework in codebook.frameworks for group in framework.groups for issue in group.issues}
    assert set(codebook.substantive_issues) <= mapped


def test_names_and_domains_fall_back_to_the_id() -> None:
    """A code that the codebook no longer has keeps its id as its name."""
    codebook = load_codebook(CODEBOOK)
    assert codebook.name_of("fair.tax", "zh") == "税收"
    assert codebook.name_of("gone.code") == codebook.domain_of("gone.code") == "gone.code"


def test_an_unknown_framework_gets_the_nearest_name() -> None:
    """The error helps with the spelling."""
    with pytest.raises(UsageError, match="did you mean 'IPEF'"):
        load_codebook(CODEBOOK).framework("IPFE")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("domain: fair_economy", "domain: fair", r"codebook\.yaml:\d+: code fair\.\w+: domain 'fair' is not declared"),
        ("weight: 2.3,", "weight: 0,", r":\d+: rule [\w.]+: weight '0' must be a number above 0"),
        ("phrases: [tax, taxes]", "phrase: [tax, taxes]", r":\d+: rule tax\.weak: unknown key 'phrase'"),
        ("id: tax.weak", "id: tax.core", r":\d+: rule tax\.core: the id is taken on line \d+"),
        ("id: tax.weak, language: en", "id: tax.weak, language: fr", r"language 'fr' is not en or zh"),
        ("phrases: [tax, taxes]", "weight: 1", r"has nothing to find|stands twice"),
        ("  fair.tax:", "  fair.tax: [", r"not valid YAML"),
        (
            "issues: [fair.anti_corruption, fair.tax]",
            "issues: [fair.taxes]",
            r"unknown issue 'fair\.taxes'; did you mean",
        ),
        ('name: {en: "Tax", zh: 税收}', "name: Tax", r"'name' needs both en and zh"),
    ],
)
def test_a_mistake_names_file_line_and_remedy(tmp_path: Path, old: str, new: str, message: str) -> None:
    """Each kind of slip gets one clear line."""
    text = CODEBOOK.read_text(encoding="utf-8")
    assert old in text
    broken = tmp_path / "codebook.yaml"
    broken.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CodebookError, match=message):
        load_codebook(broken)


def test_a_missing_file_says_what_to_do(tmp_path: Path) -> None:
    """No codebook, no traceback."""
    with pytest.raises(CodebookError, match="restore corpus"):
        load_codebook(tmp_path / "codebook.yaml")


def test_the_rule_hash_ignores_names(tmp_path: Path) -> None:
    """A new display name leaves stored tags valid; a new phrase does not."""
    text = CODEBOOK.read_text(encoding="utf-8")
    hashes = []
    for number, (old, new) in enumerate([("", ""), ("zh: 税收}", "zh: 税务}"), ("[tax, taxes]", "[tax, levy]")]):
        path = tmp_path / f"{number}.yaml"
        path.write_text(text.replace(old, new, 1) if old else text, encoding="utf-8")
        hashes.append(load_codebook(path).rules_sha256)
    assert hashes[0] == hashes[1] != hashes[2]
