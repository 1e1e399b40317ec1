// Texts and numbers as learners write them, read as the quiz server reads them (folding.py, number_texts.py).
"use strict";

{
  const unseen = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g;
  const accents = /[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed]/g;
  const stroked = { "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ħ": "h", "Ħ": "H" };
  // Python's white space: what JavaScript's lacks stands beside it.
  const space = "[\\s\\u001c-\\u001f\\u0085\\u180e]";
  const spaces = new RegExp(`${space}+`, "g");
  const ends = new RegExp(`^${space}+|${space}+$`, "g");
  const ideographs = "\\u2e80-\\u2fdf\\u3005-\\u30ff\\u3400-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
  const afterIdeograph = new RegExp(`([${ideographs}]) `, "gu");
  const beforeIdeograph = new RegExp(` (?=[${ideographs}])`, "gu");

  /** Give a text as it is compared with others; `fold` names what is passed over: case, accents, punctuation, space. */
  course.folded = (text, fold) => {
    let found = text.replace(unseen, "").normalize("NFKC");
    if (fold.includes("case")) found = found.toUpperCase().toLowerCase().replaceAll("i\u0307", "i").replaceAll("ς", "σ");
    if (fold.includes("accents")) found = found.normalize("NFKD").replace(accents, "").replace(/[øØłŁđĐħĦ]/g, (each) => stroked[each]);
    if (fold.includes("punctuation")) found = found.replace(/['’‘ʼ`´′]/g, "").replace(/\p{P}/gu, " ");
    found = found.normalize("NFKC");
    if (fold.includes("space")) found = found.replace(spaces, " ").replace(afterIdeograph, "$1").replace(beforeIdeograph, "");
    return found.replace(ends, "");
  };

  const longest = 200;
  const raised = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺";
  const signs = {
    "−": "-", "–": "-", "‐": "-", "‑": "-", "﹣": "-", "⁄": "/", "∕": "/", "÷": "/", "×": "x", "·": "x", "*": "x", "⋅": "x",
    "٫": ".", "٬": "'", "’": "'", "‘": "'", "ʼ": "'", "_": "'", "`": "'", "´": "'", "،": ",", "、": ",", "٪": "%",
  };
  const number = /^([0-9][0-9 '.,]*|[.,][0-9]+) ?(?:[eE] ?([+-]?[0-9]{1,4})|x ?10 ?(?:\^|xx) ?([+-]?[0-9]{1,4}))?$/;
  const mixed = /^([0-9]{1,15}) ([0-9]{1,15}) ?\/ ?([0-9]{1,15})$/;
  const power = /^10 ?(?:\^|xx) ?([+-]?[0-9]{1,4})$/;
  const grouped = /^(?!0)[0-9]{1,3}(?:([ '.,])(?:[0-9]{2,3}\1)*[0-9]{3})$/;
  const tenThousands = /^(?!0)[0-9]{1,4}([ ',])[0-9]{4}(?:\1[0-9]{4})*$/;

  /** Give the values that a text can stand for: `44,100` is 44100 in one country and 44.1 in another. */
  course.valuesOf = (written) => {
    if ([...written].length > longest) return [];
    let text = plain(written);
    const percent = text.endsWith("%");
    if (percent) text = text.slice(0, -1).trim();
    const sign = text.startsWith("-") ? -1 : 1;
    if (/^[+-]/.test(text)) text = text.slice(1).trim();
    const found = unsigned(text).map((each) => sign * each);
    return [...found, ...(percent ? found.map((each) => each / 100) : [])].filter(Number.isFinite);
  };

  /** Write a number in ASCII as far as it goes: superscripts as powers, digits as those of Europe. */
  function plain(written) {
    const text = written.replace(unseen, "").replace(/\u061c/g, "").replace(/[¼-¾⅐-⅞↉]/g, " $&")
      .replace(new RegExp(`[${raised}]+`, "g"), (each) => `^${[...each].map((sign) => "0123456789-+"[raised.indexOf(sign)]).join("")}`)
      .normalize("NFKC").replace(/[−–‐‑﹣⁄∕÷×·*⋅٫٬’‘ʼ_`´،、٪]/g, (each) => signs[each]).replace(/\p{Nd}/gu, digit);
    return text.replace(spaces, " ").trim();
  }

  /** Give a digit of any script; each script has its ten in a row. */
  function digit(sign) {
    const code = sign.codePointAt(0);
    let value = 0;
    while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) value += 1;
    return String(value);
  }

  function unsigned(text) {
    const parts = mixed.exec(text);
    if (parts) return Number(parts[3]) ? [Number(parts[1]) + Number(parts[2]) / Number(parts[3])] : [];
    const slash = text.indexOf("/");
    if (slash < 0) return one(text);
    const below = one(text.slice(slash + 1).trim()).filter((each) => each);
    return one(text.slice(0, slash).trim()).flatMap((above) => below.map((each) => above / each));
  }

  function one(text) {
    const alone = power.exec(text);
    if (alone) return [Number(`1e${alone[1]}`)];
    const found = number.exec(text);
    if (!found) return [];
    return decimals(found[1].trim()).map((each) => Number(`${each}e${found[2] || found[3] || "0"}`));
  }

  /** Give the ways to read digits with separators. */
  function decimals(text) {
    const marks = [...text].filter((each) => " '.,".includes(each));
    if (!marks.length) return [text];
    const isGrouped = (each) => grouped.test(each) || tenThousands.test(each);
    const digits = (each) => each.replace(/[^0-9]/g, "");
    const readings = isGrouped(text) ? [digits(text)] : [];
    const last = marks.at(-1);
    const at = text.lastIndexOf(last);
    const [whole, part] = [text.slice(0, at), text.slice(at + 1)];
    const single = marks.filter((each) => each === last).length === 1;
    if (".,".includes(last) && single && (!whole || /^[0-9]+$/.test(whole) || isGrouped(whole))) readings.push(`${digits(whole) || "0"}.${part || "0"}`);
    return readings;
  }
}
