// Brings a form of filters up to date with an answer, without taking anything out of its reader's
// hands. While an answer is under way its reader types, ticks, opens and scrolls on. So the form is
// never replaced: counts, sentences and what is wrong are taken over, and what the reader holds
// (values, ticks, what is open, the order in which things stand) is left as it is.

/** What a reader holds, by element. */
const HELD = { DETAILS: ["open"], INPUT: ["checked", "value"] };
/** Lists that keep their order: what is new in them stands last, what has gone counts nothing. */
const KEPT_IN_ORDER = ".ticks__list";
/** What may be in use though an answer can do without it. */
const USED = ".finder";

function keyOf(node) {
  if (node.nodeType !== Node.ELEMENT_NODE) return node.nodeName;
  const tick = node.matches(".tick") && node.querySelector("input");
  if (tick) return `${tick.name}=${tick.value}`;
  return node.id || `${node.nodeName}.${node.classList.item(0) ?? ""}`;
}

/** The children by key, several of one key in their order. */
function byKey(parent) {
  const found = new Map();
  for (const child of parent.childNodes) {
    const key = keyOf(child);
    found.set(key, [...(found.get(key) ?? []), child]);
  }
  return found;
}

function takeAttributes(current, answered) {
  const held = current.type === "hidden" ? [] : (HELD[current.nodeName] ?? []);
  for (const { name } of [...current.attributes]) {
    if (!held.includes(name) && !answered.hasAttribute(name)) current.removeAttribute(name);
  }
  for (const { name, value } of [...answered.attributes]) {
    if (!held.includes(name) && current.getAttribute(name) !== value) {
      current.setAttribute(name, value);
    }
  }
}

function countsNothing(tick) {
  const count = tick.querySelector?.(".tick__count");
  if (count) count.textContent = "0";
}

function takeChildren(current, answered) {
  const here = byKey(current);
  const ordered = current.matches(KEPT_IN_ORDER);
  let last = null;
  for (const wanted of [...answered.childNodes]) {
    const own = here.get(keyOf(wanted))?.shift();
    if (own) merge(own, wanted);
    const node = own ?? wanted;
    // Moving a node would take the focus from what is in it, so only what is new is put in.
    if (!own) {
      if (ordered) current.append(node);
      else current.insertBefore(node, last ? last.nextSibling : current.firstChild);
    }
    last = node;
  }
  for (const gone of [...here.values()].flat()) {
    if (ordered) countsNothing(gone);
    else if (!gone.matches?.(USED)) gone.remove();
  }
}

/** Makes `current` say what `answered` says, but for what its reader holds. */
export function merge(current, answered) {
  if (current.nodeType !== Node.ELEMENT_NODE) {
    if (current.nodeValue !== answered.nodeValue) current.nodeValue = answered.nodeValue;
    return;
  }
  takeAttributes(current, answered);
  // The choices of a menu are the same in each answer.
  if (current.nodeName !== "SELECT") takeChildren(current, answered);
}

/** `hx-swap="hold"`: what is listed is replaced, and the forms around it are merged. */
htmx.defineExtension("hold", {
  isInlineSwap: (style) => style === "hold",
  handleSwap(style, target, fragment) {
    if (style !== "hold") return false;
    for (const answered of fragment.querySelectorAll("[data-held]")) {
      merge(document.getElementById(answered.id), answered);
    }
    const replaced = [...fragment.querySelectorAll("[data-replaced]")];
    for (const answered of replaced) document.getElementById(answered.id).replaceWith(answered);
    return replaced;
  },
});

// A chip is taken away by its tick, where the form shows one, and so in place like that.
const ticked = ({ parameter, value }) =>
  [...document.querySelectorAll("#filters input:checked")].find(
    (input) => input.name === parameter && input.value === value,
  );
const chips = () => [...document.querySelectorAll("#chips .chip")];
let next = null;

document.addEventListener("click", (event) => {
  const chip = event.target.closest("#chips .chip");
  const tick = chip && ticked(chip.dataset);
  if (!tick || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  next = chips().indexOf(chip);
  tick.checked = false;
  tick.dispatchEvent(new Event("change", { bubbles: true }));
});
document.addEventListener("htmx:afterSettle", () => {
  if (next === null || !document.getElementById("count")) return;
  // The chip that had the focus is gone: the one after it has it, or else the count.
  (chips().at(Math.min(next, chips().length - 1)) ?? document.getElementById("count")).focus();
  next = null;
});

// What the reader has just used stays where it is on the screen, whatever comes or goes above it.
let used = null;
let stood = 0;

document.addEventListener("change", ({ target }) => {
  if (target.closest("#filters")) used = target;
});
document.addEventListener("htmx:beforeSwap", () => {
  const focused = document.activeElement;
  if (focused?.closest("#filters")) used = focused;
  stood = used?.getBoundingClientRect().top;
});
document.addEventListener("htmx:afterSettle", () => {
  if (used?.isConnected) window.scrollBy(0, used.getBoundingClientRect().top - stood);
});

// Without an answer the list is not what the form says, and that has to be told.
for (const failure of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(failure, () => {
    const told = document.getElementById("failed").content.cloneNode(true);
    document.getElementById("problems").replaceChildren(told);
  });
}
