"""Tables of outputs: columns of numbers, a box that scrolls, nothing of the tool's own styles."""

from __future__ import annotations

import re

from output_cells import outputs_of, shown

FRAME = """<div>
<style scoped>
    .dataframe tbody tr th:only-of-type { vertical-align: middle; }
</style>
<table border="1" class="dataframe">
  <thead>
    <tr style="text-align: right;"><th></th><th>name</th><th>pitch</th></tr>
  </thead>
  <tbody>
    <tr><th>0</th><td>a</td><td>-1.5e-07</td></tr>
    <tr><th>1</th><td>2</td><td>NaN</td></tr>
    <tr><th>...</th><td>b</td><td>1,000</td></tr>
  </tbody>
</table>
<p>3 rows × 2 columns</p>
</div>"""


def numbers(html: str) -> list[str]:
    return re.findall(r'<t[hd] class="course-number"[^>]*>([^<]*)<', html)


def test_a_frame_is_a_region_that_keyboards_reach():
    html = outputs_of(shown(html=FRAME, plain="a"))
    assert html.startswith('<div class="course-table" role="region" tabindex="0" aria-label="[Table]">')
    assert '<table class="course-frame">' in html
    assert "style scoped" not in html
    assert "only-of-type" not in html
    assert '<p class="course-output__text">3 rows × 2 columns</p>' in html


def test_its_caption_is_its_name():
    html = outputs_of(shown(html=FRAME), caption='Pitches "A"')
    assert 'aria-label="Pitches &quot;A&quot;"' in html


def test_columns_of_numbers_are_marked_with_their_headings():
    assert numbers(outputs_of(shown(html=FRAME))) == ["pitch", "-1.5e-07", "NaN", "1,000"]


def test_an_index_over_several_rows_does_not_shift_the_columns():
    html = outputs_of(
        shown(
            html="<table><thead><tr><th></th><th></th><th colspan='2'>left</th></tr><tr><th></th><th></th><th>mean</th><th>word</th></tr></thead>"
            "<tbody><tr><th rowspan='2'>a</th><th>1</th><td>0.5</td><td>x</td></tr><tr><th>2</th><td>1.5</td><td>y</td></tr></tbody></table>"
        )
    )
    assert numbers(html) == ["mean", "0.5", "1.5"]


def test_a_table_in_a_table_and_a_broken_one_stay_whole():
    nested = "<table><tr><td>1<table><tr><td>2</td></tr></table></td></tr></table><table><tr><td>3"
    html = outputs_of(shown(html=nested))
    assert html.count("<table") == html.count("</table>") == 3
    assert numbers(html) == ["2", "3"]


def test_classes_and_handlers_of_an_author_do_not_come_through():
    html = outputs_of(
        shown(
            html="<table class='course-card md-nav' onclick='x'><tr><td class='flex justify-center' id=__search>1</td></tr></table>"
        )
    )
    assert '<td class="course-number">1</td>' in html
    assert "md-nav" not in html
    assert "onclick" not in html
