"""The interface's words: every text of ours that readers see, in English; catalogs translate them."""

from __future__ import annotations

from site_builder.model.artifact import WORD_CLOSE, WORD_OPEN

VALUE = "\ue0f4"
"""Stands between a word and its values, and between those, inside a mark."""

WORDS: tuple[str, ...] = (
    # callouts
    "Note",
    "Tip",
    "Important",
    "Warning",
    "Caution",
    # code
    "Output",
    "Error output",
    "Recorded output",
    "Show code",
    "Show output",
    "Show all {number} lines",
    "Show fewer lines",
    "Show the whole traceback",
    "The other {number} lines stand in the notebook.",
    "Figure made by the code above",
    "Sound made by the code above",
    "Film made by the code above",
    "Table",
    "Checked with {packages} on {date}.",
    "All {number} packages",
    "Small stand-ins took the place of large or missing models and data when this code was run.",
    # questions
    "Choose one answer.",
    "Choose all that apply.",
    "Number these in their order.",
    "Write your answer.",
    "Write a number.",
    "Your answer",
    "Show the answer and explanations",
    "Correct",
    "Not correct",
    "Check",
    "Try again",
    "That is right.",
    "Not right yet.",
    "One of your answers is wrong.",
    "Some of your answers are wrong.",
    "Right so far, and there is more to find.",
    "Not answered yet.",
    "Put these in their order.",
    "Move up: {choice}",
    "Move down: {choice}",
    "{choice}: place {place} of {all}",
    # cards
    "Play video",
    "Watch on {host}",
    "Load demo",
    "Open demo in a new tab",
    "Load page",
    "Open in a new tab",
    "Show picture",
    "Always show pictures from {host}",
    "Load sound",
    "This could not be loaded.",
    "Load video",
    "This comes from {host}; nothing is sent there before you choose it.",
    # notebooks
    "Download the notebook",
    "Open in {place}",
    # footnotes
    "Footnotes",
    "Back to the text",
    # notices
    "This page is not translated into {language} yet, so it is shown in {original}.",
    "Help translate it",
    "Read it in the original edition",
    # home and frame
    "Start the course",
    "Chapters",
    "{number} chapters",
    "{number} pages",
    "{minutes} min",
    "Quiz",
    "Notebook",
    "Not translated yet",
    "{done} of {all} pages translated",
    "Languages",
    "Page not found",
    "There is no page at this address.",
    "Go to the start page",
    "Main navigation",
    "Continue: {page}",
    "{hours} h",
    "{number} quizzes",
    "{number} notebooks",
    "{number} languages",
    "Look: as the system has it",
    "Look: light",
    "Look: dark",
    "Menu",
    "Place in the course",
    "Previous and next page",
    "Source of this page",
    "Translation",
    "Made with",
    "Link to this heading",
)

SINGULARS: dict[str, str] = {
    "{number} chapters": "{number} chapter",
    "{number} pages": "{number} page",
    "{number} quizzes": "{number} quiz",
    "{number} notebooks": "{number} notebook",
    "{number} languages": "{number} language",
    "Show all {number} lines": "Show {number} line",
    "All {number} packages": "{number} package",
    "The other {number} lines stand in the notebook.": "The other {number} line stands in the notebook.",
}
"""What English says of one thing, for words whose form depends on `{number}`; catalogs have their language's forms."""


def word(text: str, **values: object) -> str:
    """Give the mark of interface word `text` for a body, with values for its `{names}`.

    Raises:
        KeyError: `text` is not in `WORDS`.
    """
    if text not in WORDS:
        raise KeyError(text)
    parts = [text, *(f"{name}={value}" for name, value in values.items())]
    return WORD_OPEN + VALUE.join(parts) + WORD_CLOSE
