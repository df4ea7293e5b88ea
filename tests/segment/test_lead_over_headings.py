"""A lead-in right before headed lists introduces all of them; one with its own list does not."""

from __future__ import annotations

from pipeline.extract.markdown import extract_markdown
from pipeline.segment import segment_blocks


def leads(text: str) -> list[str]:
    extraction = extract_markdown(text)
    return [unit.lead for unit in segment_blocks("d", extraction.text, extraction.blocks) if unit.kind == "list_item"]


def test_lead_in_reaches_over_headings() -> None:
    """Both headed lists stand under the lead-in."""
    assert (
        leads("We announced:\n\n## Ports\n\n- Opening a pier.\n\n## Roads\n\n- Paving a lane.\n")
        == ["We announced:"] * 2
    )


def test_lead_in_with_its_own_list_ends_at_the_heading() -> None:
    """The list under the next heading stands alone, and so does one after a paragraph."""
    assert leads("We announced:\n\n- Opening a pier.\n\n## Roads\n\n- Paving a lane.\n") == ["We announced:", ""]
    assert leads("We announced:\n\n## Ports\n\nA word first.\n\n- Opening a pier.\n") == [""]


def test_lead_in_may_end_in_a_full_stop() -> None:
    """A sentence that points to what follows introduces it as a colon does."""
    assert leads("We will work on the following areas.\n\n## Ports\n\n- Opening a pier.\n") == [
        "We will work on the following areas."
    ]
    assert leads("We met in Porto.\n\n- Opening a pier.\n") == [""]
