"""A small course of ours with every kind of question, in three languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS = "site_name: Every kind of question\nplugins: [{{course: {{{settings}}}}}]\n"

QUIZ = """{front}# {title}

### 1. {first}

<Question>
- [ ] A wall
  It is silent.
- [x] {tone}, for a `second`
  The **A** above middle C, see [the text](text).
- [ ] A letter
  Nobody reads it aloud.
</Question>

### 2. Which are even?

<Question explain="Even numbers can be halved: $2n$.">
- [x] two
- [ ] three
  One is left.
- [x] four
  Half of it is two.
- [ ] five
</Question>

### 3. In which order?

<Question kind="order">
1. record
   First there is a sound.
2. sample
3. listen
</Question>

### 4. What is it called?

<Question name="name" accepted={{["sampling rate", "sample rate"]}} fold={{["case", "accents", "space"]}} explain="It is measured in Hz." />

### 5. How many?

<Question name="many" kind="number" value={{44100}} tolerance={{10}} explain="Samples in each second of a CD." />

### 6. Which letter?

<Question>
- [x] A
  Yes.
- [ ] B
- [ ] C
- [ ] D
</Question>
"""

TEXT = "# Text\n\nWords.\n\n" + "".join(
    f"Paragraph {number} is here so that the end is far.\n\n" for number in range(60)
)

TITLES = {
    "en": ("Quiz", "Which one is a tone?", "440 Hz"),
    "es": ("Prueba", "¿Cuál es un tono?", "440 hercios"),
    "fa": ("آزمون", "کدام یک صداست؟", "۴۴۰ هرتز"),
}

OUTLINE = "- title: 1. One\n  sections:\n  - local: one/text\n    title: Text\n  - local: one/quiz\n    title: Quiz\n    quiz: 1\n"


def write_course(folder: Path, settings: str = "", front: str = "") -> Path:
    """Write the course into `folder`; `front` is the front matter of its quiz, with the lines around it."""
    for language, (title, first, tone) in TITLES.items():
        chapter = folder / "chapters" / language / "one"
        chapter.mkdir(parents=True)
        quiz = QUIZ.format(front=front, title=title, first=first, tone=tone)
        (chapter / "quiz.mdx").write_text(quiz, encoding="utf-8")
        (chapter / "text.mdx").write_text(TEXT, encoding="utf-8")
        (chapter.parent / "_toctree.yml").write_text(OUTLINE, encoding="utf-8")
    (folder / "mkdocs.yml").write_text(SETTINGS.format(settings=settings), encoding="utf-8")
    return folder
