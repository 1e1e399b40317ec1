// A question in the page: answered, checked, tried again. Without this script its form works by itself, with the answer behind a fold.
"use strict";

{
  const { element } = course;

  class CourseQuestion extends HTMLElement {
    /** Take the form inside over; called once it stands in the page. */
    connectedCallback() {
      if (this.form) return;
      this.form = this.querySelector("form");
      const { question, kind, key, scoring, graded } = this.form.dataset;
      Object.assign(this, { item: question, kind, scoring: scoring || "exact", graded: graded === "on", pageId: question.slice(0, question.lastIndexOf("#")) });
      this.fieldset = this.form.querySelector("fieldset");
      this.list = this.form.querySelector(".course-choices");
      this.choices = [...(this.list?.children || [])].map((each) => each.dataset.choice);
      this.key = key ? { ...JSON.parse(key), kind, choices: this.choices } : null;
      this.details = this.form.querySelector(".course-answers");
      this.told = course.toldInPage(this.form);
      this.dress();
      this.restore();
      this.form.addEventListener("input", () => this.changed());
      this.form.addEventListener("submit", (event) => {
        event.preventDefault();
        if (!this.graded) this.check();
      });
    }

    dress() {
      this.form.noValidate = true;
      const legend = this.form.querySelector("legend");
      const prompt = this.fieldset.getAttribute("aria-labelledby");
      legend.id ||= `${this.form.id}-legend`;
      if (prompt) this.fieldset.setAttribute("aria-labelledby", `${prompt} ${legend.id}`);
      this.result = element("p", { class: "course-question__result", role: "status" });
      this.checkButton = element("button", { type: "submit", class: "course-button" }, course.word("check"));
      this.againButton = element("button", { type: "button", class: "course-button course-button--quiet", hidden: "" }, course.word("again"));
      this.againButton.addEventListener("click", () => this.again());
      // A key that is held down checks and does no more.
      this.againButton.addEventListener("keydown", (event) => event.repeat && event.preventDefault());
      const foot = element("div", { class: "course-question__foot" }, ...(this.graded ? [] : [this.checkButton, this.againButton]), this.result);
      this.fieldset.after(foot);
      if (this.details) this.details.hidden = true;
      if (this.form.dataset.shuffle === "on" && this.list && this.kind !== "order") this.shuffle();
      if (this.kind !== "order") return;
      legend.textContent = course.word("putInOrder");
      // In a graded quiz an order that nobody touched is no answer.
      this.keepButton = element("button", { type: "button", class: "course-button course-button--quiet" }, course.word("keepOrder"));
      this.keepButton.addEventListener("click", () => {
        this.touched = true;
        this.changed();
        this.list.querySelector("button").focus();
      });
      if (this.graded) foot.prepend(this.keepButton);
      this.order = course.orderOf(this.list, () => { this.touched = true; this.changed(); }, (text) => { this.result.textContent = text; });
    }

    /** Mix the choices: in the same way for this reader on every visit and in every language. */
    shuffle() {
      const seed = course.kept.seed();
      const place = new Map(this.choices.map((id) => [id, hash(`${seed} ${this.item} ${id}`)]));
      this.list.append(...[...this.list.children].sort((one, other) => place.get(one.dataset.choice) - place.get(other.dataset.choice)));
    }

    get inputs() {
      return [...this.form.querySelectorAll(".course-choices input:not([hidden]), .course-question__field input")];
    }

    /** The answer as it stands: choice ids, a text, or null where there is none. */
    get answer() {
      if (this.order) return this.touched ? this.order.read() : null;
      if (!this.list) return this.inputs[0].value.trim() ? this.inputs[0].value : null;
      const chosen = this.inputs.filter((each) => each.checked).map((each) => each.value);
      return chosen.length ? this.choices.filter((each) => chosen.includes(each)) : null;
    }

    set answer(value) {
      if (this.order) {
        const whole = Array.isArray(value) && value.length === this.choices.length && this.choices.every((each) => value.includes(each));
        this.touched = whole;
        this.order.put(whole ? value : this.choices);
      } else if (this.list) {
        const chosen = Array.isArray(value) ? value : [];
        for (const each of this.inputs) each.checked = chosen.includes(each.value);
      } else {
        this.inputs[0].value = value === null || Array.isArray(value) ? "" : String(value);
      }
    }

    /** Show what was kept, without a word and without moving the reader. */
    restore() {
      const record = course.kept.page(this.pageId).answers[this.item];
      this.answer = record?.answer ?? null;
      this.clear();
      if (record?.state && !this.graded && this.answer !== null) this.show(this.mark(), false);
    }

    mark() {
      return course.grade(this.key, this.answer, this.scoring);
    }

    keep(state) {
      const record = { answer: this.answer, state, at: Date.now() };
      course.kept.change(this.pageId, (page) => {
        page.answers[this.item] = record;
        page.questions = course.countedQuestions().length;
      });
    }

    changed() {
      if (this.dataset.state) this.clear();
      if (this.keepButton) this.keepButton.hidden = this.touched;
      this.keep("");
      this.dispatchEvent(new CustomEvent("course-changed", { bubbles: true }));
    }

    /** Take back what was told. */
    clear() {
      delete this.dataset.state;
      course.untell(this.form);
      this.result.textContent = "";
      this.checkButton.hidden = false;
      if (this.keepButton) this.keepButton.hidden = this.touched;
      this.againButton.hidden = true;
      if (this.details) {
        this.details.hidden = true;
        this.details.open = false;
      }
    }

    check() {
      if (this.dataset.state && this.dataset.state !== "unanswered") return;
      if (this.order) this.touched = true;
      const mark = this.mark();
      if (mark.state === "unanswered") {
        this.dataset.state = mark.state;
        this.result.textContent = course.verdict(this.kind, mark);
        this.inputs[0].focus();
        return;
      }
      this.keep(mark.state);
      const hadFocus = document.activeElement === this.checkButton;
      this.show(mark, true);
      if (hadFocus) this.againButton.focus();
      this.dispatchEvent(new CustomEvent("course-answered", { bubbles: true, detail: mark }));
    }

    /** Show a self-check's mark; what is told says nothing yet of what is still to be found. */
    show(mark, open) {
      const right = mark.state === "right";
      const written = this.kind === "text" || this.kind === "number";
      course.tell(this.form, this.kind, written ? [] : this.answer, { right: this.key.right || null, why: this.told, all: right });
      this.dataset.state = mark.state;
      this.result.textContent = course.verdict(this.kind, mark);
      this.checkButton.hidden = true;
      this.againButton.hidden = false;
      if (this.details) this.details.hidden = right;
      if (open && !right && this.details) this.details.open = false;
    }

    again() {
      this.answer = null;
      this.clear();
      this.keep("");
      (this.inputs[0] || this.list.querySelector("button")).focus();
    }

    /** Show what the server found; `told` is as `course.tell` wants it. */
    showGraded(mark, told) {
      course.tell(this.form, this.kind, Array.isArray(this.answer) ? this.answer : [], told);
      this.dataset.state = mark.state;
      this.result.textContent = course.verdict(this.kind, mark);
    }
  }

  /** FNV-1a, with its bits mixed once more: short texts that differ in one sign are far apart. */
  function hash(text) {
    let found = 0x811c9dc5;
    for (const sign of text) found = Math.imul(found ^ sign.codePointAt(0), 0x01000193);
    found = Math.imul(found ^ (found >>> 15), 0x85ebca6b);
    return (found ^ (found >>> 13)) >>> 0;
  }

  /** Give the questions of the page that a reader is to answer: of variants in tabs those in the chosen tab. */
  course.countedQuestions = () => [...document.querySelectorAll("course-question")].filter((each) => {
    for (let block = each.closest(".tabbed-block"); block; block = block.parentElement.closest(".tabbed-block")) {
      const inputs = block.closest(".tabbed-set").querySelectorAll(":scope > input");
      if (!inputs[[...block.parentElement.children].indexOf(block)]?.checked) return false;
    }
    return true;
  });

  customElements.define("course-question", CourseQuestion);
  for (const form of document.querySelectorAll("form.course-question[data-question]")) {
    const [around, place] = [document.createElement("course-question"), document.createComment("")];
    form.replaceWith(place);
    around.append(form);
    place.replaceWith(around);
  }
  document.addEventListener("course-replaced", () => document.querySelectorAll("course-question").forEach((each) => each.restore()));
}
