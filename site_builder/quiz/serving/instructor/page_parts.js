// Small parts of which the page is made: elements from values, never from HTML, and values as people write them.

const SVG = "http://www.w3.org/2000/svg";

/** Give an element; `null` and `undefined` among properties and children are left out. */
export function el(tag, properties = {}, ...children) {
  return filled(document.createElement(tag), properties, children);
}

/** Give an element of a drawing. */
export function svg(tag, properties = {}, ...children) {
  return filled(document.createElementNS(SVG, tag), properties, children);
}

function filled(element, properties, children) {
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(name, value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((each) => each !== null && each !== undefined));
  return element;
}

const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const percents = new Intl.NumberFormat("en", { style: "percent", maximumFractionDigits: 0 });
const hundredths = new Intl.NumberFormat("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const tenths = new Intl.NumberFormat("en", { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const names = new Intl.DisplayNames(["en"], { type: "language", fallback: "code" });
const times = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short" });

const NOTHING = "–";
const or = (write) => (value) => (value === null || value === undefined ? NOTHING : write(value).replace("-", "−"));

export const count = or((value) => whole.format(value));
export const percent = or((value) => percents.format(value));
export const two = or((value) => hundredths.format(Math.round(value * 100) / 100 + 0));
export const one = or((value) => tenths.format(value));
export const time = (text) => times.format(new Date(text));

/** Give points between two shares, with their sign. */
export const points = or((value) => {
  const rounded = Math.round(value * 100) + 0; // no minus before nothing
  return `${rounded > 0 ? "+" : ""}${whole.format(rounded)}`;
});

/** Give a language's English name. */
export function languageName(tag) {
  try {
    return names.of(tag);
  } catch {
    return tag; // what a learner's page said, and no language's tag
  }
}

/** Give an author's words in a language. */
export function words(text, language, tag = "span") {
  return el(tag, { lang: language, dir: "auto" }, text);
}

/** Give a table: `columns` are [name, is it a number?], cells are texts or elements; the first cell of a row names it. */
export function table(caption, columns, rows, { hideCaption = false } = {}) {
  const numeric = (at) => (columns[at][1] ? "number" : null);
  const head = columns.map(([name], at) => el("th", { scope: "col", class: numeric(at) }, name));
  const body = rows.map((cells) =>
    el("tr", {}, cells.map((cell, at) => el(at ? "td" : "th", { class: numeric(at), scope: at ? null : "row" }, cell))),
  );
  const name = el("caption", {}, hideCaption ? el("span", { class: "unseen" }, caption) : caption);
  const frame = el("div", { class: "table", role: "group", "aria-label": caption },
    el("table", {}, name, el("thead", {}, el("tr", {}, head)), el("tbody", {}, body)));
  wide.observe(frame);
  return frame;
}

/** What keyboards need to reach: tables that are wider than their place. */
const wide = new ResizeObserver((all) => {
  for (const { target } of all) {
    if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
    else target.removeAttribute("tabindex");
  }
});
