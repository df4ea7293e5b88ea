"""The parley command line."""


def main() -> None:
    """Entry point, filled in next."""
