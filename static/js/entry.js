// Entering a round quickly: what the next round is likely to be, a pasted list in pieces, the new
// row's first field, and saving by keyboard. Nothing that was typed is ever overwritten unasked.
import { addRow, fill, isUntouched } from "./form-parts.js";

const desk = document.querySelector("[data-entry]");
const $ = django.jQuery;

// --- What the next round is likely to be --------------------------------------------------------

async function propose(series, stored) {
  document.querySelectorAll("[data-proposal], [data-people]").forEach((old) => old.remove());
  if (!series) return;
  const url = new URL(desk.dataset.proposal, document.baseURI);
  url.searchParams.set("series", series);
  url.searchParams.set("for", stored);
  const answer = await fetch(url);
  if (!answer.ok) return;
  const part = document.createElement("template");
  part.innerHTML = await answer.text();
  const meeting = part.content.querySelector("[data-proposal]");
  const people = part.content.querySelector("[data-people]");
  if (meeting) document.querySelector(".field-series").after(meeting);
  if (people) document.querySelector("#participants-heading").after(people);
}

function takeOver(button) {
  fill(document.getElementById(`id_${button.dataset.fill}`), button.dataset.value, button.dataset.label);
  button.disabled = true;
}

function takeOverAll(part) {
  for (const button of part.querySelectorAll("[data-fill]")) {
    if (isUntouched(document.getElementById(`id_${button.dataset.fill}`))) takeOver(button);
  }
}

function addPerson(button) {
  const row = addRow("participants");
  for (const name of ["side", "role", "name", "title", "institution"]) {
    fill(row.querySelector(`[name$="-${name}"]`), button.dataset[name]);
  }
  fill(row.querySelector('[name$="-person"]'), button.dataset.person, button.dataset.label);
  button.disabled = true;
}

// --- A list in pieces ---------------------------------------------------------------------------

async function split(box) {
  const area = box.querySelector("textarea");
  const said = box.querySelector("output");
  const body = new URLSearchParams({
    text: area.value,
    csrfmiddlewaretoken: box.closest("form").elements.csrfmiddlewaretoken.value,
  });
  let answer;
  try {
    const response = await fetch(desk.dataset.split, { method: "POST", body });
    if (!response.ok) throw new Error(response.statusText);
    answer = await response.json();
  } catch {
    said.textContent = box.dataset.failed;
    return;
  }
  let first;
  for (const text of answer.points) {
    const row = addRow("agreed_points");
    fill(row.querySelector("textarea"), text);
    first ??= row;
  }
  area.value = answer.before;
  said.textContent = answer.said;
  first?.querySelector("textarea").focus();
}

// --- Buttons, keys and focus --------------------------------------------------------------------

document.addEventListener("click", ({ target }) => {
  const button = target.closest("button");
  if (!button) return;
  if (button.matches("[data-fill]")) takeOver(button);
  if (button.matches("[data-fill-all]")) takeOverAll(button.closest("[data-proposal]"));
  if (button.matches("[data-person]")) addPerson(button);
  if (button.matches("[data-add-all]")) {
    const rest = button.closest("[data-people]").querySelectorAll("[data-person]:enabled");
    rest.forEach(addPerson);
  }
  if (button.matches("[data-split]")) split(button.closest("[data-paste]"));
});

document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
  const name = { s: "_continue", Enter: "_save" }[event.key];
  const button = name && document.querySelector(`[name=${name}]`);
  if (!button) return;
  event.preventDefault();
  button.click();
});

// Typing on a closed choice opens it; the letter goes to its search box.
document.addEventListener("keydown", (event) => {
  const drawn = event.target.closest?.(".select2-selection--single");
  if (!drawn || event.key.length !== 1 || event.key === " ") return;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  $(drawn.closest(".select2").previousElementSibling).select2("open");
  document.querySelector(".select2-container--open .select2-search__field")?.focus();
});

document.addEventListener("formset:added", ({ target }) => {
  const first = target.querySelector(
    "input:not([type=hidden]), textarea, select:not(.select2-hidden-accessible)",
  );
  first?.focus();
});

function begin() {
  const form = desk.closest("form");
  if (!desk.dataset.stored && !document.querySelector(".errornote")) {
    form.querySelector(".field-series .select2-selection")?.focus();
  }
}

if (desk) {
  $(() => setTimeout(begin));
  const series = document.getElementById("id_series");
  $(() => $(series).on("change", () => propose(series.value, desk.dataset.stored)));
  const empty = document.getElementById("id_participants-TOTAL_FORMS")?.value === "0";
  if (series?.value && empty) propose(series.value, desk.dataset.for);
}
