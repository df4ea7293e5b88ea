"""Commands on documents: ingest, fetch, status, search, verify."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.cli.main import app, get_root
from pipeline.cli.output import Format, Progress, print_message, print_rows

if TYPE_CHECKING:
    from pipeline.steps.editions import Edition
    from pipeline.steps.ingest import IngestResult
    from pipeline.steps.replace import Replacement

FormatOption = Annotated[Format, typer.Option("--format", help="How to print lists.")]


@app.command(epilog="Example: parley ingest statement.pdf --framework TTC --round 6")
def ingest(
    sources: Annotated[list[str], typer.Argument(help="Files, folders, http(s) addresses, or - for standard input.")],
    framework: Annotated[str, typer.Option(help="Framework id of the codebook; else recognised from the text.")] = "",
    round: Annotated[str, typer.Option(help="Round id, for example 4 or 'Detroit 2023'.")] = "",
    date: Annotated[str, typer.Option(help="Date as 2024-04-05.")] = "",
    kind: Annotated[str, typer.Option(help="For example 'joint statement', 'fact sheet', paper.")] = "",
    title: Annotated[str, typer.Option(help="Title of the document.")] = "",
    language: Annotated[str, typer.Option(help="en or zh.")] = "",
    password: Annotated[str | None, typer.Option(help="Password of an encrypted PDF.")] = None,
    workers: Annotated[
        int | None, typer.Option(min=0, help="Processes, 0 for one a core. [default: one; all for folders, archives]")
    ] = None,
    timeout: Annotated[
        float, typer.Option(min=1, help="Seconds a document may take to read, before pages are added.")
    ] = 60.0,
    memory: Annotated[int, typer.Option(min=128, help="Megabytes the reading process may use.")] = 2048,
    max_bytes: Annotated[int, typer.Option(min=1, help="Largest file taken.")] = 100_000_000,
    replace: Annotated[
        str, typer.Option(metavar="DOCUMENT", help="Put this newer version in place of a stored document.")
    ] = "",
    format: FormatOption = Format.table,
) -> None:
    """Take documents in: recognise what they are, keep the originals, extract and code the text."""
    from pipeline.steps.fetch import expand_addresses
    from pipeline.steps.ingest import IngestOptions, check_flags, choose_workers, count_candidates, ingest_sources
    from pipeline.steps.replace import replace_document
    from pipeline.steps.rows import to_ingest_row
    from pipeline.steps.workspace import find_workspace

    workspace = find_workspace(get_root())
    given = {"framework": framework, "round": round, "date": date, "kind": kind, "title": title, "language": language}
    hands = choose_workers(sources, workers)
    options = IngestOptions(check_flags(workspace, given), password, hands, timeout, memory, max_bytes)
    editions: list[Edition] = []
    candidates = expand_addresses(sources, max_bytes)
    results: Iterable[IngestResult] = ()
    if replace:
        replacement = replace_document(workspace, list(candidates), replace, options)
        results = [replacement.result]
        editions.extend(replacement.editions)
    else:
        results = ingest_sources(workspace, candidates, options, report_editions=editions.extend)
    rows: list[dict[str, Any]] = []
    refused = 0
    faults: list[str] = []
    progress = Progress()
    expected = count_candidates(sources) if progress.shown else 0
    for result in results:
        faults.append(result.model_fault)
        progress("documents", len(rows) + 1, expected)
        if result.status == "refused":
            refused += 1
            print_message(f"refused {result.message}")
        rows.append(to_ingest_row(result))
    progress.close()
    chosen = {edition.document_id: edition for edition in editions}
    for row in rows:
        if row["document"] in chosen:
            row["same_statement_as"] = chosen[row["document"]].stands_for
    shown = [row for row in rows if row["status"] != "refused" or format is not Format.table]
    if shown:
        columns = ("status", "document", "framework", "round", "kind", "date", "language", "title", "same_statement_as")
        print_rows(shown, format, columns=columns)
    for edition in editions:
        print_message(
            f"{edition.document_id}: same statement as {edition.stands_for}, counted for both ({edition.why})"
        )
    _print_model_fault(faults)
    if replace:
        _print_realigned(replacement)
    if refused:
        raise typer.Exit(1)


def _print_model_fault(faults: Iterable[str]) -> None:
    """One line where the model could not be used: what is wrong, what that means, what to do."""
    fault = next(filter(None, faults), "")
    if fault:
        print_message(f"warning: {fault}; stored documents are coded by rules alone until parley promote names a model")


def _print_realigned(replacement: Replacement) -> None:
    """What became of the annotations; each that no longer fits on a line of its own."""
    for file in replacement.realigned:
        name = f"{file.document_id}.{file.coder}.jsonl"
        print_message(f"{name}: {file.kept} annotations follow their text, {len(file.lost)} no longer fit")
        for unit in file.lost:
            print_message(f"{name}: no sentence for the one at {unit.start}-{unit.end} ({', '.join(unit.issues)})")


@app.command(epilog="Example: parley fetch --from ../statements    parley fetch ttc-6-joint-statement")
def fetch(
    ids: Annotated[
        list[str] | None, typer.Argument(help="Catalogue ids; all with a known hash where none is given.")
    ] = None,
    from_dir: Annotated[
        Path | None, typer.Option("--from", help="A folder of files named by id or as in the mirror's paths.")
    ] = None,
    accept_changed: Annotated[
        bool, typer.Option(help="Take a document whose hash differs from the catalogue's.")
    ] = False,
    format: FormatOption = Format.table,
) -> None:
    """Get catalogue documents from their addresses, or from a folder; check each against its hash."""
    from pipeline.steps.fetch import fetch_catalogue
    from pipeline.steps.workspace import find_workspace

    workspace = find_workspace(get_root())
    results = list(fetch_catalogue(workspace, ids or [], from_dir, accept_changed=accept_changed))
    for result in results:
        if result.status == "refused":
            print_message(f"refused {result.message}")
    _print_model_fault(r.model_fault for r in results)
    rows = [{"document": r.document_id or r.source, "status": r.status, "message": r.message} for r in results]
    if format is Format.table:
        stored = sum(r.status == "stored" for r in results)
        known = sum(r.status == "known" for r in results)
        print_message(f"{stored} stored, {known} stored already, {len(results) - stored - known} refused")
    else:
        print_rows(rows, format)
    if any(r.status == "refused" for r in results):
        raise typer.Exit(1)


@app.command(epilog="Example: parley status --format csv")
def status(format: FormatOption = Format.table) -> None:
    """Show the documents, what is stale, which rounds have no official text, and what was refused."""
    from pipeline.steps.rows import list_stored
    from pipeline.steps.status import read_status
    from pipeline.steps.workspace import find_workspace

    report = read_status(find_workspace(get_root()))
    rows = list_stored(report.documents, report.stale)
    columns = ("document", "framework", "round", "kind", "date", "basis", "units", "unsure", "warnings", "edition_of")
    print_rows(rows, format, columns=columns)
    for line in report.lines:
        print_message(line)


@app.command(epilog="Example: parley search '\"critical minerals\" dialogue' --framework IPEF")
def search(
    query: Annotated[list[str], typer.Argument(help='Words that must all occur; "quoted words" in that order.')],
    framework: Annotated[str, typer.Option(help="Only this framework.")] = "",
    round: Annotated[str, typer.Option(help="Only this round.")] = "",
    language: Annotated[str, typer.Option(help="en or zh.")] = "",
    limit: Annotated[int, typer.Option(min=1, help="At most so many sentences.")] = 20,
    format: FormatOption = Format.table,
) -> None:
    """Find sentences, in English and Chinese, best matches first."""
    from pipeline.steps.rows import list_hits
    from pipeline.steps.selections import check_names
    from pipeline.steps.status import require_store
    from pipeline.steps.workspace import find_workspace

    workspace = find_workspace(get_root())
    if framework:
        framework = workspace.codebook.framework(framework).id
    with require_store(workspace) as store:
        rounds = {d.round for d in store.read_overview() if framework in ("", d.framework)}
        check_names([round] if round else [], rounds, f"{framework or 'the corpus'} has no documents for round")
        hits = store.search_units(" ".join(query), framework=framework, round_id=round, language=language, limit=limit)
    print_rows(list_hits(hits), format, columns=("where", "round", "issues", "action", "text"))


@app.command(epilog="Example: parley verify")
def verify(format: FormatOption = Format.table) -> None:
    """Check originals against their hashes, the store, every offset, annotations and the model."""
    from pipeline.steps.verify import verify_corpus
    from pipeline.steps.workspace import find_workspace

    problems, checked = verify_corpus(find_workspace(get_root()))
    for problem in problems:
        print_message(problem)
    if format is not Format.table:
        print_rows([{"problem": problem} for problem in problems], format)
    print_message(f"{checked} documents checked, {len(problems)} problems")
    if problems:
        raise typer.Exit(1)
