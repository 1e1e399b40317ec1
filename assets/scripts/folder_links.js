// Opened from a disk nobody adds `index.html` to the address of a folder: the links name it themselves.
"use strict";

if (location.protocol === "file:") {
  const home = new URL(course.page.site || "./", location.href).href;
  for (const link of document.querySelectorAll("a[href]")) {
    if (link.protocol !== "file:") continue;
    const url = new URL(link.href);
    if (!url.href.startsWith(home) || !url.pathname.endsWith("/")) continue;
    url.pathname += "index.html";
    link.href = url.href;
  }
}
