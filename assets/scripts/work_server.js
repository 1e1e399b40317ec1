// What "Your work" offers where a server grades: a name, a code that takes one's work to another device, erasing there too.
"use strict";

{
  const { element, kept, outbox, server, work } = course;

  work.sections.push(() => element("div", { class: "course-work__section" }, ...unsent(), naming(), moving()));

  function unsent() {
    const number = outbox.all().filter((each) => !each.refused).length;
    return number ? [element("p", { class: "course-work__unsent" }, course.word("unsent"))] : [];
  }

  function field(label, attributes) {
    const input = element("input", { type: "text", autocomplete: "off", spellcheck: "false", ...attributes });
    return [element("label", { class: "course-work__field" }, course.word(label), input), input];
  }

  function form(label, input, word, send) {
    const made = element("form", { class: "course-work__row" }, label, element("button", { type: "submit", class: "course-button course-button--quiet" }, course.word(word)));
    made.addEventListener("submit", (event) => {
      event.preventDefault();
      send(input);
    });
    return made;
  }

  function naming() {
    const [label, input] = field("name", { maxlength: "100" });
    input.autocomplete = "nickname";
    if (server.token) {
      server.ask("GET", "me", { token: server.token }).then(({ data }) => { input.value ||= data.name || ""; });
    }
    return form(label, input, "save", async () => {
      const answer = await server.asLearner("POST", "me/name", { body: { name: input.value.trim() } });
      work.say(answer.status === 200 ? course.word("nameSaved") : server.why(answer.status));
    });
  }

  function moving() {
    const [label, input] = field("codeField", { maxlength: "40", autocapitalize: "characters" });
    const shown = element("p", { class: "course-work__code" });
    return element("div", { class: "course-work__moving" }, element("p", {}, course.word("moveWork")),
      work.button("makeCode", () => makeCode(shown)), shown, form(label, input, "useCode", useCode));
  }

  async function makeCode(shown) {
    const { status, data } = await server.asLearner("POST", "me/code");
    if (status !== 201) {
      work.say(server.why(status));
      return;
    }
    shown.replaceChildren(element("output", {}, data.code), ` ${course.word("codeUntil", { time: server.moment(data.until) })}`);
  }

  /** Become the learner whose code it is; what waits here is sent first, or goes under the new name. */
  async function useCode(input) {
    await outbox.flush(true);
    const token = server.token || undefined;
    const { status, data } = await server.ask("POST", "me/claim", { body: { code: input.value }, token });
    if (status !== 200 || !data.token) {
      work.say([404, 422].includes(status) ? course.word("codeUnknown") : server.why(status));
      return;
    }
    server.become(data);
    for (const name of kept.names("result ")) kept.remove(name);
    await fetchResults();
    input.value = "";
    work.say(course.word("codeUsed"));
    document.dispatchEvent(new CustomEvent("course-moved"));
  }

  /** Bring the results of all quizzes of this learner here. */
  async function fetchResults() {
    const { data } = await server.ask("GET", "me/progress", { token: server.token });
    for (const { quiz } of data.quizzes || []) {
      const mine = await server.ask("GET", server.quizPath(quiz, "submissions"), { token: server.token });
      const last = mine.data.submissions?.at?.(-1);
      if (last) kept.write(`result ${quiz}`, { ...last, left: mine.data.left });
    }
  }

  work.erasers.push(async () => {
    if (!server.token) return "";
    const { status } = await server.ask("DELETE", "me", { token: server.token });
    return status === 200 || status === 401 ? "" : server.why(status);
  });
}
