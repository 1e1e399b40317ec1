// A link to something inside a closed tab or a closed box opens it, and so does the search.
"use strict";

{
  /** Open every tab and every `details` around an element. */
  function reveal(target) {
    for (let at = target; at; at = at.parentElement) {
      if (at instanceof HTMLDetailsElement) at.open = true;
      if (at.classList.contains("tabbed-block")) {
        const set = at.closest(".tabbed-set");
        const input = set.querySelectorAll(":scope > input")[[...at.parentElement.children].indexOf(at)];
        if (input && !input.checked) {
          input.checked = true;
          input.dispatchEvent(new Event("change", { bubbles: true }));
        }
      }
    }
  }

  function follow() {
    let id = location.hash.slice(1);
    try {
      id = decodeURIComponent(id);
    } catch {
      // A stray percent sign: the id as it is.
    }
    const target = id && document.getElementById(id);
    if (!target || target.checkVisibility?.()) return;
    reveal(target);
    target.scrollIntoView();
  }

  window.addEventListener("hashchange", follow);
  follow();
  // A word that the search led to may stand in a folded cell alone: Material marks it a moment after the page is there.
  const article = document.querySelector(".md-content article");
  if (article && new URLSearchParams(location.search).has("h")) {
    new MutationObserver((_, observer) => {
      const marked = [...article.querySelectorAll("mark[data-md-highlight]")];
      if (!marked.length) return;
      observer.disconnect();
      if (!marked.some((each) => each.checkVisibility?.())) reveal(marked[0]);
    }).observe(article, { childList: true, subtree: true });
  }

  window.addEventListener("beforeprint", () => document.querySelectorAll(".md-content details:not([open])").forEach((each) => {
    each.open = true;
    window.addEventListener("afterprint", () => { each.open = false; }, { once: true });
  }));
}
