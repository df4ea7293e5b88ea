"""The order of the steps: what each reads and writes, and what is up to date. All file traffic is here."""

from __future__ import annotations
