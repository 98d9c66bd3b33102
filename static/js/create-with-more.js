// A form amid another form, for what an autocomplete did not find and a name is not enough for. Its
// fields name a form of their own at the end of the page, so that the outer one never sends them.

function leave(select) {
  const part = document.querySelector("[data-newly]");
  if (!part) return;
  document.getElementById(part.dataset.newly)?.remove();
  part.remove();
  select.parentElement.querySelector(".select2-selection")?.focus();
}

// Shows the form that the server answered with, in the place of an earlier one.
function show(select, html, send) {
  document.querySelector("[data-newly]")?.remove();
  const made = document.createElement("template");
  made.innerHTML = html;
  const part = made.content.querySelector("[data-newly]");
  const name = part.dataset.newly;
  let form = document.getElementById(name);
  if (!form) {
    form = document.createElement("form");
    form.id = name;
    form.noValidate = true; // the server says what is wrong, in the page's language
    document.body.append(form);
  }
  form.onsubmit = (event) => {
    event.preventDefault();
    send(form);
  };
  // The keys that save the page make what is being entered here.
  part.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || !["s", "Enter"].includes(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    form.requestSubmit();
  });
  select.closest(".form-row").after(part);
  part.querySelector("[data-newly-left]").addEventListener("click", () => leave(select));
  // As when a row is added: autocompletes are drawn and named, what is alike is followed.
  part.dispatchEvent(new CustomEvent("formset:added", { bubbles: true, detail: {} }));
  focusOnFirst(part);
}

// The first field that is wrong, else the first that is empty, else the button.
function focusOnFirst(part) {
  const fields = [...part.querySelectorAll("input:not([type=hidden]), select")];
  const next =
    fields.find((field) => field.closest(".errors")) ??
    fields.find((field) => !field.value && field.required) ??
    part.querySelector("button");
  const drawn = next.parentElement.querySelector(".select2-selection");
  (next.matches(".select2-hidden-accessible") && drawn ? drawn : next).focus();
}

// Asks for the form at `url`; `made` hears what the server made of it, `failed` that there is none.
export async function askForMore(select, { url, name }, { made, failed }) {
  async function send(form) {
    try {
      const response = await fetch(url, { method: "POST", body: new FormData(form) });
      if (response.status === 400) return show(select, await response.text(), send);
      if (!response.ok) throw new Error(response.statusText);
      const answer = await response.json();
      leave(select);
      made(answer);
    } catch {
      failed();
    }
  }

  const address = new URL(url, document.baseURI);
  address.searchParams.set("name", name);
  try {
    const response = await fetch(address);
    if (!response.ok) throw new Error(response.statusText);
    show(select, await response.text(), send);
  } catch {
    failed();
  }
}
