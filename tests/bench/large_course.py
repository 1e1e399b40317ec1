"""A course of any size, made of one kind of page."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

PAGES_A_CHAPTER = 20

_PAGE = """# Page {number}

Sound is a wave, and page {number} samples it {number} times. A computer keeps *numbers*, not waves; see
[the next page](../chapter{chapter}/page{next}) for what that costs and [the start](#page-{number}).

## Numbers of page {number}

- The first is the rate, {number} a second.
- The second is the depth:
  - 16 bits on a disc,
  - 24 bits in a studio.

```python
import numpy as np

rate = {number}
time = np.arange(rate) / rate
wave = np.sin(2 * np.pi * 440 * time)
print(wave.shape)
```

```python out
({number},)
```

> [!TIP]
> A wave of $f$ hertz needs more than $2f$ samples a second.

| rate | bytes |
|------|-------|
| {number} | {bytes} |

<Tip warning={{true}}>

Never listen to page {number} with the volume at its highest.

</Tip>

### A question about page {number}

<Question
  choices={{[
    {{text: "{number} a second", explain: "That is what the page says.", correct: true}},
    {{text: "None", explain: "There is at least one."}}
  ]}}
/>
"""


def make_course(folder: Path, pages: int) -> Path:
    """Write an English course of `pages` pages into `folder`, and give that folder."""
    edition = folder / "chapters" / "en"
    outline = []
    for number in range(pages):
        chapter = number // PAGES_A_CHAPTER + 1
        if number % PAGES_A_CHAPTER == 0:
            outline.append(f"- title: {chapter}. Chapter\n  sections:\n")
        outline.append(f"  - local: chapter{chapter}/page{number}\n    title: Page {number}\n")
        file = edition / f"chapter{chapter}" / f"page{number}.mdx"
        file.parent.mkdir(parents=True, exist_ok=True)
        beyond = number + 1 if (number + 1) % PAGES_A_CHAPTER and number + 1 < pages else number
        file.write_text(_PAGE.format(number=number, chapter=chapter, next=beyond, bytes=2 * number))
    (edition / "_toctree.yml").write_text("".join(outline))
    (folder / "README.md").write_text("# A large course\n")
    return folder
