// Says beneath a date's input what the typed words are understood as, while they are typed.
const PAUSE_MS = 250;

function follow(input) {
  const output = input.closest(".partial-date")?.querySelector("output");
  if (!output) return;
  let timer;
  let asked = 0;

  async function ask() {
    const number = ++asked;
    const url = new URL(input.dataset.understandUrl, document.baseURI);
    url.searchParams.set("text", input.value);
    if (input.dataset.single) url.searchParams.set("single", input.dataset.single);
    let said = "";
    try {
      const response = await fetch(url, { headers: { Accept: "application/json" } });
      if (response.ok) {
        const answer = await response.json();
        said = answer.error ?? answer.sentence;
      }
    } catch {
      // Without an answer the line stays empty; the server reads the date again on saving.
    }
    // A slow answer must not overwrite the one to what was typed since.
    if (number === asked) output.textContent = said;
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE_MS);
  });
}

document.querySelectorAll("input[data-understand-url]").forEach(follow);
// Rows that the admin adds to an inline come later.
document.addEventListener("formset:added", (event) => {
  event.target.querySelectorAll("input[data-understand-url]").forEach(follow);
});
