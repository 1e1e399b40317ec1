"""What search engines and browsers are told of a page: its languages, its address, its direction."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import lxml.html
import pytest
from small_course import build_site, write_course

if TYPE_CHECKING:
    from pathlib import Path

ADDRESS = "https://example.org/squares"
_NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


@pytest.fixture(scope="module", params=["", ADDRESS, ADDRESS + "/"], ids=["without", "with", "slash"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    folder = tmp_path_factory.mktemp("told")
    extra = {"mkdocs.yml": f"site_url: {request.param}\n"} if request.param else {}
    build_site(write_course(folder / "course", extra), folder / "site")
    return request.param and ADDRESS, folder / "site"


def page(site: Path, path: str) -> lxml.html.HtmlElement:
    return lxml.html.parse(
        str(site / path / "index.html" if not path.endswith(".html") else site / path)
    ).getroot()


def links(root: lxml.html.HtmlElement, rel: str) -> dict[str, str]:
    return {
        each.get("hreflang") or "": each.get("href") for each in root.xpath(f"/html/head/link[@rel='{rel}']")
    }


@pytest.mark.parametrize(
    ("path", "canonical", "languages", "noindex"),
    [
        ("", "/", {"en": "/", "fr": "/fr/", "fa": "/fa/", "x-default": "/"}, False),
        ("fr", "/fr/", {"en": "/", "fr": "/fr/", "fa": "/fa/", "x-default": "/"}, False),
        ("one/1", "/one/1/", {"en": "/one/1/", "fr": "/fr/one/1/", "x-default": "/one/1/"}, False),
        ("fr/one/1", "/fr/one/1/", {"en": "/one/1/", "fr": "/fr/one/1/", "x-default": "/one/1/"}, False),
        ("fa/one/1", "/one/1/", {"en": "/one/1/", "fr": "/fr/one/1/", "x-default": "/one/1/"}, True),
        ("fa/one/2", "/fa/one/2/", {"en": "/one/2/", "fa": "/fa/one/2/", "x-default": "/one/2/"}, False),
        ("fr/one/2", "/one/2/", {"en": "/one/2/", "fa": "/fa/one/2/", "x-default": "/one/2/"}, True),
        ("404.html", None, {}, True),
        ("fr/404.html", None, {}, True),
    ],
)  # fmt: skip
def test_what_a_page_says_of_its_addresses(site, path, canonical, languages, noindex) -> None:
    address, folder = site
    root = page(folder, path)
    wanted = {"": address + canonical} if address and canonical else {}
    assert links(root, "canonical") == wanted
    told = {language: address + place for language, place in languages.items()} if address else {}
    assert {key: link for key, link in links(root, "alternate").items() if key} == told
    assert root.xpath("/html/head/meta[@name='robots']/@content") == (["noindex"] if noindex else [])


@pytest.mark.parametrize(
    ("path", "language", "direction"),
    [
        ("", "en", "ltr"), ("one/1", "en", "ltr"), ("404.html", "en", "ltr"), ("fr", "fr", "ltr"), ("fr/one/1", "fr", "ltr"),
        ("fr/one/2", "fr", "ltr"), ("fr/404.html", "fr", "ltr"), ("fa", "fa", "rtl"), ("fa/one/1", "fa", "rtl"),
        ("fa/one/2", "fa", "rtl"), ("fa/404.html", "fa", "rtl"),
    ],
)  # fmt: skip
def test_each_kind_of_page_says_its_language_and_direction(site, path, language, direction) -> None:
    root = page(site[1], path)
    directions = {each for each in (root.get("dir"), root.body.get("dir")) if each}
    assert (root.get("lang"), directions) == (language, {direction})


def test_the_original_text_on_a_translations_page_is_marked(site) -> None:
    article = page(site[1], "fa/one/1").xpath("//article")[0]
    marked = [(each.get("lang"), each.get("dir")) for each in article.xpath(".//h1/ancestor::*[@lang][1]")]
    assert marked == [("en", "ltr")]
    notice = article.xpath(".//aside")[0]
    assert notice.xpath("string(ancestor::*[@lang][1]/@lang)") == "fa"


def test_the_language_menu_stays_on_the_page(site) -> None:
    folder = site[1]
    for path in ("one/1", "fr/one/2", "fa", ""):
        root = page(folder, path)
        menu = {each.get("hreflang"): each.get("href") for each in root.xpath("//header//a[@hreflang]")}
        assert set(menu) == {"en", "fr", "fa"}
        rest = path.removeprefix("fr/").removeprefix("fa/").removeprefix("fa")
        for language, link in menu.items():
            target = (folder / path / link).resolve()
            assert target == (folder / ("" if language == "en" else language) / rest).resolve(), (
                path,
                language,
            )


def test_the_sitemap_has_each_text_once_with_its_translations(site) -> None:
    address, folder = site
    file = folder / "sitemap.xml"
    assert file.exists() == bool(address)
    if address:
        urls = ET.parse(file).getroot().findall("s:url", _NAMES)  # noqa: S314 - ours
        found = {
            url.findtext("s:loc", "", _NAMES).removeprefix(address): {
                link.get("hreflang"): str(link.get("href")).removeprefix(address)
                for link in url.findall("x:link", _NAMES)
            }
            for url in urls
        }
        homes = {"en": "/", "fr": "/fr/", "fa": "/fa/"}
        first, second = {"en": "/one/1/", "fr": "/fr/one/1/"}, {"en": "/one/2/", "fa": "/fa/one/2/"}
        assert len(urls) == len(found)
        assert found == {
            "/": homes, "/fr/": homes, "/fa/": homes,
            "/one/1/": first, "/fr/one/1/": first, "/one/2/": second, "/fa/one/2/": second,
        }  # fmt: skip
