"""The application and its entry point: every PipelineError becomes one line and an exit status."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.output import print_message
from pipeline.errors import PipelineError, UsageError
from pipeline.machine import relax_collector

app = typer.Typer(
    name="parley",
    help="Code joint statements sentence by sentence, measure how far two frameworks overlap, follow every commitment.",
    epilog="Start with: parley report --open     Documentation: docs/",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


class _State:
    root: Path | None = None


def _print_version(value: bool) -> None:
    if value:
        from pipeline import __version__

        print(f"parley {__version__}")
        raise typer.Exit


@app.callback()
def set_root(
    root: Annotated[
        Path | None, typer.Option("--root", help="The project's folder (default: found from the current one).")
    ] = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """Set what all commands share."""
    _State.root = root


def get_root() -> Path | None:
    """The folder given with --root, None when none was."""
    return _State.root


def main() -> None:
    """Run the command line. Exit status: 0 done, 1 something was refused, 2 wrong use."""
    relax_collector()  # what is imported stays
    import pipeline.cli.analyse
    import pipeline.cli.compare
    import pipeline.cli.documents
    import pipeline.cli.learn  # noqa: F401

    try:
        app()
    except UsageError as error:
        print_message(f"parley: {error}")
        sys.exit(2)
    except PipelineError as error:
        print_message(f"parley: {error}")
        sys.exit(1)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except KeyboardInterrupt:
        print_message("parley: stopped; what was finished is kept, the next run goes on from there")
        sys.exit(130)
