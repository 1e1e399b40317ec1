// Tabs that offer the same variants change together, on this page and on the next ones.
"use strict";

{
  const sets = [...document.querySelectorAll(".tabbed-set[data-group]")];
  const labels = (set) => [...set.querySelectorAll(":scope > .tabbed-labels > label[data-key]")];
  const input = (label) => document.getElementById(label.htmlFor);

  /** Choose `key` in a set of tabs, if it has it, without telling anyone. */
  function choose(set, key) {
    const label = labels(set).find((each) => each.dataset.key === key);
    if (!label || input(label).checked) return;
    input(label).checked = true;
    // Material moves its line under the tabs on this event; ours is marked so that it starts nothing more.
    input(label).dispatchEvent(new CustomEvent("change", { bubbles: true, detail: "course" }));
  }

  const chosen = course.recall("tabs", {});
  for (const set of sets) if (chosen[set.dataset.group]) choose(set, chosen[set.dataset.group]);

  document.addEventListener("change", (event) => {
    const set = event.target.parentElement;
    if (event.detail === "course" || !set?.matches?.(".tabbed-set[data-group]")) return;
    const label = labels(set).find((each) => input(each) === event.target);
    if (!label) return;
    const { group } = set.dataset;
    const before = set.getBoundingClientRect().top;
    course.remember("tabs", { ...course.recall("tabs", {}), [group]: label.dataset.key });
    for (const other of sets) if (other !== set && other.dataset.group === group) choose(other, label.dataset.key);
    // Tabs above may have grown: the reader's own tabs stay where they were.
    window.scrollBy({ top: set.getBoundingClientRect().top - before, behavior: "instant" });
  });
}
