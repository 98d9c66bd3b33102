// Buttons that copy a text of the page. Without this module the text is copied by selecting it,
// which a click does; so the buttons stay hidden where there is no clipboard to write to.

const status = document.querySelector("[data-copied]");

async function copy(button) {
  await navigator.clipboard.writeText(
    document.getElementById(button.dataset.copies).textContent.trim(),
  );
  status.textContent = "";
  requestAnimationFrame(() => {
    status.textContent = button.dataset.done;
  });
  const word = (button.dataset.word ??= button.textContent);
  button.textContent = button.dataset.done;
  setTimeout(() => {
    button.textContent = word;
  }, 2000);
}

if (navigator.clipboard) {
  for (const button of document.querySelectorAll("[data-copies]")) {
    button.hidden = false;
    button.addEventListener("click", () => copy(button));
  }
}
