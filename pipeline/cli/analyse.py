"""Commands on what the documents say: tag, explain, changes, report, export, codebook."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from pipeline.cli.documents import FormatOption
from pipeline.cli.main import app, get_root
from pipeline.cli.output import Format, Progress, print_message, print_rows

codebook_app = typer.Typer(help="Look after corpus/codebook.yaml.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(codebook_app, name="codebook")


@app.command(epilog="Example: parley tag statement.pdf --format jsonl > codes.jsonl")
def tag(
    source: Annotated[str, typer.Argument(help="A file, folder, archive or Parquet table, or - for standard input.")],
    workers: Annotated[
        int | None, typer.Option(min=0, help="Processes, 0 for one a core. [default: one; all for folders, archives]")
    ] = None,
    to: Annotated[str, typer.Option(help="Write partitioned Parquet to this folder or fsspec address instead.")] = "",
    engine: Annotated[str, typer.Option(help="local, or dask for an existing cluster (needs --to).")] = "local",
    scheduler: Annotated[str, typer.Option(help="Address of the Dask scheduler, as tcp://host:8786.")] = "",
    format: FormatOption = Format.jsonl,
) -> None:
    """Code a text without storing it; one object a unit."""
    from pipeline.steps.ingest import choose_workers
    from pipeline.steps.tag import tag_sources
    from pipeline.steps.workspace import find_workspace

    hands = choose_workers([source], workers)
    if to or engine != "local" or scheduler:
        _tag_to_partitions(source, to, engine, scheduler, hands)
        return
    refused = 0

    def iter_rows() -> Any:
        nonlocal refused
        for prepared, rows in tag_sources(find_workspace(get_root()), [source], workers=hands):
            if prepared.error:
                refused += 1
                print_message(f"refused {prepared.error}")
            yield from rows

    print_rows(iter_rows(), format, columns=("unit", "issues", "industries", "action", "text"))
    if refused:
        raise typer.Exit(1)


def _tag_to_partitions(source: str, to: str, engine: str, scheduler: str, workers: int) -> None:
    from pipeline.engine import ClusterSettings
    from pipeline.errors import UsageError
    from pipeline.steps.ingest import IngestOptions, count_candidates
    from pipeline.steps.partitions import write_partitions
    from pipeline.steps.tag import iter_jobs
    from pipeline.steps.workspace import find_workspace

    if engine not in ("local", "dask"):
        raise UsageError(f"--engine {engine}: choose local or dask")
    if engine == "dask" and not (scheduler and to):
        raise UsageError("--engine dask: name the cluster with --scheduler ADDRESS and the place to write with --to")
    if scheduler and engine != "dask":
        raise UsageError("--scheduler: only with --engine dask")
    progress = Progress()
    expected = count_candidates([source]) if progress.shown else 0
    result = write_partitions(
        find_workspace(get_root()),
        iter_jobs([source]),
        to,
        IngestOptions(workers=workers),
        cluster=ClusterSettings(scheduler) if engine == "dask" else None,
        progress=lambda what, done, _: progress(what, done, expected),
    )
    progress.close()
    print_message(
        f"{result.documents} documents, {result.units} units in {result.chunks} parts ({result.kept} finished before),"
        f" {result.refused} refused (see errors/)"
    )
    print(to)
    if result.refused:
        raise typer.Exit(1)


@app.command(epilog="Example: parley explain ttc-3-joint-statement:56")
def explain(
    where: Annotated[str, typer.Argument(help="DOCUMENT:UNIT, as parley search prints it.")],
    format: FormatOption = Format.table,
) -> None:
    """Show which rules fired on a sentence, on what, what the model said, and what tipped the decision."""
    from pipeline.steps.explain import explain_unit
    from pipeline.steps.workspace import find_workspace

    found = explain_unit(find_workspace(get_root()), where)
    if format is not Format.table:
        print_rows([found], format)
        return
    print(f"{found['where']}  {found['section']}")
    print(found["text"])
    print("codes: " + "; ".join(f"{row['code']} {row['score']:.2f} by {row['by']}" for row in found["tags"]))
    print_rows(found["hits"], Format.table, columns=("rule", "code", "matched", "weight"))
    if found["context"]:
        print_rows(found["context"], Format.table, title="heading and lead-in")
    print_rows(found["scores"], Format.table, title="scores of the rules")
    print(found["decision"])


@app.command(
    epilog="Example: parley changes --framework TTC --from 3 --to 4    parley changes --thread 'early warning'"
)
def changes(
    framework: Annotated[str, typer.Option(help="Framework id.")] = "TTC",
    round_from: Annotated[str, typer.Option("--from", help="Earlier round; the last but one where not given.")] = "",
    round_to: Annotated[str, typer.Option("--to", help="Later round; the last where not given.")] = "",
    thread: Annotated[str | None, typer.Option(help="Show threads whose name or sentences hold these words.")] = None,
    issue: Annotated[str, typer.Option(help="Only threads with this issue.")] = "",
    industry: Annotated[str, typer.Option(help="Only threads with this industry.")] = "",
    partner: Annotated[str, typer.Option(help="Only threads that name this partner country.")] = "",
    status: Annotated[str, typer.Option(help="Only changes of this status.")] = "",
    reading: Annotated[
        Path | None,
        typer.Option(help="Write both rounds side by side, changed words marked, to this .md (notes) or .csv (Excel)."),
    ] = None,
    language: Annotated[str, typer.Option(help="Language of the headings of --reading: en or zh.")] = "en",
    format: FormatOption = Format.table,
) -> None:
    """What became of each commitment between two rounds, or an initiative over all of them."""
    from typing import get_args

    from pipeline.records import Status
    from pipeline.steps.changes import list_changes, list_threads
    from pipeline.steps.selections import check_names
    from pipeline.steps.workspace import find_workspace

    workspace = find_workspace(get_root())
    if reading:
        from pipeline.steps.changes import write_reading

        print(write_reading(workspace, framework, reading, round_from=round_from, round_to=round_to, language=language))
        return
    check_names([status] if status else [], get_args(Status), "--status: no status")
    check_names([issue] if issue else [], workspace.codebook.issues, "--issue: no issue")
    check_names([industry] if industry else [], workspace.codebook.industries, "--industry: no industry")
    if thread is not None or issue or industry or partner:
        rows = list_threads(workspace, framework, thread or "", issue=issue, industry=industry, partner=partner)
        print_rows(rows, format, columns=("name", "first", "last", "path", "issues"))
        return
    rows = list_changes(workspace, framework, round_from, round_to, notify=print_message)
    rows = [row for row in rows if status in ("", row["status"])]
    if format is Format.table:
        rows = [_shorten_change(row) for row in rows]
    print_rows(rows, format)


@app.command(epilog="Example: parley report --language both --open")
def report(
    left: Annotated[
        str, typer.Option(help="First framework; the codebook's first with documents where not given.")
    ] = "",
    right: Annotated[str, typer.Option(help="Second framework.")] = "",
    language: Annotated[str, typer.Option(help="en, zh or both.")] = "both",
    workers: Annotated[int, typer.Option(min=0, help="Processes; 0 for one a core.")] = 1,
    open_page: Annotated[bool, typer.Option("--open", help="Open the page in the browser.")] = False,
) -> None:
    """Bring everything up to date and write the report: page, tables, figures, summary."""
    from pipeline.errors import UsageError
    from pipeline.steps.report import make_report
    from pipeline.steps.workspace import find_workspace

    languages = {"both": ("en", "zh"), "en": ("en",), "zh": ("zh",)}.get(language)
    if languages is None:
        raise UsageError(f"--language {language}: choose en, zh or both")
    progress = Progress()
    result = make_report(
        find_workspace(get_root()), left=left, right=right, languages=languages, workers=workers, progress=progress
    )
    progress.close()
    for failure in result.sync.failed:
        print_message(f"refused {failure}")
    if result.sync.changed:
        print_message(result.sync.describe())
    print_message(
        f"the report {'is written' if result.written else 'is up to date, nothing changed'}: it {result.basis}"
    )
    print(result.page)
    if open_page:
        typer.launch(result.page.as_uri())
    if result.sync.failed:
        raise typer.Exit(1)


@app.command(epilog="Example: parley export --to out --formats csv,parquet")
def export(
    to: Annotated[Path, typer.Option("--to", help="Folder to write to.")],
    formats: Annotated[
        str, typer.Option(help="Some of csv,parquet,jsonl,xlsx,quanteda,refi,conllu; all where not given.")
    ] = "",
) -> None:
    """Write units, tags, overlap, changes and codebook for pandas, R, Excel and QDA software."""
    from pipeline.report import export_corpus
    from pipeline.steps.report import gather_report
    from pipeline.steps.workspace import find_workspace

    for path in export_corpus(gather_report(find_workspace(get_root())), to, formats=tuple(split_names(formats))):
        print(path)


@codebook_app.command("check", epilog="Example: parley codebook check")
def check_codebook(format: FormatOption = Format.table) -> None:
    """Check corpus/codebook.yaml and say what it changes in the stored tags."""
    from pipeline.steps.codebook import compare_codebook
    from pipeline.steps.workspace import find_workspace

    summary, rows = compare_codebook(find_workspace(get_root()))
    print_message(summary)
    if rows:
        print_rows(rows, format)


def split_names(text: str) -> list[str]:
    """Names between commas, blanks around them dropped."""
    return [part.strip() for part in text.split(",") if part.strip()]


def _shorten_change(row: dict[str, Any]) -> dict[str, Any]:
    earlier = row["from"][0]["text"] if row["from"] else ""
    later = row["to"]["text"] if row["to"] else ""
    return {
        "status": row["status"],
        "issues": row["issues"][:1],
        "action": f"{row['action_from'] or '-'} > {row['action_to'] or '-'}",
        "score": row["score"],
        "earlier": earlier[:90],
        "later": later[:90],
    }
