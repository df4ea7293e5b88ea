"""Cases of the whole program: the line from file to store, start-up, one more statement, the whole corpus at once."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from benchmarks.inputs import ROOT, SCALE, read_sources, read_texts

Run = Callable[[], object]
_PARLEY = [sys.executable, "-c", "from pipeline.cli import main; main()"]


def make_project(digests: bool = False) -> Path:
    """An empty project with this repository's codebook and model, which is left for the runner to remove."""
    root = Path(tempfile.mkdtemp(prefix="parley-bench-"))
    (root / "corpus" / "digests").mkdir(parents=True)
    for name in ("codebook.yaml", "catalogue.csv", "claims.yaml", "paper-tables.yaml"):
        if (ROOT / "corpus" / name).exists():
            shutil.copy(ROOT / "corpus" / name, root / "corpus")
    if digests:
        shutil.copytree(ROOT / "corpus" / "digests", root / "corpus" / "digests", dirs_exist_ok=True)
    shutil.copytree(ROOT / "models", root / "models")
    return root


def ingest(documents: int, workers: int) -> Run:
    """The whole line over the first statements of the archive: read, extract, segment, code, store, index."""
    from pipeline.steps.ingest import IngestOptions, find_candidates, ingest_sources
    from pipeline.steps.workspace import Workspace

    archive = _make_archive(documents)
    roots = [make_project()]

    def run() -> int:
        root = roots.pop() if roots else make_project()
        found = ingest_sources(Workspace(root), find_candidates([str(archive)]), IngestOptions(workers=workers))
        return sum(result.status == "stored" for result in found)

    return run


def spacy_route() -> Run:
    """spaCy tokenising the corpus and matching the codebook's phrases, nothing else."""
    import spacy
    from spacy.matcher import PhraseMatcher

    from benchmarks.inputs import read_phrases

    nlp = spacy.blank("en")
    matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
    matcher.add("phrase", [nlp.make_doc(phrase) for phrase in read_phrases()])
    texts = read_texts(1)
    return lambda: sum(len(matcher(nlp.make_doc(text))) for text in texts)


def find_editions() -> Run:
    """Near duplicates of the whole corpus, from the texts."""
    from pipeline.extract.editions import find_edition_groups, fingerprint_text

    texts = read_texts(1)

    def run() -> int:
        return len(find_edition_groups({str(n): fingerprint_text(text) for n, text in enumerate(texts)}))

    return run


def group_editions() -> Run:
    """The same from ready fingerprints."""
    from pipeline.extract.editions import find_edition_groups, fingerprint_text

    prints = {str(n): fingerprint_text(text) for n, text in enumerate(read_texts(1))}
    return lambda: len(find_edition_groups(prints))


def count_boilerplate() -> Run:
    """In how many statements each word and run of words stands, over the whole corpus."""
    from pipeline.overlap import count_phrases

    texts = read_texts(1)
    return lambda: len(count_phrases(texts, floors=(10, 30, 30)).counts)


def start_help() -> Run:
    return lambda: _call("--help")


def start_status() -> Run:
    root = _build_project()
    return lambda: _call("--root", str(root), "status")


def add_one(*flags: str) -> Run:
    """One more statement of 8,000 words into a built store, and the report anew.

    ``flags``: what it is. Of itself it is taken for one of the TTC, or where it speaks of both frameworks alike,
    as the first one does, for one of neither.
    """
    root = _build_project()
    numbers = iter(range(10_000))

    def run() -> int:
        path = root / "new.md"
        path.write_text(_make_statement(next(numbers)), "utf-8")
        _call("--root", str(root), "ingest", str(path), *flags)
        return _call("--root", str(root), "report")

    return run


def add_nothing() -> Run:
    root = _build_project()
    return lambda: _call("--root", str(root), "report")


def _make_archive(documents: int) -> Path:
    if documents <= 0 and SCALE.exists():
        return SCALE
    path = Path(tempfile.mkdtemp(prefix="parley-bench-")) / "part.tar.gz"
    with tarfile.open(path, "w:gz") as archive:
        every = max(6448 // max(documents, 1), 1)
        for name, data in read_sources(every)[:documents]:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, BytesIO(data))
    read_sources.cache_clear()
    return path


def _build_project() -> Path:
    root = make_project(digests=True)
    _call("--root", str(root), "report")
    return root


def _call(*arguments: str) -> int:
    done = subprocess.run([*_PARLEY, *arguments], capture_output=True, text=True, cwd=ROOT)
    if done.returncode:
        raise SystemExit(done.stderr.strip() or f"parley {arguments[0]} failed")
    return len(done.stdout)


def _make_statement(number: int) -> str:
    """About 8,000 words put together anew from the digests' sentences."""
    lines = [
        line
        for path in sorted((ROOT / "corpus" / "digests").glob("*.md"))
        for line in path.read_text("utf-8").split("---")[-1].splitlines()
        if len(line) > 60 and line.isascii()
    ]
    order = random.Random(number)
    body: list[str] = []
    while sum(len(line.split()) for line in body) < 8000:
        body.append(order.choice(lines))
    head = f"---\ntitle: Joint statement {number} of the Trade and Technology Council\ndate: '2024-04-05'\n---\n\n"
    return head + "\n\n".join(body)
