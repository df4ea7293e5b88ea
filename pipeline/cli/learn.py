"""Commands on the classifier: train, evaluate, promote, review."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.cli.documents import FormatOption
from pipeline.cli.main import app, get_root
from pipeline.cli.output import Format, Progress, print_message, print_rows
from pipeline.errors import PipelineError

review_app = typer.Typer(
    help="Choose units for a coder, and take the answers back.", no_args_is_help=True, rich_markup_mode=None
)
app.add_typer(review_app, name="review")


@app.command(epilog="Example: parley train")
def train() -> None:
    """Fit a classifier on the annotations and available texts, as a candidate with its card."""
    from pipeline.steps.models import train_model
    from pipeline.steps.workspace import find_workspace

    progress = Progress()
    folder = train_model(find_workspace(get_root()), progress=progress)
    progress.close()
    print_message(f"compare it with the one in use and switch over: parley promote {folder.name}")
    print(folder)


@app.command(epilog="Example: parley evaluate --slice macro    parley evaluate --agreement")
def evaluate(
    agreement: Annotated[bool, typer.Option("--agreement", help="Agreement of the two coders instead.")] = False,
    left_out: Annotated[str, typer.Option(help="What is held out in turn: document or round.")] = "document",
    slice: Annotated[str, typer.Option(help="Only this slice: all, macro, document:ID, language:zh, code:ID.")] = "",
    confusion: Annotated[bool, typer.Option("--confusion", help="Confusions and the worst units instead.")] = False,
    format: FormatOption = Format.table,
) -> None:
    """Score majority, plain TF-IDF, rules, classifier and their combination on held-out documents."""
    from pipeline.errors import UsageError
    from pipeline.steps.evaluation import evaluate_agreement, run_evaluation
    from pipeline.steps.workspace import find_workspace

    if left_out not in ("document", "round"):
        raise UsageError(f"--left-out {left_out}: choose document or round")
    workspace = find_workspace(get_root())
    progress = Progress()
    if agreement:
        rows = evaluate_agreement(workspace)
    else:
        evaluation = run_evaluation(workspace, left_out=left_out, progress=progress)
        rows = evaluation.rows
    progress.close()
    if confusion and not agreement:
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
        {
            "tagger": row.tagger,
            "dimension": row.dimension,
            "metric": row.metric,
            "slice": row.slice,
            "value": row.interval.value,
            "low": row.interval.low,
            "high": row.interval.high,
            "support": row.support,
        }
        for row in rows
        if slice in ("", row.slice) and (slice or format is not Format.table or row.slice in ("all", "macro"))
    ]
    print_rows(shown, format)


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

    print_message(str(promote_model(find_workspace(get_root()), name, force_reason=force)))


@review_app.command("export", epilog="Example: parley review export")
def export_review() -> None:
    """Write the units that a coder should look at next (comes with the review loop, issue 5)."""
    raise PipelineError(
        "parley review export: not in this version yet; see parley evaluate --confusion for the worst units"
    )


@review_app.command("import", epilog="Example: parley review import")
def import_review() -> None:
    """Store a coder's answers as annotations (comes with the review loop, issue 5)."""
    raise PipelineError(
        "parley review import: not in this version yet; write corpus/annotations/ID.CODER.jsonl by hand"
    )
