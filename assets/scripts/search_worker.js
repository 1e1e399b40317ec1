// The search of an edition, in a worker: it answers Material's messages and looks for text as it stands, in any script.
//
// Messages: {type: 0, data: {config, docs}} -> {type: 1}; {type: 2, data: query} -> {type: 3, data: {items}}.
// A doc is {location, title, text}: PLAIN text, not HTML (this file escapes what it gives back). A page's first doc stands for the page.
//
// There is no index of words, so nothing depends on where words end: texts are folded once, and a query's terms are looked
// for as substrings. A scan of a whole course (2 MB) takes some milliseconds.
//
// Folding, which site_builder mirrors in its self-test. First the whole text is NFC. Then, for each code point: NFKD; drop
// U+0300-036F (accents), U+0610-061A U+0640 U+064B-065F U+0670 (Arabic vowels, tatweel), U+00AD U+200B-200F U+2060 U+FEFF
// (soft hyphens, joiners, marks of direction) and U+FE00-FE0F; NFC; lower case; then LETTERS below; the decimal digits of DIGITS become 0-9.
// A run of white space becomes one space.
//
// Terms: a query splits at white space; "quoted words" are one term; `-term` excludes; punctuation around a term is dropped.
// A term counts where a word starts with it. In scripts written without spaces, and in Korean, it counts anywhere. A term
// that starts no word counts inside words; one that stands nowhere gives way to its parts (at punctuation), then to the
// longest pieces of it that do stand somewhere. Sections that have most of the terms are shown, rare terms and titles first.
"use strict";

const DROPPED = /[\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u00ad\u200b-\u200f\u2060\ufeff\ufe00-\ufe0f]/g;
const LETTERS = { "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "ي": "ی", "ى": "ی", "ك": "ک" };
const DIGITS = [0x0660, 0x06f0, 0x0966, 0x09e6, 0x0e50, 0x1040];
const ANYWHERE = /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{sc=Hangul}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}\p{sc=Tibetan}]/u;
const WORD = /[\p{L}\p{M}\p{N}_]/u;
const EDGES = /^[^\p{L}\p{M}\p{N}]+|[^\p{L}\p{M}\p{N}+#]+$/gu;
const TEASER = 220;

const folded = new Map();

/** Fold one code point; what it becomes may be empty or longer. */
function foldPoint(point) {
  let to = folded.get(point);
  if (to === undefined) {
    to = point.normalize("NFKD").replace(DROPPED, "").normalize("NFC").toLowerCase();
    to = [...to].map((each) => LETTERS[each] ?? digit(each)).join("");
    if (/^\s+$/.test(to)) to = " ";
    folded.set(point, to);
  }
  return to;
}

function digit(point) {
  const code = point.codePointAt(0);
  const zero = DIGITS.find((start) => code >= start && code < start + 10);
  return zero === undefined ? point : String(code - zero);
}

function fold(text) {
  let made = "";
  for (const point of text.normalize("NFC")) {
    const to = foldPoint(point);
    if (to !== " " || !made.endsWith(" ")) made += to;
  }
  return made;
}

/** Where each UTF-16 unit of a folded text comes from in the text, which is NFC; one entry more for the end. */
function origins(text) {
  const from = [];
  let at = 0;
  let last = "";
  for (const point of text) {
    const to = foldPoint(point);
    if (to && (to !== " " || last !== " ")) {
      for (let i = 0; i < to.length; i += 1) from.push(at);
      last = to.at(-1);
    }
    at += point.length;
  }
  from.push(at);
  return from;
}

function escape(text) {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

// ---- the texts

let sections = [];
let pages = new Map();

function read({ docs }) {
  pages = new Map();
  sections = docs.map(({ location, title = "", text = "" }) => {
    const page = location.split("#", 1)[0];
    // A page's first section stands for the page itself, even where its heading has an id of its own.
    const section = { location: pages.has(page) ? location : page, page, title: title.normalize("NFC"), text: text.normalize("NFC") };
    section.parts = [fold(section.title), fold(section.text)];
    if (!pages.has(page)) pages.set(page, section);
    return section;
  });
}

/** The places of `term` in a folded text; `inside`: also where no word starts. */
function places(term, text, inside) {
  const found = [];
  for (let at = text.indexOf(term); at >= 0 && found.length < 200; at = text.indexOf(term, at + term.length)) {
    const before = at ? text.slice(at - (text.charCodeAt(at - 1) >> 10 === 0x37 ? 2 : 1), at) : " ";
    if (inside || !WORD.test(before) || before === "_" || ANYWHERE.test(before)) found.push(at);
  }
  return found;
}

// ---- the query

function isAnywhere(term) {
  return ANYWHERE.test(String.fromCodePoint(term.codePointAt(0)));
}

function stands(term, inside) {
  return sections.some(({ parts }) => parts.some((part) => places(term, part, inside).length));
}

/** Turn a query into terms: {text, inside, missing}. `missing` holds what was typed where only a part of it stands. */
function terms(query) {
  const wanted = [];
  const excluded = [];
  for (const [, sign, quoted, plain] of query.slice(0, 300).matchAll(/(-?)(?:"([^"]+)"?|([^\s"]+))/g)) {
    const text = fold(quoted ?? plain).trim().replace(quoted ? /^$/ : EDGES, "");
    if (!text || wanted.length >= 12) continue;
    if (sign) excluded.push(text);
    else wanted.push(...settle(text, Boolean(quoted)));
  }
  return { wanted: wanted.filter((each, i) => wanted.findIndex((other) => other.text === each.text) === i), excluded };
}

function settle(text, quoted) {
  if (isAnywhere(text) && stands(text, true)) return [{ text, inside: true }];
  if (stands(text, false)) return [{ text, inside: false }];
  if (text.length > 2 && stands(text, true)) return [{ text, inside: true }];
  if (quoted) return [{ text, inside: false }];
  const parts = text.split(/[^\p{L}\p{M}\p{N}]+/u).filter(Boolean);
  return parts.length > 1 ? parts.flatMap((part) => settle(part, false)) : pieces(text);
}

/** The longest pieces of a term that stand somewhere: in scripts without spaces all along it, in others its beginning. */
function pieces(text) {
  const points = [...text];
  const anywhere = isAnywhere(text);
  const least = anywhere ? 1 : Math.max(3, Math.ceil(points.length * 0.6));
  const made = [];
  for (let at = 0; at < points.length; ) {
    let length = Math.min(points.length - at, 30);
    while (length >= least && !stands(points.slice(at, at + length).join(""), anywhere)) length -= 1;
    if (length < least) {
      if (!anywhere) break;
      at += 1;
      continue;
    }
    made.push({ text: points.slice(at, at + length).join(""), inside: anywhere, missing: made.length ? undefined : text });
    if (!anywhere) break;
    at += length;
  }
  return made.length ? made : [{ text, inside: false }];
}

// ---- the answer

function search(query) {
  const { wanted, excluded } = terms(query);
  if (!wanted.length) return { items: [] };
  let hits = sections
    .filter(({ parts }) => !excluded.some((term) => parts.some((part) => part.includes(term))))
    .map((section) => ({ section, found: wanted.map(({ text, inside }) => section.parts.map((part) => places(text, part, inside))) }));
  const rarity = wanted.map((_, t) => Math.log(1 + hits.length / (1 + hits.filter(({ found }) => found[t].some((at) => at.length)).length)));
  for (const hit of hits) rate(hit, wanted, rarity);
  const most = Math.max(0, ...hits.map(({ matched }) => matched));
  hits = hits.filter(({ matched, own }) => own && matched === most).sort((a, b) => b.score - a.score);
  return { items: grouped(hits, wanted) };
}

/** Set a section's score and how many terms it has, its page's title counted in. */
function rate(hit, wanted, rarity) {
  const { section } = hit;
  const head = pages.get(section.page);
  hit.score = 0;
  hit.matched = 0;
  hit.own = false;
  wanted.forEach(({ text, inside }, t) => {
    const [title, body] = hit.found[t];
    const above = head !== section && places(text, head.parts[0], inside).length;
    if (title.length || body.length) hit.own = true;
    if (title.length || body.length || above) hit.matched += 1;
    const whole = section.parts[0] === text ? 6 : 0;
    hit.score += rarity[t] * ((title.length ? 5 + whole + 3 * (text.length / section.parts[0].length) : 0) + Math.log1p(body.length) + (above ? 1 : 0));
  });
  if (head === section) hit.score *= 1.15;
}

/** A list for each page, its best section first; the page's own entry is always in it, as Material wants. */
function grouped(hits, wanted) {
  const lists = new Map();
  for (const hit of hits) lists.set(hit.section.page, [...(lists.get(hit.section.page) ?? []), hit]);
  return [...lists].map(([page, list]) => {
    const items = list.map((hit) => item(hit, wanted));
    const head = pages.get(page);
    if (!list.some(({ section }) => section === head)) items.push({ location: head.location, title: escape(head.title), text: "", score: 0, terms: {} });
    return items;
  });
}

function item({ section, found, score }, wanted) {
  const spans = (which) => wanted.flatMap(({ text }, t) => found[t][which].map((at) => [at, at + text.length]));
  const title = marked(section.title, spans(0));
  const text = teaser(section.text, spans(1), found.map((at) => at[1]).filter((at) => at.length).sort((a, b) => a.length - b.length)[0]?.[0]);
  // Words for the highlighting of the page itself, as they are written there; what was typed and is missing is `false`.
  const seen = [...`${title} ${text}`.matchAll(/<mark>([^<]*)<\/mark>/g)].map(([, word]) => word.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(code)));
  const shown = Object.fromEntries([...new Set(seen)].slice(0, 8).map((word) => [word, true]));
  wanted.forEach(({ text: term, missing }, t) => {
    if (missing || !found[t].some((at) => at.length)) shown[missing ?? term] ??= false;
  });
  return { location: section.location, title, text, score, terms: shown };
}

/** Escape a text and put `<mark>` around spans of its folded form. */
function marked(text, spans, start = 0, end = text.length) {
  const from = spans.length ? origins(text) : [];
  let made = "";
  let at = start;
  for (const [first, after] of spans.sort((a, b) => a[0] - b[0] || b[1] - a[1])) {
    const left = from[first];
    const right = left + text.slice(left, from[after]).replace(/[\u00ad\u200b-\u200f]+$/, "").length;
    if (left < at || right > end) continue;
    made += `${escape(text.slice(at, left))}<mark>${escape(text.slice(left, right))}</mark>`;
    at = right;
  }
  return made + escape(text.slice(at, end));
}

/** Cut the stretch around a place (in the folded text) out of a section's text. */
function teaser(text, spans, place = 0) {
  if (text.length <= TEASER) return marked(text, spans);
  const middle = origins(text)[place] ?? 0;
  let start = Math.max(0, middle - 70);
  if (start) start += Math.max(0, text.slice(start, middle).search(/(?<=[\s。、，！？])\S/));
  let end = Math.min(text.length, start + TEASER);
  const gap = text.slice(start, end).lastIndexOf(" ");
  if (end < text.length && gap > TEASER * 0.7) end = start + gap;
  else if (end < text.length && (text.charCodeAt(end - 1) >> 10) === 0x36) end -= 1;
  return `${start ? "… " : ""}${marked(text, spans, start, end)}${end < text.length ? " …" : ""}`;
}

addEventListener("message", ({ data: { type, data } }) => {
  if (type === 0) {
    read(data);
    postMessage({ type: 1 });
  } else if (type === 2) {
    postMessage({ type: 3, data: search(String(data)) });
  }
});
