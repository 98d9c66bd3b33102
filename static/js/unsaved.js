// Keeps what is typed into a form: on the server for its author, a moment after each pause; and
// asks before the page is left with something unsaved. Without this module, saving still keeps
// what is sent after the session has ended.
const PAUSE_MS = 2000;

const slip = document.querySelector("input[name=slip]");
const state = document.querySelector("[data-saved-state]");

function typed(form) {
  const data = new FormData(form);
  for (const [name, value] of [...data]) {
    if (!(value instanceof File)) continue;
    // A file itself is sent only with the form; of what was chosen the name is kept.
    if (value.name) data.set(name, value.name);
    else data.delete(name);
  }
  return new URLSearchParams(data);
}

// The token changes with each sign-in, also one in another window.
async function renewToken(form) {
  const page = await fetch(location.pathname, { redirect: "manual" });
  if (!page.ok) return false;
  const html = new DOMParser().parseFromString(await page.text(), "text/html");
  const fresh = html.querySelector("input[name=csrfmiddlewaretoken]")?.value;
  const forms = document.querySelectorAll("input[name=csrfmiddlewaretoken]");
  for (const input of forms) input.value = fresh ?? input.value;
  return Boolean(fresh) && form.isConnected;
}

function follow(form) {
  const asOpened = () => typed(form).toString();
  let last = asOpened();
  let dirty = Boolean(document.querySelector("[data-taken-up], .errornote"));
  let timer;
  let underway;

  const send = (signal) =>
    fetch(slip.dataset.keep, {
      method: "POST",
      body: typed(form),
      signal,
      headers: { Accept: "application/json" },
    });

  async function keep() {
    clearTimeout(timer);
    underway?.abort();
    underway = new AbortController();
    const { signal } = underway;
    try {
      let answer = await send(signal);
      const refused = answer.status === 403 && !answer.headers.get("Content-Type")?.includes("json");
      if (refused && (await renewToken(form))) answer = await send(signal);
      state.textContent = (await answer.json()).said;
    } catch {
      if (!signal.aborted) state.textContent = state.dataset.failed;
    }
  }

  function note() {
    const now = asOpened();
    if (now === last) return;
    last = now;
    if (!dirty) state.textContent = state.dataset.unsaved;
    dirty = true;
    clearTimeout(timer);
    timer = setTimeout(keep, PAUSE_MS);
  }

  form.addEventListener("input", note);
  form.addEventListener("change", note);
  document.addEventListener("formset:added", note);
  document.addEventListener("formset:removed", note);
  // select2 tells of choices by jQuery alone.
  django.jQuery(form).on("change", note);

  form.addEventListener("submit", () => {
    dirty = false;
    clearTimeout(timer);
    underway?.abort();
  });
  addEventListener("beforeunload", (event) => {
    if (dirty) event.preventDefault();
  });
  // Leaving for another window may end in another session.
  document.addEventListener("visibilitychange", () => {
    if (dirty && document.hidden) keep();
  });
}

if (slip && state) {
  // After select2 and the rows of inlines are set up, none of which anybody typed.
  addEventListener("load", () => follow(slip.form));
}
