"""The errors that parley raises, and the reason codes of documents it cannot take.

This module imports the standard library only.
"""

from __future__ import annotations

from collections.abc import Iterable

REASONS: dict[str, str] = {
    "not_found": "check the path or address",
    "unreadable": "check the file's permissions",
    "empty": "the file has no content; download it again",
    "wrong_type": "convert it to PDF, HTML, Markdown, DOCX or plain text",
    "encrypted": "give the password with --password, or save an unprotected copy",
    "no_text_layer": "the pages are pictures; install ocrmypdf or tesseract and ingest again, or run ocrmypdf FILE OUT.pdf elsewhere",
    "damaged": "the file is broken; download it again or ask for another copy",
    "partly_read": "some pages could not be read; compare with the original",
    "engines_differ": "two PDF engines read it differently; compare with the original",
    "read_by_ocr": "its pages are pictures that a program read; compare with the original",
    "garbled": "its characters map to nonsense; get another copy or run OCR",
    "too_large": "split the file, or raise the limit with --max-bytes",
    "timed_out": "raise the limit with --timeout, or convert the file to text",
    "out_of_memory": "split the file, or raise the limit with --memory",
    "crashed": "the reader died on this file; convert it to another form",
    "no_text": "nothing readable was found in it; check that it is the right file",
    "unknown_framework": "name one of the codebook's frameworks, or add it to corpus/codebook.yaml",
    "network": "check the connection and the address, then try again",
    "hash_mismatch": "the document differs from the catalogue; check it, then --accept-changed",
}
"""Reason code -> what the user can do, one line each."""


class PipelineError(Exception):
    """Base of all errors meant for the user: one clear line, what, where, what to do."""


class SourceError(PipelineError):
    """A source that cannot be taken; goes to quarantine.

    ``reason`` is a key of REASONS; ``source`` names the file or address.
    """

    def __init__(self, reason: str, source: str, detail: str = "") -> None:
        self.reason = reason
        self.source = source
        self.detail = detail
        what = f"{reason.replace('_', ' ')}: {detail}" if detail else reason.replace("_", " ")
        super().__init__(f"{source}: {what}; {REASONS[reason]}")

    def __reduce__(self) -> tuple[type[SourceError], tuple[str, str, str]]:
        return (SourceError, (self.reason, self.source, self.detail))


class CodebookError(PipelineError):
    """A mistake in a file the user edits; the message names file, line and remedy."""


class StoreError(PipelineError):
    """The store cannot be opened, written or trusted."""


class ModelError(PipelineError):
    """A model file that is missing, changed or of an unknown make."""


class UsageError(PipelineError):
    """A request that names something that does not exist; the message gives the nearest name."""


def hint_nearest(name: str, known: Iterable[str], otherwise: str = "", *, cutoff: float = 0.5) -> str:
    """The end of a message on an unknown name: "did you mean 'x'?", or ``otherwise`` where none is near."""
    import difflib

    near = difflib.get_close_matches(name, list(known), n=1, cutoff=cutoff)
    return f"did you mean '{near[0]}'?" if near else otherwise
