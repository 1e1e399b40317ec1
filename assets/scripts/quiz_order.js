// Choices that are to be put in order: buttons, arrow keys and the pointer move them.
"use strict";

{
  const { element } = course;

  /** Give what moves the choices of `list`; `moved` is called after each move, `announce` with what a screen reader shall say. */
  course.orderOf = (list, moved, announce) => {
    const items = () => [...list.children];
    const name = (item) => item.querySelector("label > span").textContent.trim();

    function place(item, at) {
      const others = items().filter((each) => each !== item);
      const to = Math.max(0, Math.min(at, others.length));
      if (items().indexOf(item) === to) return;
      const focused = item.contains(document.activeElement) ? document.activeElement : null;
      list.insertBefore(item, others[to] || null);
      focused?.focus();
      number();
      moved();
    }

    function step(item, by) {
      place(item, items().indexOf(item) + by);
      announce(course.word("place", { choice: name(item), place: items().indexOf(item) + 1, all: items().length }));
    }

    /** A button at its end stays in reach of the keyboard, so that the focus is not lost. */
    function number() {
      items().forEach((item, at, all) => {
        const [up, down] = item.querySelectorAll(".course-order__move");
        up.setAttribute("aria-disabled", String(at === 0));
        down.setAttribute("aria-disabled", String(at === all.length - 1));
      });
    }

    function drag(event, item) {
      // A finger scrolls the page; it has the buttons.
      if (event.button || event.pointerType === "touch" || event.target.closest("button, a")) return;
      event.preventDefault();
      item.classList.add("course-order__held");
      const follow = ({ clientY }) => {
        const above = items().filter((each) => each !== item).filter((each) => middle(each) < clientY);
        place(item, above.length);
      };
      const end = () => {
        item.classList.remove("course-order__held");
        document.removeEventListener("pointermove", follow);
      };
      document.addEventListener("pointermove", follow);
      for (const kind of ["pointerup", "pointercancel"]) document.addEventListener(kind, end, { once: true });
    }

    list.classList.add("course-order");
    for (const item of items()) {
      const input = item.querySelector("input");
      input.hidden = true;
      input.tabIndex = -1;
      const buttons = [["up", -1], ["down", 1]].map(([way, by]) => {
        const button = element("button", { type: "button", class: `course-order__move course-order__move--${way}`, "aria-label": course.word(way, { choice: name(item) }) });
        button.addEventListener("click", () => step(item, by));
        return button;
      });
      const box = element("span", { class: "course-order__moves" }, ...buttons);
      box.addEventListener("keydown", (event) => {
        const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
        if (!by) return;
        event.preventDefault();
        step(item, by);
      });
      item.append(box);
      item.addEventListener("pointerdown", (event) => drag(event, item));
    }
    number();

    return {
      read: () => items().map((each) => each.dataset.choice),
      /** Put the choices in an order; what it does not name stays behind. */
      put(ids) {
        for (const id of ids) list.append(items().find((each) => each.dataset.choice === id));
        number();
      },
    };
  };

  function middle(item) {
    const { top, height } = item.getBoundingClientRect();
    return top + height / 2;
  }
}
