// Finds a value of a long filter while one types: what is asked for is the page of all values, which
// is also where one gets without this module.
const PAUSE_MS = 150;

const keyOf = (tick) => tick.querySelector("input").value;

/** Shows the ticks that the page has under these words, and of the others only what is ticked. */
function show(list, found) {
  const here = new Map([...list.querySelectorAll(".tick")].map((tick) => [keyOf(tick), tick]));
  for (const [key, tick] of here) {
    tick.hidden = found !== null && !found.has(key) && !tick.querySelector("input").checked;
  }
  for (const [key, tick] of found ?? []) if (!here.has(key)) list.append(tick);
}

async function valuesUnder(address, words) {
  const url = new URL(address, document.baseURI);
  url.searchParams.set("find", words);
  const response = await fetch(url);
  if (!response.ok) throw new Error(response.statusText);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  // What is ticked stands first in any answer, whatever it is called; it is here already.
  const ticks = [...page.querySelectorAll("#values .tick")];
  return {
    ticks: new Map(ticks.map((tick) => [keyOf(tick), document.adoptNode(tick)])),
    said: page.querySelector("[role=status]").textContent,
  };
}

/** How often each finder has asked. */
const asked = new WeakMap();

async function find(finder) {
  const number = (asked.get(finder) ?? 0) + 1;
  asked.set(finder, number);
  const words = finder.querySelector("input").value.trim();
  const list = finder.parentElement.querySelector(".ticks__list");
  const status = finder.querySelector("[role=status]");
  let found = null;
  try {
    found = words ? await valuesUnder(finder.dataset.finder, words) : null;
  } catch {
    // Without an answer the list stays as it is; beneath it is the way to all values.
    return;
  }
  // A slow answer must not overwrite the one to what was typed since.
  if (number !== asked.get(finder)) return;
  show(list, found?.ticks ?? null);
  status.textContent = found?.said ?? "";
}

const timers = new WeakMap();
document.addEventListener("input", ({ target }) => {
  const finder = target.closest(".finder");
  if (!finder) return;
  clearTimeout(timers.get(finder));
  timers.set(finder, setTimeout(() => find(finder), PAUSE_MS));
});

// What is typed here is no filter: neither does it send the form, nor Enter.
document.addEventListener("change", (event) => {
  if (event.target.closest(".finder")) event.stopPropagation();
}, { capture: true });
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.closest(".finder")) event.preventDefault();
});

// An answer to the form brings the usual ticks back; those under the words are found again.
document.addEventListener("htmx:afterSettle", () => {
  for (const finder of document.querySelectorAll(".finder")) {
    if (finder.querySelector("input").value.trim()) find(finder);
  }
});
