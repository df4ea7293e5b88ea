"""What running a command gives back."""

from collections.abc import Callable

Run = Callable[..., tuple[int, str, str]]
"""Words to exit status, stdout and stderr."""
