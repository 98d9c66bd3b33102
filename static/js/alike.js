// Tells under a field what is there already and may be the same as what is typed, while it is typed.
const PAUSE_MS = 400;

function follow(input) {
  const said = document.createElement("output");
  said.className = "alike";
  input.closest(".form-row, div").append(said);
  const names = input.dataset.alikeBy.split(" ");
  // The last is told about, and in a row of many it is called by its row besides.
  const fields = names.map((name) => (name === names.at(-1) ? input : input.form.elements[name]));
  let timer;
  let asked = 0;

  async function ask() {
    const number = ++asked;
    const url = new URL(input.dataset.alike, document.baseURI);
    fields.forEach((field, at) => url.searchParams.set(names[at], field?.value ?? ""));
    url.searchParams.set("besides", input.dataset.alikeBesides);
    let found = [];
    try {
      const response = await fetch(url, { headers: { Accept: "application/json" } });
      if (response.ok) ({ found } = await response.json());
    } catch {
      // Whoever saves is asked all the same.
    }
    if (number === asked) tell(said, input.dataset.alikeHeading, found);
  }

  function soon() {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE_MS);
  }

  for (const field of fields) {
    field?.addEventListener("input", soon);
    field?.addEventListener("change", soon);
    // Autocompletes tell of their choice by jQuery's own event.
    if (field?.matches("select")) django.jQuery(field).on("change", soon);
  }
}

function tell(said, heading, found) {
  said.replaceChildren();
  if (!found.length) return;
  const list = document.createElement("ul");
  for (const { name, why, address } of found) {
    const link = document.createElement("a");
    link.href = address;
    link.target = "_blank";
    link.textContent = name;
    const item = document.createElement("li");
    item.append(link, ` (${why})`);
    list.append(item);
  }
  said.append(heading, list);
}

document.addEventListener("DOMContentLoaded", () => {
  // A row that is still to be filled into the form is followed once it stands there.
  document.querySelectorAll("[data-alike]:not([name*=__prefix__])").forEach(follow);
});
document.addEventListener("formset:added", ({ target }) => {
  target.querySelectorAll("[data-alike]").forEach(follow);
});
