"""Commands that compare: overlap of two selections, a paper's claims against the statements."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.analyse import split_names
from pipeline.cli.documents import FormatOption
from pipeline.cli.main import app, get_root
from pipeline.cli.output import Format, print_message, print_rows
from pipeline.steps.overlap_rows import PARTS, list_rows

VERDICTS = ("supported", "contradicted", "not covered")

if TYPE_CHECKING:
    from pipeline.records import OverlapResult


@app.command(
    epilog="Example: parley overlap --left TTC --right IPEF --format json    "
    "parley overlap --left TTC --rounds 3 --right TTC --right-rounds 4 --show pairs"
)
def overlap(
    left: Annotated[str, typer.Option(help="First framework.")] = "TTC",
    right: Annotated[str, typer.Option(help="Second framework; may be the first one again.")] = "IPEF",
    rounds: Annotated[str, typer.Option(help="Only these rounds of the first, comma separated.")] = "",
    right_rounds: Annotated[str, typer.Option(help="Only these rounds of the second.")] = "",
    documents: Annotated[str, typer.Option(help="Only these documents of the first, comma separated.")] = "",
    right_documents: Annotated[str, typer.Option(help="Only these documents of the second.")] = "",
    kinds: Annotated[str, typer.Option(help="Only these kinds of document, for example 'joint statement'.")] = "",
    exclude_kinds: Annotated[
        str, typer.Option(help="Kinds of document left out, for example 'press call,remarks'.")
    ] = "",
    partitions: Annotated[
        str, typer.Option(help="Read what parley tag --to wrote there instead of the store; adds the drift.")
    ] = "",
    show: Annotated[
        str, typer.Option(help=f"One part, in any format: {', '.join(PARTS)}; an overview where not given.")
    ] = "",
    format: FormatOption = Format.table,
) -> None:
    """How far two frameworks, rounds or documents share subjects: presence, measures with intervals and
    nulls, the paper's tables, content in common, course of time."""
    from pipeline.errors import UsageError, hint_nearest
    from pipeline.steps.results import compute_overlap, load_corpus
    from pipeline.steps.selections import Scope
    from pipeline.steps.workspace import find_workspace

    if show and show not in PARTS:
        raise UsageError(f"--show {show}: {hint_nearest(show, PARTS)} choose one of {', '.join(PARTS)}")
    workspace = find_workspace(get_root())
    if partitions:
        from pipeline.steps.partitions import load_partitions

        corpus = load_partitions(workspace, partitions, [left, right])
    else:
        corpus = load_corpus(workspace)
    result = compute_overlap(
        corpus,
        Scope(left, tuple(split_names(rounds)), tuple(split_names(documents))),
        Scope(right, tuple(split_names(right_rounds)), tuple(split_names(right_documents))),
        kinds=split_names(kinds),
        exclude_kinds=split_names(exclude_kinds),
    )
    if show:
        print_rows(list_rows(result, show), format)
    elif format in (Format.json, Format.jsonl):
        import json

        from pipeline.steps.explain import to_plain

        print(json.dumps(to_plain(result), ensure_ascii=False, indent=1 if format is Format.json else None))
    elif format is Format.csv:
        print_rows(list_rows(result, "presence"), format)
    else:
        _print_overview(result)
    for note in result.notes:
        print_message(note)


@app.command(epilog="Example: parley claims --format json")
def claims(
    verdict: Annotated[str, typer.Option(help="Only supported, contradicted or 'not covered'.")] = "",
    format: FormatOption = Format.table,
) -> None:
    """Check what the paper claims against the documents at hand (how to write claims: docs/claims.md)."""
    from pipeline.errors import UsageError, hint_nearest
    from pipeline.steps.explain import list_verdicts
    from pipeline.steps.workspace import find_workspace

    if verdict and verdict not in VERDICTS:
        raise UsageError(f"--verdict {verdict}: {hint_nearest(verdict, VERDICTS)} choose one of {', '.join(VERDICTS)}")
    workspace = find_workspace(get_root())
    if not workspace.claims.exists():
        raise UsageError(f"{workspace.claims}: no claims to check; write them as docs/claims.md tells")
    rows = list_verdicts(workspace)
    print_rows(
        [row for row in rows if verdict in ("", row["verdict"])],
        format,
        columns=("id", "verdict", "text", "reason"),
    )
    counts = ", ".join(f"{sum(row['verdict'] == name for row in rows)} {name}" for name in VERDICTS)
    print_message(f"{len(rows)} claims: {counts}")


def _print_overview(result: OverlapResult) -> None:
    domains = [row for row in list_rows(result, "presence") if row["dimension"] == "domain"]
    columns = ("selection", "code", "sentences", "share", "low", "high", "documents", "present")
    print_rows(domains, Format.table, columns=columns, title=f"{result.left} and {result.right} by domain")
    print_rows(list_rows(result, "measures"), Format.table, title="Overlap")
    crosswalk = list_rows(result, "crosswalk")
    columns = ("row", "name_en", "left", "left_sentences", "right", "right_sentences", "relation", "paper_relation")
    for table in dict.fromkeys(row["table"] for row in crosswalk):
        rows = [row for row in crosswalk if row["table"] == table]
        title = table.capitalize() if table.startswith("figure") else f"Table {table}"
        print_rows(rows, Format.table, columns=columns, title=title)
