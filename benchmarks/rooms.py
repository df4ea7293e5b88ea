"""Cases of single rooms beside their peers, on the same input."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

from benchmarks.inputs import ROOT, load_codes, read_chinese, read_phrases, read_texts, read_units

if TYPE_CHECKING:
    from pipeline.records import Unit

Run = Callable[[], object]


# --- sentences: boundaries with offsets


def split_ours() -> Run:
    from pipeline.segment.english import split_english

    texts = read_texts()
    return lambda: sum(len(split_english(text)) for text in texts)


def split_spacy() -> Run:
    import spacy

    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    texts = read_texts()
    return lambda: sum(len([(s.start_char, s.end_char) for s in nlp(text).sents]) for text in texts)


def split_pysbd() -> Run:
    import pysbd

    splitter = pysbd.Segmenter(language="en", clean=False, char_span=True)
    paragraphs = [paragraph for text in read_texts() for paragraph in text.split("\n") if paragraph.strip()]
    return lambda: sum(len(splitter.segment(paragraph)) for paragraph in paragraphs)


# --- phrases and rules, from ready sentences


def scan_floor() -> Run:
    from ahocorasick_rs import AhoCorasick, MatchKind

    search = AhoCorasick(list(read_phrases()), matchkind=MatchKind.Standard)
    texts = [unit.text.lower() for units in read_units() for unit in units]
    return lambda: sum(len(search.find_matches_as_indexes(text, overlapping=True)) for text in texts)


def scan_ours() -> Run:
    from pipeline.tag.compile import compile_rules
    from pipeline.tag.normalize import normalize_texts

    lexicon = compile_rules(load_codes(), "en").lexicon
    texts = [unit.text for units in read_units() for unit in units]

    def run() -> int:
        return len(lexicon.scan([plain.text for plain in normalize_texts(texts, "en")]).text)

    return run


def tag_rules() -> Run:
    from pipeline.tag import load_tagger

    tagger, groups = load_tagger(load_codes()), _group_units()
    tagger.tag_units(groups[0])
    return lambda: sum(len(tagger.tag_units(group)) for group in groups)


def _group_units() -> list[list[Unit]]:
    """As many documents at a time as the whole line tags."""
    from pipeline.engine.batches import BATCH

    documents = read_units()
    return [list(chain(*documents[begin : begin + BATCH])) for begin in range(0, len(documents), BATCH)]


def tag_combined() -> Run:
    from pipeline.steps.workspace import Workspace
    from pipeline.tag import load_tagger

    folder = Workspace(ROOT).model_dir
    if folder is None:
        raise SystemExit("no model in use")
    tagger, groups = load_tagger(load_codes(), folder), _group_units()
    tagger.tag_units(groups[0])
    return lambda: sum(len(tagger.tag_units(group)) for group in groups)


def match_spacy() -> Run:
    import spacy
    from spacy.matcher import PhraseMatcher

    nlp = spacy.blank("en")
    matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
    matcher.add("phrase", [nlp.make_doc(phrase) for phrase in read_phrases()])
    texts = [unit.text for units in read_units() for unit in units]
    return lambda: sum(len(matcher(nlp.make_doc(text))) for text in texts)


def classify_sklearn() -> Run:
    """The plain pipeline that a classifier of sentences usually is: words and pairs, one logistic regression a code."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.multiclass import OneVsRestClassifier
    from sklearn.pipeline import make_pipeline

    from pipeline.tag import load_tagger

    documents = read_units()
    sample = [unit for units in documents[:120] for unit in units][:3000]
    codes = [tags.main_issue for tags in load_tagger(load_codes()).tag_units(sample)]
    model = make_pipeline(TfidfVectorizer(ngram_range=(1, 2)), OneVsRestClassifier(LogisticRegression(max_iter=200)))
    model.fit([unit.text for unit in sample], codes)
    texts = [unit.text for units in documents for unit in units]
    return lambda: len(model.predict(texts))


# --- PDF to text


@cache
def make_pdf() -> bytes:
    """Forty pages of running text: the digests of the corpus, set in one column."""
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    style = getSampleStyleSheet()["BodyText"]
    lines = [
        line
        for path in sorted((ROOT / "corpus" / "digests").glob("*.md"))
        for line in path.read_text("utf-8").splitlines()
        if len(line) > 40 and line.isascii()
    ]
    from html import escape

    body = [Paragraph(escape(line), style) for _ in range(12) for line in lines][:900]
    sink = io.BytesIO()
    SimpleDocTemplate(sink).build(body)
    return sink.getvalue()


def read_pdf_ours() -> Run:
    from pipeline.extract import extract_bytes

    data = make_pdf()
    return lambda: len(extract_bytes(data, name="made.pdf").text)


def read_pdf_pdfplumber() -> Run:
    import pdfplumber

    data = make_pdf()

    def run() -> int:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            return sum(len(page.extract_text()) for page in pdf.pages)

    return run


def read_pdf_pypdfium2() -> Run:
    import pypdfium2

    data = make_pdf()
    return lambda: sum(len(page.get_textpage().get_text_range()) for page in pypdfium2.PdfDocument(data))


def read_pdf_pdftotext() -> Run:
    program = shutil.which("pdftotext")
    if not program:
        raise SystemExit("pdftotext is not installed")
    data = make_pdf()
    return lambda: len(subprocess.run([program, "-", "-"], input=data, capture_output=True, check=True).stdout)


# --- which sentence of an earlier text does one continue


@cache
def _two_texts() -> tuple[list[str], list[str]]:
    texts = [unit.text for units in read_units() for unit in units if len(unit.text) > 60]
    return texts[:200], texts[100:340]


def align_ours() -> Run:
    from pipeline.changes import track_changes
    from pipeline.records import CodedUnit, Tag, UnitTags

    tags = UnitTags((Tag("issue", "digital.standards", 0.9, "rule:x"),), (), Tag("action", "commit", 0.9, "rule:x"))
    units = [unit for group in read_units() for unit in group if len(unit.text) > 60]

    def code(part: list[object], round_id: str) -> list[CodedUnit]:
        return [CodedUnit(unit, tags, "TTC", round_id, "joint statement", "2023", "official") for unit in part]  # type: ignore[arg-type]

    older, newer = code(list(units[:200]), "3"), code(list(units[100:340]), "4")
    return lambda: len(track_changes(older, newer, framework="TTC", round_from="3", round_to="4"))


def align_rapidfuzz() -> Run:
    from rapidfuzz import fuzz, process

    older, newer = _two_texts()
    return lambda: len(process.cdist(newer, older, scorer=fuzz.token_set_ratio).argmax(axis=1))


def align_tfidf() -> Run:
    from sklearn.feature_extraction.text import TfidfVectorizer

    older, newer = _two_texts()

    def run() -> int:
        matrix = TfidfVectorizer().fit_transform(older + newer)
        return len((matrix[len(older) :] @ matrix[: len(older)].T).argmax(axis=1))

    return run


# --- Chinese


def chinese_ours() -> Run:
    from pipeline.records import Block
    from pipeline.segment import segment_blocks
    from pipeline.tag import load_tagger

    texts = read_chinese()
    tagger = load_tagger(load_codes())
    tagger.tag_units(segment_blocks("warm", texts[0], [Block("paragraph", 0, len(texts[0]))]))

    def run() -> int:
        count = 0
        for number, text in enumerate(texts):
            blocks, start = [], 0
            for part in text.split("\n\n"):
                blocks.append(Block("paragraph", start, start + len(part)))
                start += len(part) + 2
            count += len(tagger.tag_units(segment_blocks(str(number), text, blocks)))
        return count

    return run


def chinese_jieba() -> Run:
    import jieba

    jieba.setLogLevel(60)
    jieba.initialize()
    texts = read_chinese()
    return lambda: sum(len(jieba.lcut(text)) for text in texts)
