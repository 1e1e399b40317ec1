// "Your work": how far the reader is, a file to keep it in, and the way to erase it.
"use strict";

{
  const { element, kept } = course;
  const largest = 5 * 1024 * 1024;
  let dialog;

  course.work = {
    /** What other scripts show in the dialog: functions that give an element. */
    sections: [],
    /** What must be erased elsewhere too: functions that give a promise of what went wrong, empty for nothing. */
    erasers: [],
    button,
    open,
    say: (text) => { dialog.querySelector(".course-work__said").textContent = text; },
  };

  function button(word, press, kind = "course-button--quiet") {
    const made = element("button", { type: "button", class: `course-button ${kind}` }, course.word(word));
    made.addEventListener("click", press);
    return made;
  }

  function open() {
    if (!dialog) {
      dialog = element("dialog", { class: "course-work md-typeset", "aria-labelledby": "course-work-title" });
      document.body.append(dialog);
      dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
    }
    const title = element("h2", { id: "course-work-title", class: "course-work__title" }, course.word("work"));
    const close = element("button", { type: "button", class: "course-work__close", "aria-label": course.word("close"), title: course.word("close") });
    close.addEventListener("click", () => dialog.close());
    const said = element("p", { class: "course-work__said", role: "status" });
    dialog.replaceChildren(title, close, summary(), files(), ...course.work.sections.map((each) => each()), erasing(), said);
    dialog.showModal();
  }

  /** Say how far the reader is, and where that is kept. */
  function summary() {
    const standings = [...course.standings().values()];
    const sum = (name) => standings.reduce((total, each) => total + each[name], 0);
    const pages = course.word("pagesFinished", { done: standings.filter((each) => each.done).length, all: course.page.pages });
    const facts = [pages, ...(sum("all") ? [course.word("score", { right: sum("right"), all: sum("all") })] : [])];
    return element("div", { class: "course-work__summary" },
      element("ul", {}, ...facts.map((each) => element("li", {}, each))),
      element("p", {}, course.word(!kept.lasting() ? "notKept" : course.page.server ? "keptAndSent" : "whereKept")));
  }

  function files() {
    const input = element("input", { type: "file", accept: ".json,application/json", hidden: "" });
    input.addEventListener("change", () => input.files[0] && takeIn(input.files[0]).finally(() => { input.value = ""; }));
    return element("div", { class: "course-work__row" }, button("saveFile", save), button("loadFile", () => input.click()), input);
  }

  function save() {
    const url = URL.createObjectURL(new Blob([kept.asFile()], { type: "application/json" }));
    const name = kept.root.replace(/\W+/g, "-").replace(/^-|-$/g, "");
    const link = element("a", { href: url, download: `${name ? `${name}-` : ""}work-${new Date().toISOString().slice(0, 10)}.json` });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(url), 10000);
  }

  async function takeIn(file) {
    try {
      if (file.size > largest) throw new Error("notWork");
      kept.takeIn(await file.text(), new Set(course.outlineIds()));
      dialog.querySelector(".course-work__summary").replaceWith(summary());
      course.work.say(course.word("loaded"));
    } catch (error) {
      course.work.say(course.word(["notWork", "newerWork", "otherWork"].includes(error.message) ? error.message : "notWork"));
    }
  }

  /** Erase after a second word only: the first button becomes the question. */
  function erasing() {
    const box = element("div", { class: "course-work__erase" });
    const ask = () => {
      const no = button("cancel", rest);
      box.replaceChildren(element("p", { role: "alert" }, course.word("eraseAll")), element("div", { class: "course-work__row" }, button("erase", erase, "course-button--danger"), no));
      no.focus();
    };
    const rest = () => {
      const first = button("erase", ask);
      box.replaceChildren(first);
      if (dialog.open) first.focus();
    };
    const erase = async () => {
      for (const each of course.work.erasers) {
        const fault = await each();
        if (fault) {
          course.work.say(fault);
          return;
        }
      }
      kept.erase();
      dialog.querySelector(".course-work__summary").replaceWith(summary());
      rest();
      course.work.say(course.word("erased"));
    };
    rest();
    return box;
  }

  for (const opener of document.querySelectorAll(".course-work-open")) {
    opener.hidden = false;
    opener.addEventListener("click", open);
  }
}
