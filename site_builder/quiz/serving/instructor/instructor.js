// The page for instructors: a token, the quizzes, and the figures of one.

import { histogram, share } from "./figures.js";
import { count, el, languageName, percent, table, time, words } from "./page_parts.js";
import { glance, meanings, questionFigures, warnings } from "./questions.js";
import { submissions } from "./submissions.js";

const KEPT = "course quiz instructor";
const at = (id) => document.getElementById(id);
const dark = matchMedia("(prefers-color-scheme: dark)");
const look = () => document.documentElement.setAttribute("data-md-color-scheme", dark.matches ? "slate" : "default");
dark.addEventListener("change", look);
look();

let token = sessionStorage.getItem(KEPT) || "";
let quizzes = [];
let shown = 0; // counts what was asked for: an answer that comes too late is not shown

/** What asks the server with the token; what goes wrong is told, and gives `null`. */
const server = {
  async ask(address, more = {}) {
    server.tell("", "");
    try {
      const answer = await fetch(address, { ...more, headers: { Authorization: `Bearer ${token}`, ...more.headers }, cache: "no-store", credentials: "omit" });
      if (answer.ok) return answer;
      const problem = await answer.json().catch(() => ({ message: `the server answers with ${answer.status}`, help: "" }));
      if (answer.status === 401) leave();
      server.tell("", `${problem.message[0].toUpperCase()}${problem.message.slice(1)}${problem.help ? `: ${problem.help.replaceAll("`", "")}` : ""}.`);
    } catch {
      server.tell("", "The server does not answer. Try again.");
    }
    return null;
  },
  async json(address) {
    return (await server.ask(address))?.json().catch(() => null) ?? null;
  },
  send(address, body) {
    return server.ask(address, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
  },
  tell(news, fault = "") {
    at("told").textContent = news;
    at("fault").textContent = fault;
  },
};

function leave() {
  token = "";
  shown += 1;
  sessionStorage.removeItem(KEPT);
  at("figures").replaceChildren();
  at("quizzes").hidden = at("leave").hidden = true;
  at("sign-in").hidden = false;
  at("token").value = "";
  at("token").focus();
}

async function enter() {
  const found = await server.json("api/instructor/results?most=1") && await server.json("api/quizzes");
  if (!found) {
    if (token) retry(enter);
    return;
  }
  sessionStorage.setItem(KEPT, token);
  quizzes = found.quizzes;
  at("sign-in").hidden = true;
  at("quizzes").hidden = at("leave").hidden = false;
  await route();
}

function retry(again) {
  at("figures").replaceChildren(el("p", {}, el("button", { class: "button", type: "button", click: again }, "Try again")));
}

const title = (quiz) => quiz.titles.en ?? Object.values(quiz.titles)[0] ?? quiz.quiz;
const wanted = () => new URLSearchParams(location.hash.slice(1)).get("quiz") ?? quizzes[0]?.quiz ?? "";

async function route() {
  if (!token) return;
  const quiz = wanted();
  at("quizzes").replaceChildren(el("h2", {}, "Quizzes"), el("ul", {}, quizzes.map((each) =>
    el("li", {}, el("a", { href: `#${new URLSearchParams({ quiz: each.quiz })}`, "aria-current": each.quiz === quiz ? "page" : null },
      el("span", { dir: "auto" }, title(each)), el("small", {}, each.quiz))))));
  if (quizzes.length) await show(quiz, { focus: true });
  else at("figures").replaceChildren(el("h1", {}, "This server holds no quiz"));
}

async function show(quiz, { focus = false } = {}) {
  const mine = (shown += 1);
  server.tell("Loading …");
  const view = await server.json(`api/instructor/statistics/${encodeURIComponent(quiz)}`);
  if (mine !== shown) return;
  if (!view) {
    if (token) retry(() => show(quiz, { focus }));
    return;
  }
  server.tell("");
  const heading = words(view.titles[view.original] ?? view.quiz, view.original, "h1");
  heading.tabIndex = -1;
  document.title = `${heading.textContent}, for instructors`;
  at("figures").replaceChildren(heading, figures(view), submissions(view, server, () => refresh(quiz)));
  if (focus) heading.focus();
}

/** Bring the figures up to date, and leave the submissions as they are. */
async function refresh(quiz) {
  const view = await server.json(`api/instructor/statistics/${encodeURIComponent(quiz)}`);
  if (view && wanted() === quiz) at("whole").replaceWith(figures(view));
}

function figures(view) {
  const { group, languages, items, earlier } = view.statistics;
  if (!group.learners) return el("div", { id: "whole" }, el("p", {}, "Nobody has submitted this quiz yet."));
  return el("div", { id: "whole" },
    el("p", { class: "hint" }, `${view.quiz} · pass mark ${percent(view.pass_mark)} · as of ${time(view.made)}`),
    summary(group), downloads(view),
    earlier ? el("p", { class: "hint" }, `${count(earlier)} first attempts were graded with an earlier version of the quiz.`) : null,
    warnings(view),
    el("section", { "aria-labelledby": "scores" }, el("h2", { id: "scores" }, "Scores"), el("div", { class: "beside" },
      histogram("First attempts", group.first, group.learners, view.pass_mark), histogram("Best attempts", group.best, group.learners, view.pass_mark)),
      languages.length > 1 ? byLanguage(languages) : null),
    el("section", { "aria-labelledby": "questions" }, el("h2", { id: "questions" }, "Questions"), meanings(), glance(view),
      items.map((item, number) => questionFigures(item, number, view))));
}

function summary(group) {
  const tile = (name, value, more) => el("div", {}, el("dt", {}, name), el("dd", {}, value, more ? el("small", {}, more) : null));
  return el("dl", { class: "tiles" },
    tile("Learners", count(group.learners)),
    tile("Submissions", count(group.submissions)),
    tile("Passed", percent(group.best.passed), `${percent(group.first.passed)} at once`),
    tile("Mean score", percent(group.first.mean), `${percent(group.best.mean)} at best`),
    tile("Late", count(group.late), group.only_late ? `${count(group.only_late)} learners only late` : ""));
}

function byLanguage(languages) {
  const rows = languages.map(({ language, group }) => [languageName(language), count(group.learners), count(group.submissions),
    share(group.first.mean), percent(group.best.mean), percent(group.best.passed), count(group.late)]);
  const columns = [["Language"], ["Learners", true], ["Submissions", true], ["Mean of first attempts", true], ["Mean of best", true], ["Passed", true], ["Late", true]];
  return table("By language", columns, rows);
}

function downloads(view) {
  const quiz = encodeURIComponent(view.quiz);
  const plain = view.quiz.replace(/[^A-Za-z0-9]+/g, "-");
  const door = (name, address, file) => el("button", { class: "button button--quiet", type: "button", click: () => save(address, file) }, name);
  return el("p", { class: "doors" },
    door("Questions (CSV)", `api/instructor/items.csv?quiz=${quiz}`, `${plain}-questions.csv`),
    door("Submissions (CSV)", `api/instructor/results.csv?quiz=${quiz}`, `${plain}-results.csv`),
    door("All figures (JSON)", `api/instructor/statistics/${quiz}`, `${plain}-statistics.json`));
}

/** Save what an address gives; a link would not send the token. */
async function save(address, file) {
  const content = await (await server.ask(address))?.blob().catch(() => null);
  if (!content) return;
  const link = el("a", { href: URL.createObjectURL(content), download: file });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  server.tell(`Saved ${file}.`);
}

at("sign-in").addEventListener("submit", (event) => {
  event.preventDefault();
  token = at("token").value.trim();
  enter();
});
at("leave").addEventListener("click", () => {
  leave();
  server.tell("Signed out.");
});
addEventListener("hashchange", () => {
  if (location.hash !== "#main") route();
});
if (token) enter();
else leave();
