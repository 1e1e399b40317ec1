// What the other scripts share: the words of the reader's language, a memory of choices, and the way back to the page read last.
"use strict";

const course = {
  words: Object.assign({}, ...["course-words", "course-quiz-words", "course-server-words"].map((id) => JSON.parse(document.getElementById(id)?.textContent || "{}"))),

  /** Give an interface word with its `{names}` filled in. */
  word(key, values = {}) {
    return Object.entries(values).reduce((text, [name, value]) => text.replace(`{${name}}`, value), this.words[key] || key);
  },

  /** Read a remembered value; `otherwise` where there is none or storage is closed to us. */
  recall(key, otherwise) {
    try {
      const kept = JSON.parse(localStorage.getItem(`course.${key}`));
      return kept !== null && typeof kept === typeof otherwise ? kept : otherwise;
    } catch {
      return otherwise;
    }
  },

  remember(key, value) {
    try {
      localStorage.setItem(`course.${key}`, JSON.stringify(value));
    } catch {
      // Private windows and full disks: the choice holds for this page only.
    }
  },

  /** Make an element; every text goes in as text, never as HTML. */
  element(name, attributes = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (value !== undefined && value !== null) made.setAttribute(key, value);
    }
    made.append(...children);
    return made;
  },

  /** The path of the reader's edition, with a slash at its end. */
  edition: new URL((JSON.parse(document.getElementById("__config")?.textContent || "{}").base || ".").replace(/\/?$/, "/"), location.href).pathname,

  /** Give the address of a page of the edition, such as `chapter1/quiz`, from its path. */
  addressOf(path) {
    return decodeURI(path.slice(this.edition.length)).replace(/(^\/|\/?(index\.html)?$)/g, "");
  },
};

{
  // Each edition remembers the page that was read last, so that its start page can lead back there.
  const { edition } = course;
  const home = document.querySelector(".course-home");
  const last = course.recall("last", {});
  if (home) {
    const link = [...home.querySelectorAll(".course-pages__link")].find((each) => each.dataset.page === last[edition]);
    const door = home.querySelector(".course-hero__continue");
    if (link && door) {
      door.href = link.href;
      door.textContent = course.word("continue", { page: link.querySelector(".course-pages__title").textContent });
      door.hidden = false;
    }
  } else if (document.querySelector(".md-nav__link[aria-current=page]")) {
    last[edition] = course.addressOf(location.pathname);
    course.remember("last", last);
  }

  // Material's labels that act as buttons answer to Enter; they should to the space bar too.
  document.addEventListener("keydown", (event) => {
    if (event.key !== " " || !(event.target instanceof HTMLLabelElement)) return;
    event.preventDefault();
    event.target.click();
  });

  // What scrolls sideways (a wide table, a long formula) can be scrolled by keyboard too.
  const wide = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      if (target.scrollWidth > target.clientWidth) target.setAttribute("tabindex", "0");
      else target.removeAttribute("tabindex");
    }
  });
  document.querySelectorAll(".md-typeset__scrollwrap, math[display=block]").forEach((each) => wide.observe(each));
}
