// Submissions of a quiz, some at a time, with their answers, and corrections of their scores.

import { count, el, languageName, percent, table, time, words } from "./page_parts.js";
import { wordsOf } from "./questions.js";

const AT_ONCE = 50;

/** Give the part of the page that shows submissions when it is opened. `corrected` is called after a correction. */
export function submissions(view, server, corrected) {
  const list = el("div", { "aria-live": "off" });
  const number = el("input", { id: "number", type: "number", min: "1", step: "1", inputmode: "numeric" });
  const show = (after, most) => fetched(view, server, list, { after, most, corrected, show });
  const form = el("form", { class: "search", submit(event) {
    event.preventDefault();
    if (number.value) show(Number(number.value) - 1, 1);
    else show(0, AT_ONCE);
  } }, el("label", { for: "number" }, "Submission"), number, el("button", { class: "button button--quiet", type: "submit" }, "Show"));
  const whole = el("details", { class: "submissions", toggle() {
    if (whole.open && !list.hasChildNodes()) show(0, AT_ONCE);
  } }, el("summary", {}, el("h2", {}, "Submissions and corrections")), form, list);
  return whole;
}

async function fetched(view, server, list, how) {
  const address = `api/instructor/results?quiz=${encodeURIComponent(view.quiz)}&after=${how.after}&most=${how.most}`;
  const found = await server.json(address);
  if (!found) return;
  if (!found.results.length) {
    list.replaceChildren(el("p", {}, how.after ? "There are no more." : "Nothing was submitted."));
    return;
  }
  const rows = found.results.map((each) => row(each, view, server, how));
  const columns = [["Submission"], ["Learner"], ["Attempt", true], ["Language"], ["Received"], ["Score", true], ["Passed"], [el("span", { class: "unseen" }, "To do")]];
  const next = found.after === null || how.most === 1 ? null
    : el("button", { class: "button button--quiet", type: "button", click: () => how.show(found.after, AT_ONCE) }, "The next");
  const first = how.after ? el("button", { class: "button button--quiet", type: "button", click: () => how.show(0, AT_ONCE) }, "From the first") : null;
  list.replaceChildren(table("Submissions, the oldest first", columns, rows), el("p", { class: "doors" }, first, next));
}

function row(each, view, server, how) {
  const learner = each.name || each.learner.slice(0, 8);
  const name = `Look at submission ${each.id}`;
  const again = async () => {
    await how.corrected();
    await how.show(how.after, how.most);
    document.querySelector(`[aria-label="${name}"]`)?.focus();
  };
  return [
    String(each.id), el("span", { dir: "auto", title: each.learner }, learner), count(each.attempt), languageName(each.language),
    time(each.received) + (each.late ? ", late" : ""),
    percent(each.counted) + (each.corrections.length ? ` (was ${percent(each.score)})` : ""), each.counted_passed ? "yes" : "no",
    el("button", { class: "button button--quiet", type: "button", "aria-label": name, click: () => open(each, view, server, again) }, "Look"),
  ];
}

/** Show a submission's answers, and take a correction of its score. */
function open(each, view, server, done) {
  const close = () => dialog.close();
  const score = el("input", { id: "score", type: "number", min: "0", max: "100", step: "any", required: true, value: String(Math.round(each.counted * 1000) / 10) });
  const reason = el("textarea", { id: "reason", rows: "3", maxlength: "1000", required: true, "aria-describedby": "reason-help" });
  const form = el("form", { class: "correction", async submit(event) {
    event.preventDefault();
    const body = { submission: each.id, score: Number(score.value) / 100, reason: reason.value.replace(/\s+/g, " ").trim() };
    if (!await server.send("api/instructor/corrections", body)) return;
    close();
    await done();
    server.tell(`Submission ${each.id} counts ${percent(body.score)} now.`);
  } },
    el("h3", {}, "Correct the score"),
    el("label", { for: "score" }, "Score in percent"), score,
    el("label", { for: "reason" }, "Reason"), reason,
    el("p", { class: "hint", id: "reason-help" }, "The learner sees it. The first score is kept."),
    el("p", { class: "doors" }, el("button", { class: "button", type: "submit" }, "Save"), el("button", { class: "button button--quiet", type: "button", click: close }, "Close")));
  const earlier = each.corrections.map((one) => el("li", {}, `${percent(one.score)} by `, el("span", { dir: "auto" }, one.instructor), `, ${time(one.made)}: `, el("span", { dir: "auto" }, one.reason)));
  const fault = document.getElementById("fault");
  const dialog = el("dialog", { "aria-labelledby": "submission", close() {
    document.body.append(fault);
    dialog.remove();
  } },
    el("h2", { id: "submission" }, `Submission ${each.id}`),
    answers(each, view),
    earlier.length ? el("div", {}, el("h3", {}, "Corrections so far"), el("ul", {}, earlier)) : null,
    form);
  document.body.append(dialog);
  dialog.append(fault); // what lies outside an open dialog is neither seen nor heard
  dialog.showModal();
}

function answers(each, view) {
  const marks = new Map(each.marks.map((mark) => [mark.item, mark]));
  const rows = view.questions.map((question, number) => {
    const { prompt, choices, language } = wordsOf(question, view);
    const given = each.answers[question.id];
    const shown = [given ?? []].flat().map((one) => String(choices[one] ?? one)).join(" · ");
    const mark = marks.get(question.id);
    return [el("span", {}, `${number + 1}. `, words(prompt, language)), el("span", { dir: "auto" }, shown || "–"), mark ? percent(mark.score) : "–"];
  });
  return table("Answers", [["Question"], ["Answer"], ["Score", true]], rows);
}
