"""Kinds of documents by their titles."""

from __future__ import annotations

import pytest

from pipeline.extract.kinds import recognise_kind
from pipeline.records import Extraction

TITLES = [
    ("Third meeting: digest", "digest"),
    ("第三次会议摘编", "digest"),
    ("FACTSHEET: Ports and Piers", "fact sheet"),
    ("概况介绍：港口", "fact sheet"),
    ("Background Press Call on Ports", "press call"),
    ("关于港口的电话吹风会", "press call"),
    ("新闻发布会实录", "press call"),
    ("Read-Out of a Call on Ports", "readout"),
    ("港口会谈情况", "readout"),
    ("Ministerial Declaration on Ports", "ministerial statement"),
    ("港口合作部长级会议声明", "ministerial statement"),
    ("Media Release: Ports", "press statement"),
    ("新闻稿", "press statement"),
    ("Remarks by the Harbour Master", "remarks"),
    ("港務長發言", "remarks"),
    ("JOINT Freedonian-Ruritanian Communiqué", "joint statement"),
    ("Leaders’ Statement", "joint statement"),
    ("港口合作联合公报", "joint statement"),
    ("Statement from the Harbour Master", "press statement"),
    ("发言人关于港口的声明", "remarks"),
    ("总统就港口发表声明", "press statement"),
    ("Agreement Relating to Ports", "agreement text"),
    ("港口協定全文", "agreement text"),
    ("Joint Port Roadmap", "joint statement"),
    ("关于港口的聲明", "joint statement"),
    ("Freedonia Hosts Talks", "press statement"),
    ("两国宣布开放港口", "press statement"),
    ("Of Harbours", ""),
]


@pytest.mark.parametrize(("title", "kind"), TITLES)
def test_title_tells_the_kind(title: str, kind: str) -> None:
    """In English and Chinese, in any case."""
    extraction = Extraction("Harbours are open.", (), "text/markdown", "markdown")
    assert recognise_kind(extraction, title, "x.md").value == kind
