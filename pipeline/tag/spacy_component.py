"""The rules as a spaCy pipeline component: ``nlp.add_pipe("parley_tagger")``.

Import this module once to register it. It needs sentence boundaries (the component
"sentencizer" will do) and writes to ``doc.spans``: "parley" holds what the rules matched, labelled
with the code; "parley_units" one span a sentence, labelled with its main issue.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span

from pipeline.codebook import load_codebook
from pipeline.records import Unit
from pipeline.tag.rules import RuleTagger


class ParleyTagger:
    """Tags every sentence of a Doc; sentences follow one another as the units of one document."""

    def __init__(self, codebook: str) -> None:
        self.tagger = RuleTagger(load_codebook(Path(codebook)))

    def __call__(self, doc: Doc) -> Doc:
        sentences = list(doc.sents) if doc.has_annotation("SENT_START") else [doc[:]]
        units = [_to_unit(n, sentence, doc.lang_) for n, sentence in enumerate(sentences)]
        matched = []
        for unit, hits in zip(units, self.tagger.find_hits(units), strict=True):
            for hit in hits:
                start, end = unit.start + hit.start, unit.start + hit.end
                span = doc.char_span(start, end, label=hit.code_id, alignment_mode="expand")
                if span is not None:
                    matched.append(span)
        doc.spans["parley"] = matched
        doc.spans["parley_units"] = list(self._label(doc, sentences, units))
        return doc

    def _label(self, doc: Doc, sentences: list[Span], units: list[Unit]) -> Iterator[Span]:
        for sentence, tags in zip(sentences, self.tagger.tag_units(units), strict=True):
            yield Span(doc, sentence.start, sentence.end, label=tags.main_issue)


@Language.factory("parley_tagger", default_config={"codebook": "corpus/codebook.yaml"})
def make_parley_tagger(nlp: Any, name: str, codebook: str) -> ParleyTagger:
    """``codebook``: path of the codebook file."""
    return ParleyTagger(codebook)


def _to_unit(n: int, sentence: Span, language: str) -> Unit:
    return Unit(
        document_id="spacy",
        n=n,
        start=sentence.start_char,
        end=sentence.end_char,
        text=sentence.text,
        section="",
        paragraph=0,
        language=language if language in ("en", "zh") else "en",
    )
