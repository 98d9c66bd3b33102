// An autocomplete offers to create what it did not find; choosing that creates it, in place. What
// needs more than a name is asked for the rest beside the autocomplete (create-with-more.js).
import { askForMore } from "./create-with-more.js";

const $ = django.jQuery;

function tell(select, words) {
  let said = select.parentElement.querySelector(".created");
  if (!said) {
    said = document.createElement("output");
    said.className = "created";
    select.parentElement.append(said);
  }
  said.textContent = words;
}

function put(select, { id, text, said }) {
  const option = new Option(text, id, true, true);
  if (!select.multiple) $(select).empty();
  select.append(option);
  $(select).trigger("change");
  tell(select, said);
}

function takeBack(select, id) {
  for (const option of [...select.options]) if (option.value === id) option.remove();
  $(select).trigger("change");
}

async function create(select, offered) {
  const token = select.form.elements.csrfmiddlewaretoken.value;
  const body = new URLSearchParams({ name: offered.create.name, csrfmiddlewaretoken: token });
  try {
    const response = await fetch(offered.create.url, { method: "POST", body });
    const answer = await response.json();
    if (response.ok) put(select, answer);
    else tell(select, answer.said);
  } catch {
    tell(select, offered.create.failed);
  }
}

document.addEventListener("DOMContentLoaded", () => {
  $(document).on("select2:select", ({ target, params }) => {
    const offered = params.data;
    if (!offered.create) return;
    takeBack(target, offered.id);
    tell(target, "");
    if (offered.create.asks) {
      askForMore(target, offered.create, {
        made: (answer) => put(target, answer),
        failed: () => tell(target, offered.create.failed),
      });
    } else create(target, offered);
  });
});
