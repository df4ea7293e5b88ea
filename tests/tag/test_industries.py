"""Which industries an English sentence names: products and technologies, not titles, places or other senses."""

from __future__ import annotations

import pytest
from rulekit import CODEBOOK, make_unit

from pipeline.codebook import load_codebook
from pipeline.tag.rules import RuleTagger


@pytest.fixture(scope="module")
def tagger() -> RuleTagger:
    return RuleTagger(load_codebook(CODEBOOK))


def code_industries(tagger: RuleTagger, text: str) -> set[str]:
    return {tag.code_id for tag in tagger.tag_units([make_unit(text)])[0].industries}


@pytest.mark.parametrize(
    "text",
    [
        "The embassy in Port Vila opens in spring.",
        "Silicon Valley hosts the next round.",
        "Money under the CHIPS and Science Act flows to towns.",
        "COVAX got more pledges.",
        "President Moon thanked the host.",
        "Seed funding goes to ten founders.",
        "Troops get logistical support and new aircraft.",
        "Digital literacy opens doors for girls.",
        "Officials of the International Telecommunication Union came.",
        "Data mining needs a licence.",
        "Health insurance gets cheaper.",
        "Cancer takes many lives.",
        "Digital services taxes were set aside.",
        "A quantum leap in trust is needed.",
    ],
)
def test_names_and_other_senses_are_no_industry(tagger: RuleTagger, text: str) -> None:
    """A word within a name, a title or another sense names no industry."""
    assert code_industries(tagger, text) == set()


@pytest.mark.parametrize(
    ("text", "industries"),
    [
        ("Clean vehicles and ZEVs get cheaper.", {"electric_vehicles"}),
        ("Electric and hydrogen-powered vehicles share a plug.", {"electric_vehicles", "clean_energy"}),
        ("Self-driving lorries need maps.", {"automotive"}),
        ("Solid-state batteries are tested.", {"electric_vehicles"}),
        ("A joint fund for quantum, AI and space opens.", {"quantum", "artificial_intelligence", "space"}),
        ("Semiconductors and electronics lead exports.", {"semiconductors", "electronics"}),
        ("Digital health helps remote islands.", {"medical"}),
        ("Clean and affordable energy is within reach.", {"clean_energy"}),
        ("The grid of the north is joined to that of the south.", {"clean_energy"}),
        ("Supercomputers are shared.", {"ict"}),
        ("Fintech and digital payments grow.", {"services", "digital_trade"}),
        ("Civil aviation and airports reopen.", {"transport"}),
        ("Bauxite and alumina stay in short supply.", {"critical_minerals"}),
    ],
)
def test_products_and_technologies_count(tagger: RuleTagger, text: str, industries: set[str]) -> None:
    """The industry counts by any of its products or technologies."""
    assert code_industries(tagger, text) == industries
