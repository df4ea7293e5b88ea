"""Commands on the classifier: train, evaluate, promote, review."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.documents import FormatOption
from pipeline.cli.main import app, get_root
from pipeline.cli.output import Format, Progress, print_message, print_rows

review_app = typer.Typer(
    help="Choose units for a coder, and take the answers back.", no_args_is_help=True, rich_markup_mode=None
)
app.add_typer(review_app, name="review")


@app.command(epilog="Example: parley train    parley train --embeddings ~/models/my-static-model")
def train(
    embeddings: Annotated[
        str,
        typer.Option(help="Your own sentence embeddings as well: a local model folder, or MODULE:FUNCTION of yours."),
    ] = "",
) -> None:
    """Fit a classifier on the annotations and available texts, as a candidate with its card."""
    from pipeline.steps.models import train_model
    from pipeline.steps.workspace import find_workspace

    progress = Progress()
    folder = train_model(find_workspace(get_root()), embedder=embeddings, progress=progress)
    progress.close()
    print_message(f"read its card, {folder / 'card.md'}, and put it to use with: parley promote {folder.name}")
    print(folder)


@app.command(epilog="Example: parley models")
def models(format: FormatOption = Format.table) -> None:
    """List the trained classifiers with their held-out figures, and which one is in use."""
    from pipeline.steps.models import list_models
    from pipeline.steps.workspace import find_workspace

    print_rows(list_models(find_workspace(get_root())), format)


@app.command(epilog="Example: parley evaluate --slice macro    parley evaluate --changes")
def evaluate(
    agreement: Annotated[bool, typer.Option("--agreement", help="Agreement of the two coders instead.")] = False,
    left_out: Annotated[str, typer.Option(help="What is held out in turn: document or round.")] = "document",
    slice: Annotated[str, typer.Option(help="Only this slice: all, macro, document:ID, language:zh, code:ID.")] = "",
    changes: Annotated[
        bool, typer.Option("--changes", help="Links and statuses between rounds against the coders' instead.")
    ] = False,
    confusion: Annotated[bool, typer.Option("--confusion", help="Confusions and the worst units instead.")] = False,
    format: FormatOption = Format.table,
) -> None:
    """Score majority, plain TF-IDF, rules, classifier and their combination on held-out documents."""
    from pipeline.errors import UsageError
    from pipeline.steps.evaluation import evaluate_agreement, run_evaluation
    from pipeline.steps.rows import list_scores
    from pipeline.steps.workspace import find_workspace

    if left_out not in ("document", "round"):
        raise UsageError(f"--left-out {left_out}: choose document or round")
    workspace = find_workspace(get_root())
    progress = Progress()
    if changes:
        from pipeline.steps.change_gold import evaluate_change_gold

        rows, missing = evaluate_change_gold(workspace)
        for line in missing:
            print_message(f"left out: {line}")
    elif agreement:
        rows = evaluate_agreement(workspace)
    else:
        evaluation = run_evaluation(workspace, left_out=left_out, progress=progress)
        rows = evaluation.rows
    progress.close()
    if confusion and not agreement and not changes:
        worst = [
            {
                "unit": f"{judged.document_id}:{judged.n}",
                "gold": list(judged.gold.issues),
                "found": list(judged.found.issues),
                "action_gold": judged.gold.action,
                "action_found": judged.found.action,
            }
            for judged in evaluation.worst
        ]
        print_rows(worst, format, title="the worst units")
        return
    shown = [
        row
        for row in rows
        if slice in ("", row.slice)
        and (slice or changes or format is not Format.table or row.slice in ("all", "macro"))
    ]
    print_rows(list_scores(shown), format)


@app.command(epilog="Example: parley promote 2026-11-24-ab12cd")
def promote(
    name: Annotated[str, typer.Argument(help="Folder name of the candidate in models/.")],
    force: Annotated[
        str, typer.Option("--force", help="Promote all the same, for this reason; goes into the card.")
    ] = "",
) -> None:
    """Put a candidate to use if it does no worse than the model in use on the same held-out folds."""
    from pipeline.steps.models import promote_model
    from pipeline.steps.workspace import find_workspace

    comparison = promote_model(find_workspace(get_root()), name, force_reason=force)
    print_message(f"{name} is in use; {comparison.summary if comparison else 'nothing was compared'}")


@review_app.command("export", epilog="Example: parley review export review.csv --size 50")
def export_review(
    path: Annotated[Path, typer.Argument(help="Where to write the file.")] = Path("review.csv"),
    tool: Annotated[str, typer.Option(help="Who reads it: csv (Excel), doccano, label-studio or prodigy.")] = "csv",
    size: Annotated[int, typer.Option(help="How many units at the most.")] = 100,
) -> None:
    """Write the units that a coder should look at next: unsure, disputed or rare codes, a tenth at random."""
    from pipeline.steps.review import export_review as write_review
    from pipeline.steps.workspace import find_workspace

    count = write_review(find_workspace(get_root()), path, format=tool, size=size)
    print_message(f"{count} units to code; when they are: parley review import {path} --coder YOUR-NAME")
    print(path)


@review_app.command("import", epilog="Example: parley review import review.csv --coder anna")
def import_review(
    path: Annotated[Path, typer.Argument(help="The exported file with the answers filled in.")],
    coder: Annotated[str, typer.Option(help="Who coded: letters, digits and hyphens.")],
    date: Annotated[str, typer.Option(help="Day of coding, as 2026-11-24 (default: today).")] = "",
) -> None:
    """Store a coder's answers as annotations beside those of other coders, and show what changed."""
    from datetime import date as day

    from pipeline.steps.review import import_review as read_review
    from pipeline.steps.workspace import find_workspace

    summary = read_review(find_workspace(get_root()), path, coder=coder, date=date or day.today().isoformat())
    for line in (*summary.differences, *summary.refused):
        print_message(line)
    print_message(
        f"{summary.new} new, {summary.changed} changed, {summary.same} as before, {len(summary.refused)} refused;"
        " learn from them with: parley train"
    )
    for name in summary.files:
        print(name)
    if summary.refused:
        raise typer.Exit(1)
