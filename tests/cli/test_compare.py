"""parley overlap and parley claims as an analyst meets them."""

from __future__ import annotations

import csv
import io
import json

import pytest
from cli_run import Run

pytestmark = pytest.mark.usefixtures("built")


@pytest.mark.parametrize("part", ["presence", "measures", "crosswalk", "content", "pairs", "time", "sensitivity"])
def test_each_part_of_an_overlap_is_shown(run: Run, part: str) -> None:
    """--show prints one part, with one header for all its rows."""
    status, out, _ = run("overlap", "--show", part, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert status == 0
    assert rows
    assert None not in rows[0]


def test_two_rounds_of_one_framework(run: Run) -> None:
    """Any two selections: the same framework in different rounds, under names of their own."""
    status, out, _ = run(
        "overlap", "--left", "ttc", "--rounds", "2", "--right", "TTC", "--right-rounds", "5", "--format", "json"
    )
    result = json.loads(out)
    assert status == 0
    assert (result["left"], result["right"]) == ("TTC 2", "TTC 5")
    assert {row["selection"] for row in result["presence"]} == {"TTC 2", "TTC 5"}


def test_two_documents(run: Run) -> None:
    """Documents are named by their ids."""
    words = (
        "--documents",
        "digest-ttc-2",
        "--right-documents",
        "digest-ipef-launch",
        "--show",
        "presence",
        "--format",
        "json",
    )
    status, out, _ = run("overlap", *words)
    assert status == 0
    assert {row["selection"] for row in json.loads(out)} == {"TTC digest-ttc-2", "IPEF digest-ipef-launch"}


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--left", "TCC"), "TTC"),
        (("--rounds", "9"), "TTC has no documents for round '9'; there are: 2, 5"),
        (("--documents", "digest-tc-2"), "did you mean 'digest-ttc-2'?"),
        (("--kinds", "digests"), "did you mean 'digest'?"),
        (("--exclude-kinds", "digest"), "no units to compare"),
        (("--right", "TTC"), "both sides are TTC"),
        (("--show", "everything"), "choose one of presence, measures"),
    ],
)
def test_wrong_selection_is_told_with_the_nearest_name(run: Run, words: tuple[str, ...], message: str) -> None:
    """Exit status 2 and one line that says what there is."""
    status, out, err = run("overlap", *words)
    assert (status, out) == (2, "")
    assert message in err
    assert err.count("\n") == 1


def test_claims_are_counted_by_verdict(run: Run) -> None:
    """All claims as rows on stdout, the sums as a message."""
    status, out, err = run("claims", "--format", "json")
    rows = json.loads(out)
    assert status == 0
    assert all(row["reason"] and row["reason_zh"] for row in rows)
    assert f"{len(rows)} claims: " in err


def test_unknown_verdict_is_refused(run: Run) -> None:
    """A verdict that there is not would list nothing and look like an answer."""
    status, out, err = run("claims", "--verdict", "true")
    assert (status, out) == (2, "")
    assert "choose one of supported, contradicted, not covered" in err
