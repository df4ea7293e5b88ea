"""Commands on the classifier: train, evaluate, promote, review."""

from __future__ import annotations

import typer

from pipeline.cli.main import app, get_root
from pipeline.cli.output import Progress, print_message

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
