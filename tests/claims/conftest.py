"""Builders for the tests of claims."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from pipeline.claims import check_claims
from pipeline.codebook import Codebook, load_codebook
from pipeline.records import Claim, ClaimVerdict, CodedUnit, Tag, Unit, UnitTags

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def codebook() -> Codebook:
    return load_codebook(ROOT / "corpus" / "codebook.yaml")


@pytest.fixture(scope="session")
def said() -> Callable[..., list[CodedUnit]]:
    """Sentences of one document as coded units: said("doc", "A.", "B.", round_id="2")."""

    def build(
        document: str,
        *texts: str,
        issues: str = "other.procedural",
        industries: str = "",
        framework: str = "TTC",
        round_id: str = "1",
        kind: str = "joint statement",
        date: str = "2021-09-29",
        basis: str = "official",
        section: str = "",
        paragraph: int | None = None,
    ) -> list[CodedUnit]:
        return [
            CodedUnit(
                Unit(
                    document,
                    n,
                    n * 200,
                    n * 200 + len(text),
                    text,
                    section,
                    n if paragraph is None else paragraph,
                    "en",
                ),
                UnitTags(
                    tuple(Tag("issue", code_id, 1.0, "t") for code_id in issues.split()),
                    tuple(Tag("industry", code_id, 1.0, "t") for code_id in industries.split()),
                    Tag("action", "none", 1.0, "t"),
                ),
                framework,
                round_id,
                kind,
                date,
                basis,  # type: ignore[arg-type]
            )
            for n, text in enumerate(texts)
        ]

    return build


@pytest.fixture(scope="session")
def check(codebook: Codebook) -> Callable[..., ClaimVerdict]:
    """The verdict on one claim: check("presence", {...}, units, catalogue=[...])."""

    def run(
        kind: str, query: dict[str, object], units: Sequence[CodedUnit], catalogue: Sequence[dict[str, str]] = ()
    ) -> ClaimVerdict:
        claim = Claim("c", "Something holds.", "某事成立。", "page 1", kind, query)
        return check_claims([claim], units, (), codebook, catalogue=catalogue)[0]

    return run
