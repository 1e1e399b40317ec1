// Questions in figures: at a glance, and each with what was taken and how languages compare.

import { share } from "./figures.js";
import { count, el, languageName, one, percent, points, table, two, words } from "./page_parts.js";

const KINDS = { single: "one choice", multiple: "several choices", text: "a text", number: "a number", order: "an order" };

/** Give a question's words in a language, else in the original's. */
export function wordsOf(question, view, language = view.original) {
  const shown = question.words[language] ? language : view.original;
  return { language: shown, ...(question.words[shown] || { prompt: question.id, choices: {} }) };
}

const flagged = (item) => item.languages.filter((each) => each.gap?.flag);
// Many headings count their questions themselves.
const counted = (number, prompt) => (/^\s*\d+\s*[.)]/.test(prompt) ? "" : `${number + 1}. `);
const place = (number) => `question-${number + 1}`;

/** Say which questions need to be looked at, `null` if none does. */
export function warnings(view) {
  const found = view.statistics.items.flatMap((item, number) =>
    flagged(item).map((each) => el("li", {}, el("a", { href: `#${place(number)}`, click: jump }, `Question ${number + 1} in ${languageName(each.language)}`), `: ${why(each)}`)));
  if (!found.length) return null;
  return el("section", { class: "notice", "aria-labelledby": "notice" },
    el("h2", { id: "notice" }, "Look at these"), el("ul", {}, found));
}

const MEANINGS = [
  ["Mean score", "Of first attempts; what is not answered counts 0."],
  ["Discrimination", "How well the question tells those who do well on the other questions from those who do not, from −1 to 1. From 0.3 on it is good; below 0 something may be wrong with the key. It needs ten learners."],
  ["Tries until right", "Submissions in which the question was answered, up to the first right answer."],
  ["Against the others", "Points by which the mean score in this language is above or below that of all other languages together."],
  ["On the rest", "The same for the other questions: if it is as low, the learners differ, and not this question."],
  ["Flag", "At least 15 points below the others, and too far for chance, with at least 20 learners on both sides."],
];

/** Say what the figures mean. */
export function meanings() {
  return el("details", { class: "meanings" }, el("summary", {}, "What the figures mean"),
    el("dl", {}, MEANINGS.map(([name, text]) => el("div", {}, el("dt", {}, name), el("dd", {}, text)))));
}

function jump(event) {
  event.preventDefault();
  const target = document.getElementById(event.currentTarget.getAttribute("href").slice(1));
  target.scrollIntoView();
  target.focus();
}

function why(each) {
  const figures = `${percent(each.measures.facility)} against ${percent(each.gap.elsewhere)} elsewhere`;
  return each.gap.flag === "translation"
    ? `${figures}, and not so on the other questions. Most likely the translation is at fault.`
    : `${figures}, and behind on the other questions too: another group of learners, or a translation with several faults.`;
}

/** Give all questions on one table. */
export function glance(view) {
  const rows = view.statistics.items.map((item, number) => {
    const { prompt, language } = wordsOf(view.questions[number], view);
    const marks = [...hints(item), ...flagged(item).map((each) => `worse in ${languageName(each.language)}`)];
    return [
      el("a", { href: `#${place(number)}`, click: jump, class: "glance" }, counted(number, prompt), words(prompt, language)),
      share(item.measures.facility), two(item.measures.discrimination), percent(item.measures.unanswered), marks.join(", "),
    ];
  });
  return table("Questions at a glance", [["Question"], ["Mean score", true], ["Discrimination", true], ["Unanswered", true], ["To look at"]], rows);
}

function hints(item) {
  const { facility, discrimination } = item.measures;
  return [
    facility !== null && facility < 0.3 ? "hard" : null,
    discrimination !== null && discrimination < 0 ? "the better learners fail: is the key right?" : null,
  ].filter(Boolean);
}

/** Give one question with all its figures. */
export function questionFigures(item, number, view) {
  const question = view.questions[number];
  const { prompt, language } = wordsOf(question, view);
  const { measures } = item;
  return el("article", { class: "question", id: place(number), tabindex: "-1", "aria-labelledby": `${place(number)}-title` },
    el("h3", { id: `${place(number)}-title` }, counted(number, prompt), words(prompt, language)),
    el("p", { class: "hint" }, `${KINDS[item.kind]} · ${item.id}`),
    el("dl", { class: "measures" },
      measure("Mean score", share(measures.facility)),
      measure("Discrimination", two(measures.discrimination)),
      measure("Unanswered", percent(measures.unanswered)),
      measure("Tries until right", one(measures.tries)),
      measure("First attempts", count(measures.n))),
    answers(item, question, view),
    view.statistics.languages.length > 1 ? languages(item, question, view) : null);
}

function measure(name, value) {
  return el("div", {}, el("dt", {}, name), el("dd", {}, value));
}

function answers(item, question, view) {
  const { choices, language } = wordsOf(question, view);
  const order = item.kind === "order";
  const rows = item.measures.taken.map((each) => [
    choices[each.answer] === undefined ? el("span", { dir: "auto" }, each.answer) : words(choices[each.answer], language),
    order ? String(question.right.indexOf(each.answer) + 1) : each.right ? el("strong", { class: "key" }, "correct") : "",
    count(each.count), share(each.share, each.right ? "bar--right" : "bar--other"),
  ]);
  const columns = order
    ? [["Choice"], ["Its place"], ["Put there by", true], ["Share", true]]
    : [[question.right.length ? "Choice" : "Answer"], ["Key"], ["Taken by", true], ["Share", true]];
  const title = question.right.length ? "What was chosen on the first attempt" : "What several wrote on the first attempt";
  const key = keyOf(question);
  return el("div", { class: "answers" },
    key ? el("p", { class: "hint" }, `Right: ${key}`) : null,
    rows.length ? table(title, columns, rows) : el("p", { class: "hint" }, "No answer was written by several learners."));
}

function keyOf(question) {
  if (question.kind === "text") return question.accepted.join(" · ");
  if (question.kind !== "number") return "";
  return question.low === question.high ? String(question.low) : `${question.low ?? "…"} to ${question.high ?? "…"}`;
}

function languages(item, question, view) {
  const rows = item.languages.map((each) => [
    el("span", { class: each.gap?.flag ? "flagged" : null }, languageName(each.language)),
    count(each.measures.n), share(each.measures.facility, each.gap?.flag ? "bar--flag" : ""), two(each.measures.discrimination),
    percent(each.measures.unanswered), points(each.gap?.difference), points(each.gap?.rest),
    each.gap?.flag ? el("strong", { class: "flag" }, each.gap.flag === "translation" ? "translation?" : "behind") : "",
  ]);
  const columns = [["Language"], ["Learners", true], ["Mean score", true], ["Discrimination", true], ["Unanswered", true],
    ["Against the others", true], ["On the rest", true], ["Flag"]];
  return el("div", {}, table("By language of the first attempt", columns, rows),
    flagged(item).map((each) => compared(each, item, question, view)));
}

/** Give a flagged question's words beside the original's, with what was chosen in each. */
function compared(each, item, question, view) {
  const column = (language, measures) => {
    const found = wordsOf(question, view, language);
    const taken = new Map((measures?.taken || []).map((one) => [one.answer, one.share]));
    const rows = Object.entries(found.choices).map(([choice, text]) => {
      const right = item.kind !== "order" && question.right.includes(choice);
      return [words(text, found.language), right ? el("strong", { class: "key" }, "correct") : "", taken.has(choice) ? share(taken.get(choice), right ? "bar--right" : "bar--other") : ""];
    });
    const name = languageName(language);
    return el("div", {}, el("h4", {}, name), words(found.prompt, found.language, "p"),
      rows.length ? table(`What was chosen in ${name}`, [["Choice"], ["Key"], ["Share", true]], rows, { hideCaption: true }) : null);
  };
  const original = item.languages.find((other) => other.language === view.original);
  return el("details", { class: "compared", open: true },
    el("summary", {}, `${languageName(each.language)}: ${why(each)}`),
    el("div", { class: "beside" }, column(each.language, each.measures), each.language === view.original ? null : column(view.original, original?.measures)));
}
