// Drawings of figures; each has its numbers beside it as text.

import { count, el, percent, svg, table } from "./page_parts.js";

/** Give a bar of a share; the number stands beside it, so that it is silent. */
export function bar(share, kind = "") {
  if (share === null) return null;
  const width = Math.max(0, Math.min(1, share)) * 100;
  return svg("svg", { class: `bar ${kind}`, viewBox: "0 0 100 8", preserveAspectRatio: "none", "aria-hidden": "true", focusable: "false" },
    svg("rect", { class: "bar__ground", width: 100, height: 8 }),
    svg("rect", { class: "bar__value", width, height: 8 }));
}

/** Give a share as a bar with its number. */
export function share(value, kind = "") {
  return el("span", { class: "share" }, bar(value, kind), el("span", { class: "share__number" }, percent(value)));
}

const WIDE = 320;
const HIGH = 120;
const FOOT = 18;
const HEAD = 16;

/** Give how scores are spread, as bars and as a table. */
export function histogram(title, scores, learners, passMark) {
  const most = Math.max(1, ...scores.bands);
  const step = WIDE / scores.bands.length;
  const bars = scores.bands.map((number, at) => {
    const height = (number / most) * (HIGH - FOOT - HEAD);
    const top = HIGH - FOOT - height;
    return svg("g", {},
      svg("rect", { class: "histogram__bar", x: at * step + 2, y: top, width: step - 4, height }),
      number ? svg("text", { class: "histogram__count", x: (at + 0.5) * step, y: top - 3 }, count(number)) : null);
  });
  const ticks = [0, 0.2, 0.4, 0.6, 0.8, 1].map((at) =>
    svg("text", { class: "histogram__tick", x: at * WIDE, y: HIGH - 4, "text-anchor": at ? (at < 1 ? "middle" : "end") : "start" }, percent(at)));
  const mark = passMark * WIDE;
  const drawing = svg("svg", { class: "histogram", viewBox: `0 0 ${WIDE} ${HIGH}`, role: "img", "aria-label": told(title, scores, learners) },
    bars,
    svg("line", { class: "histogram__foot", x1: 0, x2: WIDE, y1: HIGH - FOOT, y2: HIGH - FOOT }),
    svg("line", { class: "histogram__pass", x1: mark, x2: mark, y1: 2, y2: HIGH - FOOT }),
    ticks);
  const rows = scores.bands.map((number, at) => [`${at * 10} to ${at * 10 + 10} %`, count(number)]);
  return el("figure", {},
    el("figcaption", {}, el("h3", {}, title), el("p", { class: "hint" }, `Mean ${percent(scores.mean)}, ${percent(scores.passed)} passed; the dashed line is the pass mark.`)),
    drawing,
    el("details", {}, el("summary", {}, "As a table"), table(`${title}: learners by score`, [["Score"], ["Learners", true]], rows, { hideCaption: true })));
}

function told(title, scores, learners) {
  const middle = scores.deciles[4];
  return `${title} of ${count(learners)} learners: mean ${percent(scores.mean)}, half have at least ${percent(middle)}, ` +
    `the best tenth at least ${percent(scores.deciles[8])}. The table below has the numbers.`;
}
