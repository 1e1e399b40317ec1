// A graded quiz is submitted as a whole: whether the work is saved comes first, then what the server found.
"use strict";

{
  const { element, kept, outbox, server } = course;
  const quiz = course.page.page;
  const questions = [...document.querySelectorAll("course-question")].filter((each) => each.graded);
  const remembered = kept.read(`sheet ${quiz}`, {});
  let rules = remembered.rules || {};
  let bank = remembered.bank || "";
  let left = null;
  let asked = false;
  let shown = null;

  const rulesLine = element("ul", { class: "course-submission__rules" });
  const submit = element("button", { type: "button", class: "course-button" }, course.word("submit"));
  const again = element("button", { type: "button", class: "course-button course-button--quiet", hidden: "" }, course.word("sendNow"));
  const work = element("button", { type: "button", class: "course-button course-button--quiet" }, course.word("work"));
  const saved = element("p", { class: "course-submission__saved" });
  const found = element("div", { class: "course-submission__found" });
  const status = element("div", { class: "course-submission__status", role: "status" }, saved, found);
  const panel = element("section", { class: "course-submission", "aria-label": course.word("submitQuiz") }, rulesLine,
    element("div", { class: "course-question__foot" }, submit, again, work), status);

  /** Give the submission that counts for what is shown: one that waits comes before one that was answered. */
  const waiting = () => outbox.of(quiz).at(-1);
  const result = () => kept.read(`result ${quiz}`, {});

  function press() {
    if (submit.getAttribute("aria-disabled") === "true") return;
    const open = questions.filter((each) => each.answer === null);
    if (open.length && !asked) {
      asked = true;
      submit.textContent = course.word("submitAnyway");
      say("open", course.word("openQuestions", { number: open.length, all: questions.length }));
      return;
    }
    asked = false;
    submit.textContent = course.word("submit");
    const answers = Object.fromEntries(questions.filter((each) => each.answer !== null).map((each) => [each.item, each.answer]));
    outbox.put(quiz, { language: course.page.language, answers, ...(bank && { bank }) });
    kept.change(quiz, (page) => {
      page.questions = questions.length;
      page.finished ||= Date.now();
    });
    outbox.flush(true);
  }

  function say(state, ...texts) {
    if (saved.textContent === texts.join(" ") && saved.dataset.state === state) return;
    saved.dataset.state = state;
    saved.textContent = texts.join(" ");
  }

  /** Show how things stand; nothing is said twice. */
  function show() {
    if (asked) return;
    const entry = waiting();
    const answered = result();
    again.hidden = !entry || entry.refused || entry.status < 0;
    if (entry?.refused) say("refused", course.word("refused"), server.why(entry.status));
    else if (entry?.status >= 0) say("waiting", course.word(kept.lasting() ? "waiting" : "waitingHere"), server.why(entry.status));
    else if (entry) say("sending", course.word("sending"));
    else if (answered.received) say("saved", course.word("saved", { time: server.moment(answered.received) }));
    else say("", "");
    showRules(answered);
    showResult(answered, entry && !entry.refused);
  }

  function showRules(answered) {
    left = answered.left !== undefined ? answered.left : rules.attempts || null;
    const percent = new Intl.NumberFormat(document.documentElement.lang, { style: "percent", maximumFractionDigits: 0 });
    const facts = [];
    if (rules.pass_mark) facts.push(course.word("toPass", { share: percent.format(rules.pass_mark) }));
    if (left !== null) facts.push(course.word("left", { number: left }));
    if (rules.deadline) facts.push(course.word("deadline", { time: server.moment(rules.deadline) }));
    rulesLine.replaceChildren(...facts.map((each) => element("li", {}, each)));
    rulesLine.hidden = !facts.length;
    const none = left === 0 || outbox.of(quiz).some((each) => !each.refused);
    submit.setAttribute("aria-disabled", String(none));
  }

  function showResult(answered, stale) {
    const key = stale || !answered.marks ? "" : JSON.stringify(answered);
    if (shown === key) return;
    shown = key;
    found.replaceChildren();
    if (!key) return;
    const percent = new Intl.NumberFormat(document.documentElement.lang, { style: "percent", maximumFractionDigits: 0 }).format(answered.score);
    found.append(element("p", { class: `course-submission__result course-submission__result--${answered.passed ? "passed" : "open"}` },
      element("strong", {}, course.word("result", { share: percent })), ` ${course.word(answered.passed ? "passed" : "notPassed")}`, ...(answered.late ? [` ${course.word("late")}`] : [])));
    for (const each of answered.corrections || []) found.append(element("p", {}, course.word("corrected", { who: each.instructor, why: each.reason })));
    for (const mark of answered.marks) showMark(mark, answered.answers);
  }

  /** Show what was found at the question itself, as long as the answer is the one that was submitted. */
  function showMark(mark, answers) {
    const question = questions.find((each) => each.item === mark.item);
    if (!question || JSON.stringify(question.answer) !== JSON.stringify(answers[mark.item] ?? null)) return;
    const why = new Map(Object.entries(mark.explanations || {}).map(([choice, html]) => [choice, course.safeHtml(html)]));
    if (mark.explanation) why.set("", course.safeHtml(mark.explanation));
    question.showGraded(mark, { right: mark.key?.right || null, why, all: Boolean(mark.key), answer: mark.state === "right" ? "" : keyText(mark.key) });
  }

  function keyText(key) {
    if (key?.accepted) return key.accepted.join(" · ");
    if (!key || !("low" in key)) return "";
    const { low, high } = key;
    if (low === null) return `≤ ${high}`;
    if (high === null) return `≥ ${low}`;
    return low === high ? String(low) : `${low} – ${high}`;
  }

  /** Ask for the rules, and for what this learner has submitted, here or on another device. */
  async function refresh() {
    const sheet = await server.ask("GET", `${server.quizPath(quiz, "sheet")}?language=${encodeURIComponent(course.page.language)}`);
    if (sheet.status === 200 && sheet.data.rules) {
      ({ rules, bank } = sheet.data);
      kept.write(`sheet ${quiz}`, { rules, bank });
    }
    if (!server.token) return;
    const mine = await server.ask("GET", server.quizPath(quiz, "submissions"), { token: server.token });
    const last = mine.status === 200 && mine.data.submissions?.at?.(-1);
    if (last) kept.write(`result ${quiz}`, { ...last, left: mine.data.left });
  }

  submit.addEventListener("click", press);
  again.addEventListener("click", () => outbox.flush(true));
  work.addEventListener("click", () => course.work.open());
  document.addEventListener("course-changed", () => {
    asked = false;
    submit.textContent = course.word("submit");
    show();
  });
  document.addEventListener("course-kept", ({ detail }) => /^($|outbox |result )/.test(detail) && queueMicrotask(show));
  document.addEventListener("course-moved", refresh);
  if (questions.length) {
    questions.at(-1).after(panel);
    show();
    refresh();
  }
}
