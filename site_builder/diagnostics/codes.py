"""Every code of a finding, declared once: severity, summary and explanation."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Code:
    """What a code means. `severity` is `error`, `warning` or `note`; errors are content that readers miss."""

    severity: str
    summary: str
    explanation: str


CODES: dict[str, Code] = {
    # ---- the course folder -------------------------------------------------------------------------
    "no-course": Code(
        "error",
        "no edition was found",
        "A course has a folder for each language, each with a `_toctree.yml`, in `chapters/`, `units/`, `notebooks/` or the course folder itself.",
    ),
    "no-original": Code(
        "error",
        "the original edition is missing",
        "The edition that the others translate is `en` unless the setting `original` names another. Without it the first edition found stands in.",
    ),
    "no-outline": Code(
        "note",
        "a language folder has no outline",
        "A folder without `_toctree.yml` is no edition and is skipped.",
    ),
    "bad-outline": Code(
        "error",
        "an outline cannot be read",
        "`_toctree.yml` is a YAML list of chapters, each with `title` and `sections`; a section has `local` and `title`.",
    ),
    "outline-key": Code(
        "warning",
        "an outline has a key that means nothing",
        "Known keys are `title`, `local`, `sections`, `quiz`, `local_fw`, `newlocal`, `isExpanded`, `subtitle` and `new`. Keys are not translated.",
    ),
    "missing-page": Code(
        "error",
        "an outline lists a page that does not exist",
        "Each `local` names a file beside the outline, without its ending `.mdx`, `.md` or `.ipynb`.",
    ),
    "duplicate-page": Code(
        "warning",
        "an outline lists a page twice",
        "A page has one place in the reading order; the first one counts.",
    ),
    "unlisted-page": Code(
        "note",
        "a page is in no outline",
        "Pages that the outline does not list are not built. READMEs are passed over.",
    ),
    "outside-course": Code(
        "error",
        "a file lies outside the course folder",
        "Links, `..` and absolute paths that leave the course folder are neither read nor published.",
    ),
    "unreadable-file": Code(
        "error", "a file cannot be read as text", "Pages are UTF-8 text, with or without a byte order mark."
    ),
    "bad-setting": Code(
        "error",
        "a setting is wrong",
        "Settings stand in the `course` plugin block of `mkdocs.yml`; the manual lists them.",
    ),
    "language-tag": Code(
        "warning",
        "a folder's name is not a usual language tag",
        "Folders are named by BCP 47 tags such as `fr`, `pt-BR` or `zh-CN`.",
    ),
    # ---- text --------------------------------------------------------------------------------------
    "front-matter": Code(
        "warning",
        "front matter cannot be read",
        "A page may start with a YAML mapping between two `---` lines.",
    ),
    "empty-page": Code("warning", "a page is empty", "A page without text shows its title alone."),
    "no-title": Code(
        "note",
        "a page has no level-1 heading",
        "A page starts with `# Title`; without it the outline's title is shown.",
    ),
    "mdx-expression": Code(
        "warning",
        "an expression does not work here",
        "Chapters have no imports, exports, spreads, template literals or handlers: values are JSON5 literals.",
    ),
    "math": Code(
        "warning",
        "a formula cannot be read",
        "Formulas are TeX. What cannot be read is shown as it was written.",
    ),
    "unclosed-fence": Code(
        "warning",
        "a code block is never closed",
        "A fence ends with a line of as many backticks; without it everything to the page's end is code.",
    ),
    "bad-notebook": Code(
        "error", "a notebook cannot be read", "A page that ends in `.ipynb` is a Jupyter notebook, format 4."
    ),
    "info-string": Code(
        "note",
        "a code block's language has a slip",
        "The first word after the backticks is the language, such as `python`.",
    ),
    "duplicate-anchor": Code(
        "warning",
        "two headings have the same id",
        "The second one is numbered, so links to the id lead to the first.",
    ),
    # ---- components --------------------------------------------------------------------------------
    "unknown-component": Code(
        "error",
        "no component has this name",
        "A tag that starts with a capital letter is a component. Its content is shown, the tag is not.",
    ),
    "unclosed-component": Code(
        "error",
        "a component is never closed",
        "`<Tip>` needs `</Tip>`; a component without content ends in `/>`.",
    ),
    "stray-close": Code("warning", "a closing tag has no opening one", "The tag is dropped."),
    "unknown-prop": Code(
        "warning",
        "a component has no such property",
        "Properties are not translated, and their names are those of the manual.",
    ),
    "missing-prop": Code(
        "error", "a component lacks a property that it needs", "The manual lists what each component needs."
    ),
    "bad-prop": Code(
        "error", "a property's value cannot be read", "Values are strings or JSON5 literals in braces."
    ),
    "bad-condition": Code(
        "error", "a condition cannot be read", "Variants are `{#if fw === 'pt'}` … `{:else}` … `{/if}`."
    ),
    "unclosed-condition": Code("error", "a condition is never closed", "`{#if …}` ends with `{/if}`."),
    # ---- cells and their runs ----------------------------------------------------------------------
    "cell-option": Code(
        "warning",
        "a word on a cell's fence is not understood",
        'After the language may stand `no-run`, `hide-input`, `hide-output`, `raises=NameError`, `timeout=60`, `output=fresh|recorded|both|none` and `caption="…"`.',
    ),
    "page-setting": Code(
        "warning",
        "what front matter says is not understood",
        "A page may say `run: false`, `run_after: chapter1/first`, `kernel`, `environment`, `network: true`, `timeout: 60` and `memory: 2G`; "
        "and `quiz:` with `scoring`, `attempts`, `pass_mark`, `shuffle`, `explanations`, `deadline` and `grace` below it.",
    ),
    "cell-failed": Code(
        "error",
        "a cell failed",
        "It raised what it was not meant to raise, or nothing where it was. `raises=NameError` on the fence says what is meant.",
    ),
    "cell-lost": Code(
        "error",
        "a cell did not come to its end",
        "It took too long, used too much, wrote too much, or its kernel ended. The page's kept run is not up to date: `course run` runs it again.",
    ),
    "stale-run": Code(
        "warning",
        "a cell has changed since the page was run",
        "From the changed cell on, what the author wrote is shown instead of results. `course run` brings them up to date.",
    ),
    "kept-run": Code(
        "error",
        "a kept run cannot be used",
        "The notebook is damaged or was edited by hand, so nothing of it is shown. `course run` makes it again.",
    ),
    "differing-cell": Code(
        "note",
        "a translated cell differs from the original's",
        "It gets no result of the original. Where only its strings differ, the setting `translated_cells: run` runs it on its own.",
    ),
    "output-differs": Code(
        "warning",
        "the output that the author wrote is not what came out",
        "`course run --verify` compares them; `--accept` writes the new output into the chapter.",
    ),
    # ---- questions ---------------------------------------------------------------------------------
    "no-correct-choice": Code(
        "error", "a question has no correct choice", "At least one choice needs `correct: true`."
    ),
    "all-choices-correct": Code(
        "warning", "every choice of a question is correct", "Learners must tick all of them; often a slip."
    ),
    "no-explanation": Code(
        "note", "a choice has no explanation", "`explain` tells a learner why a choice is right or wrong."
    ),
    "choice-key": Code(
        "error",
        "a choice has an unknown key",
        "Choices have `text`, `explain` and `correct`; keys are not translated.",
    ),
    "no-choices": Code(
        "error", "a question has no choices", "`<Question choices={[…]} />` needs at least two."
    ),
    "no-prompt": Code(
        "warning", "a question has no heading above it", "The heading above a question is what it asks."
    ),
    "question-kind": Code(
        "error",
        "a question's kind is unknown or does not fit it",
        "The kinds are `single`, `multiple`, `text`, `number` and `order`. Mostly the rest of the question tells it.",
    ),
    "question-answer": Code(
        "error",
        "a question does not say what is right",
        'A text has `accepted={["…"]}`, a number `value={3}` and `tolerance={0.1}`, or `low` and `high`.',
    ),
    "question-list": Code(
        "error",
        "a list of choices has a slip",
        "Inside `<Question>` each choice is a line `- [ ] text`, `- [x] text` where it is correct, with its explanation indented below. "
        'Those of `kind="order"` are numbered in the right order.',
    ),
    "duplicate-choice": Code(
        "warning", "a question has a choice twice", "Learners cannot tell the two from each other."
    ),
    "duplicate-question": Code(
        "warning",
        "two questions of a page have the same name",
        "Results are kept by name, so the second one is numbered instead.",
    ),
    "other-key": Code(
        "error",
        "a translated question differs from the original's",
        "What is right is read from the original alone, so that all languages are graded alike. The translation needs the same questions, with the "
        "same number of choices in the same order; where it has another number, the original's are shown.",
    ),
    "other-questions": Code(
        "warning",
        "a translation has other questions than the original",
        "Questions are told apart by name or place. One that the original lacks is shown and counts in no result.",
    ),
    # ---- links -------------------------------------------------------------------------------------
    "dead-link": Code(
        "error",
        "a link leads to a page that does not exist",
        "Links name a page of the outline (`../chapter5/asr_models`) or a whole URL.",
    ),
    "dead-anchor": Code(
        "warning",
        "a link leads to a heading that does not exist",
        "The link goes to the page's top. Anchors are the ids of headings.",
    ),
    "missing-scheme": Code(
        "warning",
        "a link to another site lacks `https://`",
        "Without a scheme a browser looks for a page of this site.",
    ),
    "malformed-link": Code("warning", "a link is malformed", "A link is written `[text](address)`."),
    "missing-file": Code(
        "error",
        "a file that a page shows does not exist",
        "Pictures and sounds lie in the course folder or have a whole URL.",
    ),
    "unsafe-link": Code(
        "error", "a link's scheme is not allowed", "Links use `https`, `http`, `mailto` or `tel`."
    ),
    "unsafe-file": Code(
        "error",
        "a picture can run scripts",
        "An SVG with scripts, handlers or foreign content is not published: opened by itself it would run them on the site.",
    ),
    "missing-alt": Code(
        "note",
        "a picture has no alternative text",
        "`![what the picture shows](address)`, for those who do not see it.",
    ),
    # ---- the finished site -------------------------------------------------------------------------
    "cleaned-html": Code(
        "note", "HTML was removed", "Scripts, styles, forms and event handlers do not reach readers."
    ),
    "not-found-by-search": Code(
        "warning",
        "words of a page are not found by the search",
        "A self-test at a build's end looks for words of each page in the search index.",
    ),
}
