// Submissions that the server has not acknowledged: kept in the browser, and sent again after a failure, a reload or a day offline.
"use strict";

{
  const { kept, server } = course;
  const longest = 300;
  let timer = 0;
  let running = null;

  const outbox = {
    /** Keep a submission before the first attempt to send it; tells whether it outlasts this page. */
    put(quiz, body) {
      const key = [...crypto.getRandomValues(new Uint8Array(16))].map((each) => each.toString(16).padStart(2, "0")).join("");
      for (const each of this.of(quiz)) if (each.refused) kept.remove(`outbox ${each.key}`);
      return kept.write(`outbox ${key}`, { key, quiz, body, made: Date.now(), tries: 0, next: 0, status: -1 });
    },

    /** Give what waits, the oldest first. */
    all() {
      return kept.names("outbox ").map((name) => kept.read(name, {})).filter((each) => each.key && each.quiz && each.body).sort((one, other) => one.made - other.made);
    },

    of(quiz) {
      return this.all().filter((each) => each.quiz === quiz);
    },

    /** Send what is due; `now`: whatever waits for its time too. One window sends at a time. */
    flush(now = false) {
      if (now) this.hurry();
      running ||= alone(work).finally(() => {
        running = null;
        plan();
      });
      return running;
    },

    hurry() {
      for (const each of this.all()) if (!each.refused && each.next) update(each, { next: 0 });
    },
  };

  /** Run something in one window at a time, where the browser can tell; the server takes each submission once in any case. */
  function alone(run) {
    return navigator.locks?.request ? navigator.locks.request(`course ${kept.root} outbox`, run) : run();
  }

  /** Change what waits, unless another window has finished it. */
  function update(entry, values) {
    if (kept.names(`outbox ${entry.key}`).length) kept.write(`outbox ${entry.key}`, { ...entry, ...values });
  }

  async function work() {
    const tried = new Set();
    for (;;) {
      const entry = outbox.all().find((each) => !each.refused && each.next <= Date.now() && !tried.has(each.key));
      if (!entry) return;
      tried.add(entry.key);
      if (!(await send(entry))) return;
    }
  }

  /** Send one submission; tells whether it is worth trying the next one. */
  async function send(entry) {
    const answer = await server.asLearner("POST", server.quizPath(entry.quiz, "submissions"), { body: entry.body, key: entry.key });
    // Only the server's own word that this very submission is on disk counts.
    if ((answer.status === 201 || answer.status === 200) && answer.data.saved === true && answer.data.key === entry.key) {
      kept.write(`result ${entry.quiz}`, answer.data);
      kept.remove(`outbox ${entry.key}`);
      return true;
    }
    if (server.isFinal(answer.status)) {
      update(entry, { refused: true, status: answer.status });
      return true;
    }
    const tries = entry.tries + 1;
    const seconds = Math.max(answer.wait, Math.min(longest, 2 ** Math.min(tries, 9)) * (0.75 + Math.random() / 2));
    update(entry, { tries, status: answer.status, next: Date.now() + seconds * 1000 });
    return false;
  }

  function plan() {
    clearTimeout(timer);
    const waiting = outbox.all().filter((each) => !each.refused);
    if (!waiting.length) return;
    timer = setTimeout(() => outbox.flush(), Math.max(500, Math.min(...waiting.map((each) => each.next)) - Date.now()));
  }

  course.outbox = outbox;
  window.addEventListener("online", () => outbox.flush(true));
  window.addEventListener("beforeunload", (event) => {
    if (!kept.lasting() && outbox.all().some((each) => !each.refused)) event.preventDefault();
  });
  if (outbox.all().length) outbox.flush(true);
}
