"""Check all that rules and settings of a codebook mean, in both languages, before any text is coded."""

from __future__ import annotations

from pathlib import Path

from pipeline.codebook import Codebook
from pipeline.errors import CodebookError
from pipeline.tag.chinese_words import ChineseWords
from pipeline.tag.compile import compile_rules
from pipeline.tag.settings import TagSettings, read_yields


def check_rules(codebook: Codebook) -> None:
    """CodebookError, with file, line and remedy, for the first phrase, pattern, clause or setting that cannot be used."""
    TagSettings.from_mapping(codebook.settings.get("tagging") or {})
    read_yields(codebook)
    ChineseWords((codebook.settings.get("clauses") or {}).get("zh") or {})
    for language in ("en", "zh"):
        compile_rules(codebook, language)
    _check_patterns(codebook)


def _check_patterns(codebook: Codebook) -> None:
    """Token patterns by spaCy's own check; spaCy is imported only where there are any."""
    rules = [rule for code in codebook.codes for rule in code.rules if rule.spec.get("pattern")]
    if not rules:
        return
    import spacy
    from spacy.errors import MatchPatternError
    from spacy.matcher import Matcher

    for rule in rules:
        pattern = [dict(token) for token in rule.spec["pattern"]]
        try:
            Matcher(spacy.blank(rule.language).vocab, validate=True).add(rule.id, [pattern])
        except (MatchPatternError, ValueError) as error:
            detail = str(error).strip().splitlines()[-1].lstrip("- ")
            raise CodebookError(
                f"{Path(codebook.path).name}:{rule.line}: rule {rule.id}: spaCy's Matcher refuses the pattern ({detail});"
                " write tokens as in [{LOWER: steel}, {LEMMA: plant}]"
            ) from error
