// What a learner is told after an answer: a mark and the explanation at each choice, and a sentence on the whole.
"use strict";

{
  const { element } = course;
  let number = 0;

  /** Give the sentence on an answer: something chosen that is wrong is told apart from something still to be found. */
  course.verdict = (kind, { state, wrong }) => {
    if (state === "right") return course.word("right");
    if (state === "unanswered") return course.word("unanswered");
    if (state === "partly") return course.word("partly");
    if (kind !== "multiple") return course.word("notYet");
    return course.word(wrong === 1 ? "oneWrong" : "someWrong");
  };

  /** Give what a self-check's folded answers tell: explanations by choice, that of the whole question under an empty name. */
  course.toldInPage = (form) => {
    const details = form.querySelector(":scope > .course-answers");
    const found = new Map();
    if (!details) return found;
    for (const each of details.querySelectorAll(":scope > ol > li[data-choice]")) {
      const why = each.querySelector(":scope > .course-answers__explanation");
      if (why) found.set(each.dataset.choice, why);
    }
    const whole = details.querySelector(":scope > .course-answers__explanation");
    if (whole) found.set("", whole);
    return found;
  };

  /**
   * Show marks and explanations in a question's form. `told` has `right` (ids of correct choices, an order's in their order; null: not told),
   * `why` (name to an element with an explanation) and `all`: whether what was not chosen is explained too.
   */
  course.tell = (form, kind, chosen, told) => {
    course.untell(form);
    const isOrdered = kind === "order" && chosen.length > 0; // an order that nobody touched is not wrong
    form.querySelectorAll(".course-choices > li").forEach((item, at) => {
      if (kind === "order" && !isOrdered) return;
      const id = item.dataset.choice;
      const isChosen = isOrdered || chosen.includes(id);
      if (!told.right || !(isChosen || told.all)) return;
      const correct = kind === "order" ? told.right[at] === id : told.right.includes(id);
      const why = told.why.get(id);
      if (!isChosen && !correct && !why) return;
      item.dataset.mark = correct ? (isChosen ? "right" : "missed") : isChosen ? "wrong" : "other";
      const showWhy = why && (kind !== "order" || told.all);
      const note = element("div", { class: "course-told", id: `course-told-${(number += 1)}` }, sign(correct), ...(showWhy ? [copy(why)] : []));
      item.append(note);
      item.querySelector("input:not([hidden])")?.setAttribute("aria-describedby", note.id);
    });
    if (told.all && (told.why.has("") || told.answer)) form.querySelector("fieldset").append(whole(told));
  };

  course.untell = (form) => {
    form.querySelectorAll(".course-told").forEach((each) => each.remove());
    form.querySelectorAll(".course-choices > li[data-mark]").forEach((item) => {
      item.removeAttribute("data-mark");
      item.querySelector("input")?.removeAttribute("aria-describedby");
    });
  };

  function whole(told) {
    const answer = told.answer ? [element("p", {}, sign(true), ` ${told.answer}`)] : [];
    const why = told.why.get("");
    return element("div", { class: "course-told course-told--whole" }, ...answer, ...(why ? [copy(why)] : []));
  }

  function sign(correct) {
    return element("span", { class: `course-told__sign course-told__sign--${correct ? "right" : "wrong"}` }, course.word(correct ? "correct" : "incorrect"));
  }

  /** Copy an explanation; ids stay with the original. */
  function copy(why) {
    const made = element("div", { class: "course-told__why" }, ...why.cloneNode(true).childNodes);
    made.querySelectorAll("[id]").forEach((each) => each.removeAttribute("id"));
    return made;
  }
}
