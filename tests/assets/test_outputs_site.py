"""What cells made, in a browser: seen, heard, folded and scrolled, in both looks and both directions."""

from __future__ import annotations

import pytest
from made_notebooks import code, display, notebook, player, png, printed, text

pytestmark = pytest.mark.browser

HEADS = "".join(f"<th>measure {n}</th>" for n in range(30))
ROWS = "".join(f"<tr><th>{n}</th>{f'<td>{n}.5</td>' * 30}</tr>" for n in range(60))
FRAME = f"<div><style scoped>td {{}}</style><table border='1' class='dataframe'><thead><tr><th></th>{HEADS}</tr></thead><tbody>{ROWS}</tbody></table><p>60 rows × 30 columns</p></div>"
TRACE = [
    "\x1b[31m------\x1b[0m",
    *(f"\x1b[38;5;241mframe {n}\x1b[0m" for n in range(30)),
    "\x1b[31mKeyError\x1b[0m: 'needle'",
]
COLOURS = "".join(f"\x1b[{n}mcolour {n}\x1b[0m " for n in (*range(30, 38), *range(90, 98), 43))
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 20"><text y="15">plot</text></svg>'


def chapter(title: str) -> str:
    return notebook(
        text(f"# {title}\n\nWhat cells made."),
        code("plt.title('Grey')", display(png=png(), plain="<Figure>")),
        code("draw()", display(svg=SVG)),
        code("Audio(x)", display(html=player())),
        code("frame", display(html=FRAME, plain="x")),
        code("print(x)", printed("".join(f"line {n} {'x' * 300 if n == 3 else ''}\n" for n in range(120)))),
        code(
            "fail()", {"output_type": "error", "ename": "KeyError", "evalue": "'needle'", "traceback": TRACE}
        ),
        code("colours()", printed(COLOURS), printed("\r 1%\r100%\nwarning", "stderr")),
        text("The end."),
    )


CONTROLS = """# Controls

```python hide-input hide-output
found_inside = 1
```

```python out
haystack
```

```python hide-input
only_code = 2
```
"""
YML = 'site_name: Cells\nplugins: [{course: {cell_numbers: "on"}}]\n'
PAGES = ("one/cells/", "fa/one/cells/", "one/controls/")


@pytest.fixture(scope="session")
def cells_site(build_once, tmp_path_factory):
    folder = tmp_path_factory.mktemp("cells")
    files = {"mkdocs.yml": YML, "README.md": "# Cells\n"}
    for language, title in (("en", "Cells"), ("fa", "سلول‌ها")):
        files[f"chapters/{language}/_toctree.yml"] = (
            f"- title: {title}\n  sections:\n  - {{local: one/cells, title: {title}}}\n  - {{local: one/controls, title: Controls}}\n"
        )
        files[f"chapters/{language}/one/cells.ipynb"] = chapter(title)
        files[f"chapters/{language}/one/controls.mdx"] = CONTROLS
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(content, encoding="utf-8")
    return build_once("cells", folder)


@pytest.fixture
def site(cells_site):
    return cells_site


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (390, "dark")])
def test_no_serious_finding_of_axe(visit, serious_findings, path, width, scheme):
    page = visit(path, width=width, scheme=scheme, check_policy=False)
    assert serious_findings(page) == []
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    assert serious_findings(page) == []


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_wider_than_a_small_window(visit, path):
    page = visit(path, width=320)
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") == 320


@pytest.mark.parametrize("path", ["one/cells/", "fa/one/cells/"])
def test_figures_are_seen_in_the_size_that_the_kernel_told(visit, path):
    page = visit(path)
    for figure, (width, height) in (("[alt=Grey]", (20, 10)), (".course-figure img[width='80']", (80, 20))):
        image = page.locator(figure)
        image.scroll_into_view_if_needed()
        page.wait_for_function("each => each.complete && each.naturalWidth", arg=image.element_handle())
        box = image.bounding_box()
        assert (round(box["width"]), round(box["height"])) == (width, height)


def test_a_figure_has_a_light_ground_in_the_dark_look(visit):
    page = visit("one/cells/", scheme="dark")
    assert (
        page.locator("[alt=Grey]").evaluate("each => getComputedStyle(each).backgroundColor")
        == "rgb(255, 255, 255)"
    )


def test_a_sound_waits_for_its_reader_and_then_plays(visit):
    page = visit("one/cells/")
    sound = page.get_by_label("Sound made by the code above")
    page.wait_for_function("each => each.readyState >= 1", arg=sound.element_handle())
    assert sound.evaluate("each => [each.paused, each.autoplay, each.duration]") == [True, False, 0.5]
    sound.evaluate("each => { each.muted = true; return each.play(); }")
    page.wait_for_function("each => each.currentTime > 0", arg=sound.element_handle())


def test_a_table_scrolls_by_keyboard_and_keeps_its_heading_and_its_size_in_sight(visit):
    page = visit("one/cells/")
    table = page.get_by_role("region", name="Table")
    table.focus()
    heading = table.locator("thead")
    before = heading.bounding_box()["y"]
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.wait_for_function("each => each.scrollTop > 0 && each.scrollLeft > 0", arg=table.element_handle())
    page.wait_for_timeout(300)
    assert table.locator("thead th").nth(1).bounding_box()["y"] >= before - 1
    page.keyboard.press("End")
    assert (
        table.get_by_text("60 rows × 30 columns").evaluate("each => getComputedStyle(each).position")
        == "sticky"
    )


@pytest.mark.parametrize("path", ["one/cells/", "fa/one/cells/"])
def test_code_and_outputs_read_from_left_to_right(visit, path):
    page = visit(path)
    directions = page.evaluate(
        "[...document.querySelectorAll('.course-cell pre, .course-table')].map(each => getComputedStyle(each).direction)"
    )
    assert len(directions) > 8
    assert set(directions) == {"ltr"}


def test_a_long_text_opens_and_closes_by_keyboard_and_reads_on_without_a_gap(visit):
    page = visit("one/cells/")
    assert not page.get_by_text("line 15 ").is_visible()
    switch = page.locator(".course-long summary")
    assert switch.inner_text() == "Show all 120 lines"
    switch.focus()
    page.keyboard.press("Enter")
    last, rest = (page.locator(".course-long pre").nth(at).bounding_box() for at in (0, 1))
    assert abs(last["y"] + last["height"] - rest["y"]) < 1
    assert switch.inner_text() == "Show fewer lines"
    assert switch.bounding_box()["y"] > rest["y"]
    page.keyboard.press("Enter")
    assert not page.get_by_text("line 119").is_visible()


def test_a_traceback_shows_what_went_wrong_and_the_rest_on_demand(visit):
    page = visit("one/cells/")
    assert page.get_by_text("'needle'").is_visible()
    frames = page.locator("details pre", has_text="frame 3")
    assert not frames.is_visible()
    page.get_by_text("Show the whole traceback").click()
    assert frames.is_visible()


def test_only_code_has_a_copy_button(visit):
    page = visit("one/cells/")
    page.locator(".md-code__nav").first.wait_for(state="attached")
    assert page.locator(".course-code .md-code__nav").count() == 7
    assert page.locator(".course-output .md-code__nav").count() == 0


def test_cells_have_numbers_where_the_settings_ask_for_them(visit):
    page = visit("one/cells/")
    numbers = page.evaluate(
        "[...document.querySelectorAll('.course-code')].map(each => getComputedStyle(each, '::before').content)"
    )
    assert len(numbers) == 7
    assert all("counter(course-cell)" in each for each in numbers)


def test_the_search_opens_what_holds_the_only_place(visit):
    page = visit("one/controls/?h=found_inside")
    page.locator("mark[data-md-highlight]").first.wait_for()
    assert page.get_by_text("found_inside").is_visible()
    assert not page.get_by_text("only_code").is_visible()


def test_hidden_cells_open_by_keyboard(visit):
    page = visit("one/controls/")
    assert not page.get_by_text("haystack").is_visible()
    page.get_by_text("Show output").focus()
    page.keyboard.press(" ")
    page.get_by_text("haystack").wait_for(state="visible")


def test_paper_shows_what_is_folded_and_no_players(visit):
    page = visit("one/cells/")
    page.emulate_media(media="print")
    page.get_by_text("line 119").wait_for(state="visible")
    assert not page.get_by_label("Sound made by the code above").is_visible()
    assert (
        page.evaluate(
            "document.querySelector('.course-table').scrollHeight - document.querySelector('.course-table').clientHeight"
        )
        == 0
    )
