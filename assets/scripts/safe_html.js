// HTML that a server sent, as nodes with nothing in them but text, plain marks, formulas and links.
"use strict";

{
  const tags = new Set("A ABBR B BDI BDO BLOCKQUOTE BR CODE DD DEL DIV DL DT EM HR I INS KBD LI MARK OL P PRE Q S SAMP SMALL SPAN STRONG SUB SUP TABLE TBODY TD TFOOT TH THEAD TR U UL VAR".split(" "));
  const mathml = "http://www.w3.org/1998/Math/MathML";
  const attributes = new Set(["dir", "lang", "class", "colspan", "rowspan", "display", "mathvariant", "stretchy", "columnalign", "accent"]);

  /** Give nodes for finished HTML of a bank, with its ways to the roots of site and edition filled in. */
  course.safeHtml = (html) => {
    const filled = html.replaceAll("\ue0f2", course.page.site).replaceAll("\ue0f3", course.edition);
    const parsed = new DOMParser().parseFromString(filled, "text/html").body;
    const made = document.createElement("div");
    made.append(...copies(parsed));
    return made;
  };

  function copies(node) {
    return [...node.childNodes].flatMap((each) => {
      if (each.nodeType === Node.TEXT_NODE) return [document.createTextNode(each.data)];
      if (each.nodeType !== Node.ELEMENT_NODE) return [];
      const math = each.namespaceURI === mathml && !/^(annotation(-xml)?|maction|mglyph)$/.test(each.localName);
      if (!math && !tags.has(each.tagName)) return /^(SCRIPT|STYLE|TEMPLATE|IFRAME|OBJECT|SVG|NOSCRIPT)$/i.test(each.tagName) || each.namespaceURI === mathml ? [] : copies(each);
      const made = document.createElementNS(each.namespaceURI, each.localName);
      for (const { name, value } of each.attributes) if (attributes.has(name)) made.setAttribute(name, value);
      if (each.tagName === "A") link(made, each.getAttribute("href") || "");
      made.append(...copies(each));
      return [made];
    });
  }

  function link(made, href) {
    try {
      const url = new URL(href, location.href);
      if (["http:", "https:", "mailto:", location.protocol].includes(url.protocol)) made.setAttribute("href", href);
    } catch {
      // No address: its text stays.
    }
  }
}
