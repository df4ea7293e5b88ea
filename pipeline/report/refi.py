"""A REFI-QDA project (.qdpx), which NVivo, MAXQDA and ATLAS.ti open: codes, texts and coded passages.

The standard (qdasoftware.org, "REFI-QDA Standard 1.5") wants a zip with project.qde, an XML file, and
the texts beside it under sources/. Positions are counted in Unicode code points, like ours.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date
from typing import Any

from pipeline.records import CodedUnit, Document
from pipeline.report.cells import clean_xml_text, make_archive
from pipeline.report.data import ReportData

_SPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:parley:refi")
_NAMESPACE = "urn:QDA-XML:project:1.0"
_VARIABLES = ("framework", "round", "kind", "date", "basis", "language")
_COLOURS = {"issue": "#1F5F99", "industry": "#C2660C", "action": "#0B6E5A"}


def to_refi_project(data: ReportData) -> bytes:
    """The project as a zip archive; documents without text or sentences are left out."""
    from lxml import etree

    moment = f"{_day(data.stamp)}T00:00:00Z"
    project = etree.Element(
        f"{{{_NAMESPACE}}}Project", nsmap={None: _NAMESPACE}, name="parley", origin="parley", creatingUserGUID=_guid("user"),
        creationDateTime=moment,
    )  # fmt: skip
    add = _Adder(etree, moment)
    add(add(project, "Users"), "User", guid=_guid("user"), name="parley")
    _add_codes(add, project, data)
    variables = add(project, "Variables")
    for name in _VARIABLES:
        add(variables, "Variable", guid=_guid("variable", name), name=name, typeOfVariable="Text")
    sources = add(project, "Sources")
    members: list[tuple[str, bytes]] = []
    units = _by_document(data.units)
    for document in data.documents:
        if document.text and document.id in units:
            members.append((f"sources/{_guid('source', document.id)}.txt", document.text.encode("utf-8", "replace")))
            _add_source(add, sources, document, units[document.id])
    xml = etree.tostring(project, xml_declaration=True, encoding="utf-8", pretty_print=True)
    return make_archive([("project.qde", xml), *members])


class _Adder:
    """Adds elements of the project's namespace, with the attributes in the order given."""

    def __init__(self, etree: Any, moment: str) -> None:
        self._etree = etree
        self._moment = moment

    def __call__(self, parent: Any, tag: str, text: str = "", *, made: bool = False, **attributes: str) -> Any:
        """``made``: add who made the element and when, as selections and codings need it."""
        element = self._etree.SubElement(parent, f"{{{_NAMESPACE}}}{tag}")
        for name, value in attributes.items():
            element.set(name, clean_xml_text(value))
        if made:
            element.set("creatingUser", _guid("user"))
            element.set("creationDateTime", self._moment)
        if text:
            element.text = clean_xml_text(text)
        return element


def _add_codes(add: _Adder, project: Any, data: ReportData) -> None:
    """Three trees: issues under their domains, industries, action levels. Names in English, Chinese in the description."""
    codes = add(add(project, "CodeBook"), "Codes")
    for dimension, title in (("issue", "Issues"), ("industry", "Industries"), ("action", "Action levels")):
        top = add(codes, "Code", guid=_guid("top", dimension), name=title, isCodable="false", color=_COLOURS[dimension])
        domains: dict[str, Any] = {}
        for code in (code for code in data.codebook.codes if code.dimension == dimension):
            parent = top
            if dimension == "issue":
                if code.domain not in domains:
                    name = data.codebook.name_of(code.domain)
                    domains[code.domain] = add(
                        top, "Code", guid=_guid("domain", code.domain), name=name, isCodable="false"
                    )
                parent = domains[code.domain]
            element = add(
                parent,
                "Code",
                guid=_guid("code", code.id),
                name=code.name.en,
                isCodable="true",
                color=_COLOURS[dimension],
            )
            add(element, "Description", f"{code.id} · {code.name.zh} · {code.definition}")


def _add_source(add: _Adder, sources: Any, document: Document, units: Iterable[CodedUnit]) -> None:
    guid = _guid("source", document.id)
    source = add(sources, "TextSource", guid=guid, name=document.id, plainTextPath=f"internal://{guid}.txt", made=True)
    add(source, "Description", document.title)
    for coded in units:
        unit = coded.unit
        if not 0 <= unit.start < unit.end <= len(document.text):
            continue
        place = f"{unit.document_id}:{unit.n}"
        selection = add(
            source, "PlainTextSelection", guid=_guid("selection", place), name=place, startPosition=str(unit.start),
            endPosition=str(unit.end), made=True,
        )  # fmt: skip
        for tag in coded.tags.iter_tags():
            coding = add(selection, "Coding", guid=_guid("coding", place, tag.code_id), made=True)
            add(coding, "CodeRef", targetGUID=_guid("code", tag.code_id))
    for name in _VARIABLES:
        value = add(source, "VariableValue")
        add(value, "VariableRef", targetGUID=_guid("variable", name))
        add(value, "TextValue", str(getattr(document, name)))


def _by_document(units: Iterable[CodedUnit]) -> dict[str, list[CodedUnit]]:
    grouped: dict[str, list[CodedUnit]] = {}
    for coded in units:
        grouped.setdefault(coded.unit.document_id, []).append(coded)
    return grouped


def _guid(*parts: str) -> str:
    """The same id for the same thing on every run."""
    return str(uuid.uuid5(_SPACE, "\x1f".join(parts))).upper()


def _day(stamp: str) -> str:
    """The day of the stamp; a fixed one where the stamp does not begin with a date."""
    try:
        return date.fromisoformat(stamp[:10]).isoformat()
    except ValueError:
        return "2000-01-01"
