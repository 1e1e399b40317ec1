// Videos, demos, pictures and sounds of other hosts: nothing is asked of a host before the reader says so.
"use strict";

{
  const { element } = course;
  const kinds = {
    video: { from: "frame", word: "play", load: frame },
    demo: { from: "frame", word: "demo", load: frame },
    embed: { from: "frame", word: "page", load: frame },
    image: { from: "image", word: "picture", load: picture },
    sound: { from: "media", word: "sound", load: (card, url) => media(card, url, "audio") },
    film: { from: "media", word: "film", load: (card, url) => media(card, url, "video") },
  };

  /** The card's address, if it is an `https:` one; anything else is left as the plain link that it is. */
  function address(card, kind) {
    try {
      const url = new URL(card.dataset[kind.from]);
      return url.protocol === "https:" && !url.username ? url : null;
    } catch {
      return null;
    }
  }

  function frame(card, url) {
    const video = card.classList.contains("course-card--video");
    const made = element("iframe", {
      class: "course-card__frame",
      title: title(card),
      allow: video ? "autoplay; encrypted-media; fullscreen; picture-in-picture" : "microphone; camera; clipboard-write; fullscreen",
      sandbox: "allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox allow-downloads allow-presentation",
      referrerpolicy: "strict-origin-when-cross-origin",
      allowfullscreen: "",
    });
    const height = Number(card.dataset.height);
    if (height > 0 && !video) made.style.setProperty("--course-height", `${Math.min(height, 1200)}px`);
    made.src = url.href;
    show(card, made);
    made.focus();
  }

  function picture(card, url) {
    const { alt = "", width, height } = card.dataset;
    const made = element("img", { class: "course-card__picture", alt, width, height, loading: "lazy", decoding: "async", referrerpolicy: "no-referrer" });
    made.addEventListener("error", () => made.replaceWith(failed(alt)), { once: true });
    made.src = url.href;
    show(card, made);
  }

  function media(card, url, name) {
    const made = element(name, { class: "course-card__media", controls: "", preload: "metadata", "aria-label": title(card) });
    made.addEventListener("error", () => made.replaceWith(failed(title(card))), { once: true });
    made.src = url.href;
    show(card, made);
    made.focus();
  }

  function failed(text) {
    return element("span", { class: "course-card__failed", role: "status" }, `${course.word("failed")} ${text}`.trim());
  }

  function title(card) {
    return card.querySelector(".course-card__open").textContent.trim();
  }

  function show(card, made) {
    card.classList.add("course-card--loaded");
    card.querySelector(".course-card__body").replaceWith(made);
    if (!card.around) return;
    card.around.prepend(card);
    card.around.hidden = false;
  }

  /** A picture that is a link: until it is shown it stands before its link, for a button in a link would follow it. */
  function stepOut(card) {
    const around = card.parentElement.closest("a[href]");
    if (!around) return;
    around.before(card);
    around.hidden = !around.textContent.trim();
    card.around = around;
  }

  /** Put the button that loads the card before its link, with a word on where it leads. */
  function prepare(card, name) {
    const kind = kinds[name];
    const url = address(card, kind);
    if (!url) return;
    stepOut(card);
    const link = card.querySelector(".course-card__open");
    const button = element("button", { type: "button", class: "course-card__button" }, course.word(kind.word));
    const body = element("span", { class: "course-card__body" }, button);
    link.replaceWith(body);
    const text = link.textContent.trim();
    if (text) body.append(link);
    else link.textContent = url.hostname;
    if (text) button.setAttribute("aria-label", `${course.word(kind.word)}: ${text}`);
    card.load = () => kind.load(card, url);
    button.addEventListener("click", () => card.load());
    body.append(name === "image" ? choice(url.hostname, button) : element("span", { class: "course-card__origin" }, course.word("origin", { host: url.hostname })));
  }

  /** A check box: from now on show all pictures of this host, here and on other pages. */
  function choice(host, button) {
    const box = element("input", { type: "checkbox" });
    box.addEventListener("change", () => {
      if (!box.checked) return;
      course.remember("pictures", [...new Set([...course.recall("pictures", []), host])]);
      document.querySelectorAll(".course-card--image:not(.course-card--loaded)").forEach((card) => showAllowed(card));
      if (!document.activeElement || document.activeElement === document.body) button.closest("figure, p")?.focus?.();
    });
    return element("label", { class: "course-card__choice" }, box, course.word("always", { host }));
  }

  function showAllowed(card) {
    const url = address(card, kinds.image);
    if (url && card.load && course.recall("pictures", []).includes(url.hostname)) card.load();
  }

  for (const card of document.querySelectorAll(".course-card")) {
    const name = Object.keys(kinds).find((each) => card.classList.contains(`course-card--${each}`));
    if (!name || !card.querySelector(".course-card__open")) continue;
    prepare(card, name);
    if (name === "image") showAllowed(card);
  }
}
