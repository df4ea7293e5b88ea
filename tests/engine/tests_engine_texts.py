"""Invented statements as jobs."""

from __future__ import annotations

from pipeline.engine import Job
from pipeline.steps.files import hash_bytes

TEXT = """---
title: "Joint Statement of the Trade and Technology Council number {n}"
date: '2023-05-{day:02d}'
---

**Supply chains of item {n}**

The United States and the European Union will share warnings about shortages of part {n}.
We welcome the work of the experts on critical minerals.

-   Launching dialogue {n} on standards for artificial intelligence.
"""


def make_text(n: int) -> bytes:
    return TEXT.format(n=n, day=n % 28 + 1).encode()


def make_job(n: int, data: bytes | None = None) -> Job:
    data = make_text(n) if data is None else data
    return Job(f"made/{n:03d}.md", f"{n:03d}.md", hash_bytes(data), "other", data=data, document_id=f"{n:03d}.md")
