// Finished pages and what was right in quizzes: beside the pages in the outline and on the start page.
"use strict";

{
  const { element, kept } = course;
  const dwell = 3000;
  const links = [...document.querySelectorAll(".md-nav--primary a.md-nav__link[href], .md-nav--primary label.md-nav__link--active, .course-pages__link")];

  /** Give the id of the page to which a link of the outline leads. */
  function idOf(link) {
    if (!link.href) return course.page.page;
    const address = course.addressOf(new URL(link.href).pathname);
    return course.page.ids?.[address] || address;
  }

  /** Give how far the reader is with a page: `done`, and how many of `all` questions are `right`. */
  function standing(id, page) {
    const result = kept.read(`result ${id}`, {});
    if (result.marks) return { done: true, right: result.marks.filter((each) => each.state === "right").length, all: result.marks.length };
    const found = Object.values(page.answers).filter((each) => each.state && each.state !== "unanswered");
    const all = Math.max(page.questions, found.length);
    return { done: page.finished > 0, right: found.filter((each) => each.state === "right").length, all: found.length ? all : 0 };
  }

  /** Give the ids of all pages in the outline. */
  course.outlineIds = () => links.map(idOf);

  /** Give how far the reader is with each page of which anything is kept. */
  course.standings = () => {
    const pages = kept.pages();
    for (const name of kept.names("result ")) if (!pages.has(name.slice(7))) pages.set(name.slice(7), kept.page(name.slice(7)));
    return new Map([...pages].map(([id, page]) => [id, standing(id, page)]));
  };

  function marks({ done, right, all }) {
    const score = course.word("score", { right, all });
    const finished = course.word("finished");
    return element("span", { class: "course-standing" },
      ...(all ? [element("span", { class: "course-standing__score", role: "img", "aria-label": score, title: score }, `${right}/${all}`)] : []),
      ...(done ? [element("span", { class: "course-standing__done", role: "img", "aria-label": finished, title: finished })] : []));
  }

  function show() {
    const standings = course.standings();
    for (const link of links) {
      link.querySelector(".course-standing")?.remove();
      const found = standings.get(idOf(link));
      if (!found || !(found.done || found.all)) continue;
      const before = link.querySelector(".md-nav__icon, .course-pages__minutes");
      if (before) before.before(marks(found));
      else link.append(marks(found));
    }
    for (const chapter of document.querySelectorAll(".course-chapter")) showChapter(chapter, standings);
  }

  function showChapter(chapter, standings) {
    const pages = [...chapter.querySelectorAll(".course-pages__link")];
    const done = pages.filter((link) => standings.get(idOf(link))?.done).length;
    chapter.querySelector(".course-chapter__done")?.remove();
    if (!done) return;
    const bar = element("progress", { class: "course-state__bar", max: pages.length, value: done, "aria-hidden": "true" });
    chapter.querySelector(".course-chapter__size").after(element("p", { class: "course-chapter__done" }, bar, course.word("pagesFinished", { done, all: pages.length })));
  }

  let waiting = false;
  document.addEventListener("course-kept", () => {
    if (waiting) return;
    waiting = true;
    queueMicrotask(() => {
      waiting = false;
      show();
    });
  });
  show();

  function finish() {
    if (!kept.page(course.page.page).finished) kept.change(course.page.page, (page) => { page.finished = Date.now(); });
  }

  /** A page without questions is finished when its end was seen, by someone who has stayed for a moment. */
  function watchEnd(article) {
    const end = element("span", { class: "course-end", "aria-hidden": "true" });
    article.append(end);
    let [seen, stayed] = [false, false];
    const observer = new IntersectionObserver((entries) => {
      seen = seen || entries.some((each) => each.isIntersecting);
      decide();
    });
    const decide = () => {
      if (!seen || !stayed) return;
      observer.disconnect();
      finish();
    };
    observer.observe(end);
    const wait = () => setTimeout(() => {
      stayed = document.visibilityState === "visible";
      if (stayed) decide();
      else document.addEventListener("visibilitychange", wait, { once: true });
    }, dwell);
    wait();
  }

  const article = document.querySelector(".md-content article");
  if (course.page.page && article?.querySelector("form.course-question[data-question]")) {
    document.addEventListener("course-answered", () => {
      const { answers } = kept.page(course.page.page);
      if (course.countedQuestions().every(({ item }) => answers[item]?.state)) finish();
    });
  } else if (course.page.page && article) watchEnd(article);
}
