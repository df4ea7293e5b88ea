"""parley: what governments agree on, coded, compared and followed from round to round."""

__version__ = "0.1.0"


def __getattr__(name: str) -> object:
    """`pipeline.open_project` and `pipeline.Project`, imported when asked for: the command line does without them."""
    if name in ("Project", "open_project"):
        import importlib

        return getattr(importlib.import_module("pipeline.project"), name)
    raise AttributeError(f"module 'pipeline' has no attribute '{name}'")
