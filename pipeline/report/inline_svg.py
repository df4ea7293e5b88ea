"""A figure's SVG made fit for the page: no style attributes (the policy forbids them), own ids,
ink that follows the page's colour, links that say where they lead."""

from __future__ import annotations

import re
from collections.abc import Mapping

_INK = {
    "#1c2530": "currentColor", "#1f5f99": "var(--left)", "#c2660c": "var(--right)", "#c9ccd0": "var(--line)",
    "#0b6e5a": "var(--good)", "#8c2f39": "var(--bad)", "#8a9199": "var(--soft)", "#5b6570": "var(--soft)", "#ffffff": "var(--card)",
}  # fmt: skip
"""Colours of the plots as the page's own, which differ in light and dark; white is the card behind."""
_TEXT_INK = {"#1c2530": "currentColor"}
_XLINK = "{http://www.w3.org/1999/xlink}href"
_SVG = "{http://www.w3.org/2000/svg}"
_SAFE = re.compile(r"[A-Za-z-]+\Z")


def to_inline_svg(data: bytes, *, prefix: str, alt: str, labels: Mapping[str, str]) -> str:
    """``prefix`` goes before every id; ``labels``: address of a link -> its spoken name and tooltip."""
    from lxml import etree

    root = etree.fromstring(data, parser=etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True))
    for tag in ("metadata", "style"):
        for element in list(root.iter(_SVG + tag)):
            element.getparent().remove(element)
    for element in root.iter(tag=etree.Element):
        _move_style(element.attrib, ink=_TEXT_INK if element.tag == _SVG + "text" else _INK)
        _prefix_ids(element.attrib, prefix)
    for link in root.iter(_SVG + "a"):
        _name_link(link, labels, etree.SubElement)
    for name in ("width", "height"):
        root.attrib.pop(name, None)
    root.set("role", "group")
    root.set("aria-label", alt)
    text: str = etree.tostring(root, encoding="unicode")
    return text


def _move_style(attributes: dict[str, str], *, ink: Mapping[str, str]) -> None:
    """style="fill: red" becomes fill="red"; ink and the plots' colours become the page's."""
    for part in attributes.pop("style", "").split(";"):
        name, _, value = (piece.strip() for piece in part.partition(":"))
        if name == "font":
            attributes["font-size"] = re.sub(r"^\D*?([\d.]+px).*", r"\1", value)
        elif value and _SAFE.match(name):
            attributes[name] = value
    for name in ("fill", "stroke"):
        if attributes.get(name) in ink:
            attributes[name] = ink[attributes[name]]
    attributes.pop("font-family", None)


def _prefix_ids(attributes: dict[str, str], prefix: str) -> None:
    if "id" in attributes:
        attributes["id"] = f"{prefix}-{attributes['id']}"
    for name, value in attributes.items():
        if "url(#" in value:
            attributes[name] = value.replace("url(#", f"url(#{prefix}-")
    target = attributes.get(_XLINK, "")
    if target.startswith("#") and "=" not in target:
        attributes[_XLINK] = f"#{prefix}-{target[1:]}"


def _name_link(link: object, labels: Mapping[str, str], sub_element: object) -> None:
    attributes = link.attrib  # type: ignore[attr-defined]
    address = attributes.pop(_XLINK, "")
    attributes["href"] = address
    label = labels.get(address, "")
    if label:
        attributes["aria-label"] = label
        title = sub_element(link, _SVG + "title")  # type: ignore[operator]
        title.text = label
