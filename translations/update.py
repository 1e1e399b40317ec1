"""Brings the catalogs of interface words up to date with `model/words.py`; `make messages` runs it."""  # noqa: INP001 - a script beside its data

from __future__ import annotations

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from site_builder.model.words import SINGULARS, WORDS

FOLDER = Path(__file__).parent
TEMPLATE = FOLDER / "course.pot"


def template() -> Catalog:
    """Give the catalog of all words, without translations and without dates, so that it changes with words alone."""
    catalog = Catalog(
        project="Site builder", version="1", copyright_holder="The course's authors", charset="utf-8"
    )
    for text in WORDS:
        catalog.add((SINGULARS[text], text) if text in SINGULARS else text, flags=())
    return catalog


def write(catalog: Catalog, path: Path) -> None:
    """Write a catalog with the headers that say something."""
    with path.open("wb") as file:
        write_po(file, catalog, width=0, omit_header=True, ignore_obsolete=True)
    head = ['"Content-Type: text/plain; charset=utf-8\\n"']
    if catalog.locale:
        head = [f'"Language: {path.parent.name}\\n"', *head, f'"Plural-Forms: {catalog.plural_forms}\\n"']
    body = (
        path.read_text(encoding="utf-8")
        .replace("#, python-brace-format\n", "")
        .replace("#, python-format\n", "")
    )
    path.write_text("\n".join(['msgid ""', 'msgstr ""', *head, "", body.lstrip("\n")]), encoding="utf-8")


def main() -> None:
    """Write the template, and each catalog with the words that it had and empty places for new ones."""
    words = template()
    write(words, TEMPLATE)
    for path in sorted(FOLDER.glob("*/course.po")):
        with path.open("rb") as file:
            catalog = read_po(file, locale=path.parent.name.replace("-", "_"))
        catalog.update(words, no_fuzzy_matching=True)
        write(catalog, path)
        missing = [each.id for each in catalog if each.id and not any(each.string or ())]
        print(f"{path.parent.name}: {len(missing)} words without a translation")  # noqa: T201 - it speaks to a person


if __name__ == "__main__":
    main()
