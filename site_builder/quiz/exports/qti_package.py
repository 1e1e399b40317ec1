"""A quiz as a QTI 2.1 content package: a zip file with a manifest and an item a question."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

from site_builder.quiz.exports.export_html import converter, xml_text
from site_builder.quiz.exports.qti import qti_item

if TYPE_CHECKING:
    from site_builder.model.quiz import Bank

PACKAGING = "http://www.imsglobal.org/xsd/imscp_v1p1"
_DATE = (1980, 1, 1, 0, 0, 0)
"""What zip files call the beginning of time: equal banks give equal bytes."""


def qti_files(bank: Bank, language: str, address: str = "") -> dict[str, str]:
    """Give the files of a package by their paths: `imsmanifest.xml`, and `items/….xml` for each question.

    Args:
        bank: the quiz.
        language: in which its words are; a question that lacks it has the original's.
        address: where the site is published, for links into it.
    """
    convert = converter(bank, language, address)
    items = {}
    for item in bank.items:
        text = item.texts.get(language) or item.texts.get(bank.original)
        if text is None:
            continue
        name = identifier_of(item.id)
        items[name] = qti_item(item, text, name, bank.rules.scoring, convert)
    files = {f"items/{name}.xml": xml for name, xml in items.items()}
    return {"imsmanifest.xml": _manifest(bank, language, list(items)), **files}


def qti_package(bank: Bank, language: str, address: str = "") -> bytes:
    """Give the package of a quiz, the bytes of a zip file; see `qti_files`."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package:
        for path, text in qti_files(bank, language, address).items():
            package.writestr(zipfile.ZipInfo(path, _DATE), text.encode(), zipfile.ZIP_DEFLATED)
    return held.getvalue()


def identifier_of(id_: str) -> str:
    """Give an item's id as XML has identifiers: other signs than letters, digits and hyphens are written as their numbers."""
    return "q-" + re.sub("[^A-Za-z0-9-]", lambda sign: "-" if sign[0] in "/#" else f"_{ord(sign[0]):x}_", id_)


def _manifest(bank: Bank, language: str, names: list[str]) -> str:
    title = xml_text(bank.titles.get(language) or bank.titles.get(bank.original, bank.quiz))
    resources = "".join(
        f'<resource identifier="r{name}" type="imsqti_item_xmlv2p1" href="items/{name}.xml"><file href="items/{name}.xml"/></resource>\n'
        for name in names
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<manifest xmlns="{PACKAGING}" identifier="m{identifier_of(bank.quiz)}">\n'
        "<metadata><schema>QTIv2.1 Package</schema><schemaversion>1.0.0</schemaversion>"
        '<lom xmlns="http://ltsc.ieee.org/xsd/LOM"><general><title>'
        f'<string language="{xml_text(language)}">{title}</string></title></general></lom></metadata>\n'
        f"<organizations/>\n<resources>\n{resources}</resources>\n</manifest>\n"
    )
