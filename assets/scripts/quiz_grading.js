// Is it right, and what is it worth? The rules of the quiz server (check.py), for quizzes that have their key in the page.
"use strict";

{
  const slack = 1e-9;
  const mark = (state, score, wrong = 0, missing = 0) => ({ state, score, wrong, missing });

  /** Give what an answer is worth: `state`, `score` from 0 to 1, and how many choices are `wrong` and `missing`. */
  course.grade = (item, answer, scoring = "exact") => {
    if (item.kind === "text" || item.kind === "number") return written(item, answer);
    const chosen = choices(item, answer);
    return item.kind === "order" ? order(item, chosen, scoring) : set(item, [...new Set(chosen)], scoring);
  };

  function choices(item, answer) {
    if (answer === null || answer === undefined || answer === "") return [];
    const chosen = typeof answer === "string" && item.kind !== "order" ? [answer] : answer;
    if (!Array.isArray(chosen) || chosen.some((each) => !item.choices.includes(each))) throw new TypeError("no such choice");
    if (item.kind === "order" && new Set(chosen).size < chosen.length) throw new TypeError("a choice stands there twice");
    return chosen;
  }

  function set(item, chosen, scoring) {
    if (!chosen.length) return mark("unanswered", 0, 0, item.right.length);
    const found = chosen.filter((each) => item.right.includes(each)).length;
    const [wrong, missing] = [chosen.length - found, item.right.length - found];
    const state = wrong ? "wrong" : missing ? "partly" : "right";
    let score = Number(state === "right");
    if (scoring === "partial") score = item.right.length ? Math.max(0, (found - wrong) / item.right.length) : 0;
    if (scoring === "each") score = 1 - (wrong + missing) / item.choices.length;
    return mark(state, score, wrong, missing);
  }

  function order(item, chosen, scoring) {
    const all = item.right.length;
    if (!chosen.length) return mark("unanswered", 0, 0, all);
    const places = chosen.map((each) => item.right.indexOf(each));
    const atPlace = places.filter((place, at) => place === at).length;
    const sorted = places.every((place, at) => !at || places[at - 1] < place);
    const [wrong, missing] = [sorted ? 0 : places.length - atPlace, all - places.length];
    const state = wrong ? "wrong" : missing ? "partly" : "right";
    let score = Number(state === "right");
    if (scoring === "partial") score = pairs(places, all);
    if (scoring === "each") score = atPlace / all;
    return mark(state, score, wrong, missing);
  }

  /** Give pairs in order less pairs out of order, as a share of all. */
  function pairs(places, all) {
    if (all === 1) return 1;
    const net = places.flatMap((place, at) => places.slice(at + 1).map((after) => (place < after ? 1 : -1))).reduce((sum, each) => sum + each, 0);
    return Math.max(0, net / ((all * (all - 1)) / 2));
  }

  function written(item, answer) {
    if (Array.isArray(answer) || typeof answer === "boolean") throw new TypeError("neither a text nor a number");
    const text = answer === null || answer === undefined ? "" : String(answer);
    if (!course.folded(text, ["space"])) return mark("unanswered", 0, 0, 1);
    const right = item.kind === "text" ? isText(item, text) : isNumber(item, answer);
    return right ? mark("right", 1) : mark("wrong", 0, 1, 1);
  }

  function isText(item, text) {
    const found = course.folded(text, item.fold);
    return Boolean(found) && item.accepted.some((each) => course.folded(each, item.fold) === found);
  }

  function isNumber(item, answer) {
    const values = typeof answer === "string" ? course.valuesOf(answer) : [answer].filter(Number.isFinite);
    const [low, high] = [item.low ?? -Infinity, item.high ?? Infinity];
    const about = slack * Math.max(0, ...[low, high].filter(Number.isFinite).map(Math.abs));
    return values.some((each) => low - about <= each && each <= high + about);
  }
}
