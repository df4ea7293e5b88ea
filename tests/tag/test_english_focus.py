"""What an English sentence is about, by the project's codebook: tie-breaks, asides, numbered paragraphs."""

from __future__ import annotations

import pytest
from rulekit import CODEBOOK, make_unit

from pipeline.codebook import load_codebook
from pipeline.tag.rules import RuleTagger


@pytest.fixture(scope="module")
def tagger() -> RuleTagger:
    return RuleTagger(load_codebook(CODEBOOK))


def code_issues(tagger: RuleTagger, text: str) -> list[str]:
    return [tag.code_id for tag in tagger.tag_units([make_unit(text)])[0].issues]


@pytest.mark.parametrize(
    ("text", "issues"),
    [
        ("Vaccines will be donated to clinics abroad.", ["other.geopolitics"]),
        ("More scholarships let students study abroad.", ["other.geopolitics"]),
        ("The ministries will build up clean energy manufacturing.", ["climate.clean_technology"]),
        ("Battery supply chains shall become stronger.", ["supply.resilience", "climate.clean_technology"]),
        ("Unabated coal plants close by the end of the decade.", ["climate.energy_transition"]),
        ("Loss and damage gets a new fund.", ["climate.incentives"]),
        ("Roads and other quality infrastructure wait for money.", ["trade.inclusion"]),
        ("Talks on steel and aluminum tariffs go on.", ["trade.barriers"]),
        ("The arrangement for sustainable steel and aluminum goes on.", ["climate.green_trade"]),
        ("Domestic revenue grows when both mobilize domestic resources.", ["fair.tax"]),
        ("A dialogue on critical and emerging technology meets yearly.", ["digital.emerging_tech"]),
        ("Ports of entry get new lanes.", ["supply.logistics"]),
        ("The bank finances offshore wind.", ["climate.incentives", "climate.clean_technology"]),
        ("The Minister for Climate Change and Energy spoke on bribery.", ["fair.anti_corruption"]),
        ("Trade policy eases the way to a net-zero economy.", ["climate.green_trade"]),
    ],
)
def test_the_tie_breaks_of_the_codebook_hold(tagger: RuleTagger, text: str, issues: list[str]) -> None:
    """Health and exchanges are no trade matter; the special clean-energy code goes before the general one."""
    assert code_issues(tagger, text) == issues


@pytest.mark.parametrize(
    ("about", "aside"),
    [
        ("Both will stockpile cobalt", "guided by respect for human rights and democracy"),
        ("Both will share licensing decisions", "with a view to stronger supply chains"),
        ("A hotline warns of shortages", "in the context of the war of aggression"),
    ],
)
def test_what_is_named_in_passing_counts_less(tagger: RuleTagger, about: str, aside: str) -> None:
    """Ends, grounds and circumstances do not change the main issue."""
    assert code_issues(tagger, f"{about} {aside}.")[0] == code_issues(tagger, f"{about}.")[0]


def test_a_numbered_paragraph_begins_anew(tagger: RuleTagger) -> None:
    """Without words of its own it is procedure, while a plain next sentence goes on with the matter before."""
    first = make_unit("Tariffs on shoes will fall.", 0, paragraph=0)
    plain, numbered = (make_unit(text, 1, paragraph=0) for text in ("Both are glad.", "7. Both are glad."))
    assert [tag.code_id for tag in tagger.tag_units([first, plain])[1].issues] == ["trade.barriers"]
    assert [tag.code_id for tag in tagger.tag_units([first, numbered])[1].issues] == ["other.procedural"]


def test_of_a_list_of_areas_the_first_three_count(tagger: RuleTagger) -> None:
    """In the order in which they are named, however often the later ones are spoken of."""
    text = "Panels deal with privacy, bribery, heat pumps, export controls and controls on dual-use exports of chips."
    assert code_issues(tagger, text) == ["digital.data_governance", "fair.anti_corruption", "climate.clean_technology"]


@pytest.mark.parametrize(
    ("text", "issues"),
    [
        ("Capacity building for telecom networks and data centres is financed.", ["digital.infrastructure"]),
        ("Capacity building in developing countries is financed.", ["trade.inclusion"]),
        ("Due diligence keeps forced labour out of global supply chains.", ["supply.labor"]),
    ],
)
def test_means_and_places_yield_to_the_matter(tagger: RuleTagger, text: str, issues: list[str]) -> None:
    """Help for partners and the word supply chain are codes of their own only where nothing special is named."""
    assert code_issues(tagger, text) == issues


@pytest.mark.parametrize(
    ("text", "issues"),
    [
        ("USAID trains engineers for open RAN networks.", ["digital.infrastructure"]),
        ("Police from both sides get training and new radios.", ["other.geopolitics"]),
        ("Women chair the panels on exchange programs.", ["other.geopolitics"]),
        ("Export controls on critical technologies will be tightened.", ["security.export_controls"]),
        ("Joint research on malaria will grow.", ["other.geopolitics"]),
        ("Joint research on new alloys will grow.", ["digital.emerging_tech"]),
        ("The National Security Advisors met again.", ["other.procedural"]),
        ("Each is the largest trading partner of the other.", ["other.procedural"]),
        ("Rural electrification reaches the islands.", ["trade.inclusion"]),
    ],
)
def test_actors_and_objects_are_not_the_matter(tagger: RuleTagger, text: str, issues: list[str]) -> None:
    """Who pays, who is trained and what is guarded give no code beside what the sentence is about."""
    assert code_issues(tagger, text) == issues


@pytest.mark.parametrize(
    ("text", "issues"),
    [
        ("A free and open internet carries trade.", ["digital.infrastructure"]),
        ("A free and open internet guards human rights against censorship.", ["security.technology_misuse"]),
        ("An early warning tells of chip shortages.", ["supply.disruption_response"]),
        ("A radar gives early warning of missiles.", ["other.geopolitics"]),
        ("Maritime coercion endangers the status quo.", ["other.geopolitics"]),
        ("Trade coercion by third countries is opposed.", ["trade.global_challenges"]),
        ("Firms must respect human rights along their supply chains.", ["supply.labor"]),
        ("Climate-smart agriculture spreads on the coast.", ["climate.land_water_ocean"]),
        ("Investors need information on climate risks.", ["climate.incentives"]),
    ],
)
def test_company_tells_two_senses_apart(tagger: RuleTagger, text: str, issues: list[str]) -> None:
    """The same words mean one matter beside some words and another beside others."""
    assert code_issues(tagger, text) == issues


def test_a_heading_adds_no_second_issue(tagger: RuleTagger) -> None:
    """Beside the main issue another one counts by the unit's own words, however often the heading has it."""
    text = "Feasibility studies on hydrogen, heat pumps and smart grids create jobs."
    for section in ("", "Labor rights"):
        (tags,) = tagger.tag_units([make_unit(text, section=section)])
        assert "supply.labor" not in [tag.code_id for tag in tags.issues][1:]
