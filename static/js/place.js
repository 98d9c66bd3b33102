// Where one was in a list: how far down, and what was open. Kept with each entry of the browser's
// history, so that going back lands there. No content is kept: that is asked for anew, and answered
// by what one may see by then.

const PAUSE_MS = 100;

function opened() {
  return [...document.querySelectorAll("main details[open][id]")].map(({ id }) => id);
}

function keep() {
  history.replaceState({ ...history.state, scroll: window.scrollY, open: opened() }, "");
}

function open(ids) {
  for (const id of ids ?? []) document.getElementById(id)?.setAttribute("open", "");
}

let timer;
function keepSoon() {
  clearTimeout(timer);
  timer = setTimeout(keep, PAUSE_MS);
}

// What the browser itself brings back on arriving here is how far down; it needs the same height.
open(history.state?.open);

addEventListener("scroll", keepSoon, { passive: true });
document.addEventListener("toggle", keepSoon, { capture: true });
// htmx forgets what was kept before it adds an entry: it tells before, and then after.
document.addEventListener("htmx:beforeHistoryUpdate", keep);

let returning = null;
addEventListener("popstate", ({ state }) => {
  clearTimeout(timer);
  returning = state;
});
document.addEventListener("htmx:historyRestore", () => {
  open(returning?.open);
  window.scrollTo(0, returning?.scroll ?? 0);
  keep();
});
