// What a browser keeps of a reader's work: answers, what they were found to be, finished pages; by the course's place, for several may share a host.
"use strict";

{
  course.page = JSON.parse(document.getElementById("course-page")?.textContent || "{}");
  const root = new URL(course.page.site || "./", location.href).pathname.replace(/index\.html$/, "");
  const prefix = `course ${root} `;
  // Where storage is closed to us the work lasts as long as the page.
  const otherwise = new Map();
  const states = ["", "right", "partly", "wrong", "unanswered"];
  const most = { id: 300, text: 2000, choices: 100, pages: 5000, answers: 500 };

  const open = isOpen();

  const kept = {
    root,

    /** Give a kept value; `without` where there is none or it cannot be read. */
    read(name, without) {
      try {
        const value = JSON.parse(otherwise.get(name) ?? localStorage.getItem(prefix + name));
        return value === null || typeof value !== typeof without ? without : value;
      } catch {
        return without;
      }
    },

    /** Keep a value, and tell whether it outlasts this page. */
    write(name, value) {
      const text = JSON.stringify(value);
      let stored = true;
      try {
        localStorage.setItem(prefix + name, text);
        otherwise.delete(name);
      } catch {
        otherwise.set(name, text);
        stored = false;
      }
      document.dispatchEvent(new CustomEvent("course-kept", { detail: name }));
      return stored;
    },

    remove(name) {
      otherwise.delete(name);
      try {
        localStorage.removeItem(prefix + name);
      } catch {
        // There was nothing to remove.
      }
      document.dispatchEvent(new CustomEvent("course-kept", { detail: name }));
    },

    /** Tell whether what is kept outlasts this page. */
    lasting: () => open && otherwise.size === 0,

    /** Give the kept names that begin with `start`. */
    names(start = "") {
      const found = new Set(otherwise.keys());
      try {
        for (let at = 0; at < localStorage.length; at += 1) {
          const key = localStorage.key(at);
          if (key.startsWith(prefix)) found.add(key.slice(prefix.length));
        }
      } catch {
        // What this page has is all there is.
      }
      return [...found].filter((each) => each.startsWith(start));
    },

    /** Give what is kept of a page: `answers` by question, `questions` that it has, when it was `finished` (0: not yet). */
    page(id) {
      return pageOf(id, this.read(`page ${id}`, {}));
    },

    /** Give what is kept of all pages, by id. */
    pages() {
      return new Map(this.names("page ").map((name) => [name.slice(5), this.page(name.slice(5))]));
    },

    /** Change what is kept of a page; read again first, for another window may have written. */
    change(id, change) {
      const page = this.page(id);
      change(page);
      return this.write(`page ${id}`, page);
    },

    /** Give a number that this reader alone has: choices stand in another order for another reader. */
    seed() {
      const known = this.read("seed", 0);
      if (known) return known;
      const made = 1 + crypto.getRandomValues(new Uint32Array(1))[0];
      this.write("seed", made);
      return made;
    },

    /** Give all work as the text of a file. */
    asFile() {
      const pages = Object.fromEntries(this.pages());
      return `${JSON.stringify({ format: "course-work", version: 1, course: course.page.course || "", made: new Date().toISOString(), pages }, null, 1)}\n`;
    },

    /** Take in a file's work beside what there is: of two answers to one question the later counts. Throws an error whose message is a word. */
    takeIn(text, known) {
      const pages = readFile(text, known);
      for (const [id, theirs] of pages) {
        this.change(id, (mine) => {
          for (const [item, answer] of Object.entries(theirs.answers)) if (!(mine.answers[item]?.at >= answer.at)) mine.answers[item] = answer;
          mine.finished = Math.min(mine.finished || Infinity, theirs.finished || Infinity);
          if (!Number.isFinite(mine.finished)) mine.finished = 0;
          mine.questions = mine.questions || theirs.questions;
        });
      }
      document.dispatchEvent(new CustomEvent("course-replaced"));
    },

    /** Erase all work, and who the learner is. */
    erase() {
      for (const name of this.names()) this.remove(name);
      document.dispatchEvent(new CustomEvent("course-replaced"));
    },
  };

  function isOpen() {
    try {
      localStorage.setItem(`${prefix}test`, "1");
      localStorage.removeItem(`${prefix}test`);
      return true;
    } catch {
      return false;
    }
  }

  /** Give a page's work with nothing in it that cannot be work. */
  function pageOf(id, value) {
    const written = value?.answers && typeof value.answers === "object" ? Object.entries(value.answers) : [];
    const answers = written.slice(0, most.answers).filter(([item, each]) => item.startsWith(`${id}#`) && item.length <= most.id && isAnswer(each?.answer))
      .map(([item, each]) => [item, { answer: each.answer, state: states.includes(each.state) ? each.state : "", at: time(each.at) }]);
    const questions = Number.isInteger(value?.questions) ? Math.min(Math.max(value.questions, 0), most.answers) : 0;
    return { answers: Object.fromEntries(answers), questions, finished: time(value?.finished) };
  }

  function isAnswer(value) {
    if (Array.isArray(value)) return value.length <= most.choices && value.every((each) => typeof each === "string" && each.length <= 100);
    return value === null || Number.isFinite(value) || (typeof value === "string" && value.length <= most.text);
  }

  function time(value) {
    return Number.isFinite(value) && value > 0 ? Math.min(value, Date.now()) : 0;
  }

  function readFile(text, known) {
    let data;
    try {
      data = JSON.parse(text);
    } catch {
      throw new Error("notWork");
    }
    if (data?.format !== "course-work" || !data.pages || typeof data.pages !== "object" || Array.isArray(data.pages)) throw new Error("notWork");
    if (data.version !== 1) throw new Error("newerWork");
    const pages = Object.entries(data.pages).slice(0, most.pages).filter(([id, each]) => id && id.length <= most.id && each && typeof each === "object");
    if (data.course !== course.page.course && !pages.some(([id]) => known.has(id))) throw new Error("otherWork");
    return new Map(pages.map(([id, each]) => [id, pageOf(id, each)]));
  }

  course.kept = kept;
  window.addEventListener("storage", ({ key }) => {
    if (key === null || (key.startsWith(prefix) && key !== `${prefix}test`)) document.dispatchEvent(new CustomEvent("course-kept", { detail: key ? key.slice(prefix.length) : "" }));
  });
}
