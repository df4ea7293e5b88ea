"""Several threads of one process, as on a cluster's workers."""

from __future__ import annotations

import sys
import threading
from itertools import product

from pipeline.records import Unit
from pipeline.steps.workspace import Workspace
from pipeline.tag import forms, load_tagger


def test_threads_do_not_mix_up_words(repository, monkeypatch):
    """What is remembered of words grows with every text; every word keeps a number of its own, whoever met it first."""
    workspace = Workspace(repository)
    tagger = load_tagger(workspace.codebook, workspace.model_dir)
    monkeypatch.setattr(forms, "_words", [forms._Words()])
    words = ["".join(letters) for letters in product("bcdfg", "aeiou", "lmnrs", "aeiou", "ptkvz", "aeiou")]
    texts = [" ".join(words[start : start + 60]) for start in range(0, len(words), 60)]
    units = [Unit("d", n, 0, len(text), text, "", n, "en") for n, text in enumerate(texts)]
    threads = [threading.Thread(target=tagger.tag_units, args=(units,)) for _ in range(4)]
    often = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        sys.setswitchinterval(often)
    vocabulary = forms._words[0].vocabulary
    assert set(vocabulary) == set(words)
    assert sorted(vocabulary.values()) == list(range(len(vocabulary.names)))
