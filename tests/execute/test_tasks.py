from __future__ import annotations

import json

from pages_of_text import document_of, fences, page_of

from site_builder.execute.fingerprint import cell_key
from site_builder.execute.tasks import page_task
from site_builder.model.settings import Settings


def tasks_of(document):
    task = page_task(document, page_of(document), "chapters/en/chapter1", Settings())
    assert (task.page, task.language, task.folder) == ("chapter1/1", "en", "chapters/en/chapter1")
    return task.cells


def test_every_cell_has_its_task():
    one, two, three = tasks_of(
        document_of(fences("a = 1", "raises=KeyError timeout=5|b", "c => NameError: c"))
    )
    assert (one.key, one.code, one.raises, one.timeout, one.skip) == (cell_key("a=1"), "a = 1\n", "", 600, "")
    assert (two.raises, two.timeout) == ("KeyError", 5)
    assert three.raises == "*"


def test_why_a_cell_is_not_run():
    cells = tasks_of(document_of(fences("no-run|a = = 1", "b = = 1", "return c", "d")))
    assert [each.skip for each in cells] == [
        "its fence says `no-run`",
        "it does not parse: invalid syntax in its line 1",
        "it does not parse: 'return' outside function in its line 1",
        "",
    ]


def test_what_a_page_says():
    cells = tasks_of(document_of("---\nrun: false\ntimeout: 7\n---\n" + fences("a", "timeout=3|b")))
    assert [each.skip for each in cells] == ["the page says `run: false`"] * 2
    assert [each.timeout for each in cells] == [7, 3]


NESTED = """# Title

<Tip>

```py
in_tip
```

</Tip>

- a list

  ```py
  in_list
  ```

  > > ```py
  > > in_quote
  > > ```

{#if fw === 'pt'}

```py
in_torch
```

> [!NOTE]
> ```py
> in_note
> ```

{:else}

<Tip>

```py
in_tensorflow
```

</Tip>

{/if}

<hfoptions id="way">
<hfoption id="one">

```py
in_one
```

</hfoption>
<hfoption id="two">

```py
in_two
```

</hfoption>
</hfoptions>

A note[^1].

[^1]: Text

    ```py
    in_footnote
    ```
"""


def test_cells_are_found_wherever_they_stand():
    cells = tasks_of(document_of(NESTED))
    names = "tip list quote torch note tensorflow one two footnote"
    assert [each.code for each in cells] == [f"in_{name}\n" for name in names.split()]
    assert [each.code for each in cells if each.skip] == ["in_tensorflow\n"]
    assert next(each.skip for each in cells if each.skip) == "it is the variant for another framework"


def test_a_notebook_that_stores_an_error_means_it():
    error = {"output_type": "error", "ename": "E", "evalue": "", "traceback": []}
    cells = [
        {"cell_type": "code", "source": "a", "outputs": [error]},
        {"cell_type": "code", "source": "b", "outputs": []},
    ]
    assert [each.raises for each in tasks_of(document_of(json.dumps({"cells": cells}), ending="ipynb"))] == [
        "*",
        "",
    ]
