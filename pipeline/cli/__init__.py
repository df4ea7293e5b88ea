"""The command line: parse, call a step, print. Imported by nobody."""

from __future__ import annotations

from pipeline.cli.main import main

__all__ = ["main"]
