"""Room of parley; see docs/design.md."""
