// What the page asks of the quiz server, who the learner is there, and what a refusal means in words.
"use strict";

{
  const { kept } = course;
  const patience = 30000;
  const base = new URL("api/", new URL(`${course.page.server}/`.replace(/\/+$/, "/"), location.href));

  const server = {
    /**
     * Ask the server: gives `status` (0: not reached), `data` (what it said, `{}` for what is no answer of ours) and `wait` (seconds to wait).
     * `key` is a submission's; `token` says who asks.
     */
    async ask(method, path, { body, key, token } = {}) {
      const headers = { ...(body && { "Content-Type": "application/json" }), ...(key && { "Idempotency-Key": key }), ...(token && { Authorization: `Bearer ${token}` }) };
      const text = body && JSON.stringify(body);
      const stop = new AbortController();
      const timer = setTimeout(() => stop.abort(), patience);
      try {
        const answer = await fetch(new URL(path, base), {
          method, headers, body: text, signal: stop.signal, credentials: "omit", cache: "no-store", referrerPolicy: "no-referrer",
          // What is under way when the page is left goes on; browsers allow that for little.
          keepalive: Boolean(text) && text.length < 15000,
        });
        const data = await answer.json().catch(() => ({}));
        return { status: answer.status, data: data && typeof data === "object" ? data : {}, wait: Number(answer.headers.get("Retry-After")) || 0 };
      } catch {
        return { status: 0, data: {}, wait: 0 };
      } finally {
        clearTimeout(timer);
      }
    },

    get token() {
      return kept.read("learner", {}).token || "";
    },

    become(data) {
      kept.write("learner", { token: data.token, learner: data.learner });
    },

    /** Ask as this browser's learner, who is made at the first use; one whom the server no longer knows becomes another. */
    async asLearner(method, path, given = {}) {
      const { token, fault } = await known();
      if (fault) return fault;
      const answer = await this.ask(method, path, { ...given, token });
      if (answer.status !== 401) return answer;
      if (this.token === token) kept.remove("learner");
      const other = await known();
      return other.fault || this.ask(method, path, { ...given, token: other.token });
    },

    quizPath: (quiz, rest) => `quizzes/${encodeURIComponent(quiz)}/${rest}`,
  };

  /** Give the learner's token, or the answer that says why there is none. */
  async function known() {
    if (server.token) return { token: server.token };
    const answer = await server.ask("POST", "learners");
    // Another window may have been faster.
    if (answer.status === 201 && answer.data.token && !server.token) server.become(answer.data);
    return server.token ? { token: server.token } : { fault: { ...answer, status: answer.status === 201 ? 0 : answer.status } };
  }

  const words = { 0: "serverAway", 408: "serverBusy", 409: "attemptsUsed", 413: "tooLong", 422: "quizChanged", 429: "serverBusy", 503: "serverBusy", 507: "serverFull" };

  /** Say in a sentence why something was not done. */
  server.why = (status) => course.word(words[status] || (status === 403 || status === 404 ? "notHeld" : "serverFault"));

  /** Tell whether sending the same again can never help. */
  server.isFinal = (status) => [400, 409, 413, 422].includes(status);

  /** Give a moment as the reader's language writes it: the time, and the day if it is not today. */
  server.moment = (value) => {
    const date = new Date(value);
    const today = date.toDateString() === new Date().toDateString();
    return new Intl.DateTimeFormat(document.documentElement.lang, today ? { timeStyle: "short" } : { dateStyle: "medium", timeStyle: "short" }).format(date);
  };

  course.server = server;
}
