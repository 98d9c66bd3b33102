// Shows the words that a field was read from while one is in the field, and the other way about.
// Without this module the numbers lead there and back, as they are links.

const words = document.querySelector(".review__words");

function show(numbers) {
  for (const mark of words.querySelectorAll("[data-read]")) {
    const shown = mark.dataset.read.split(" ").some((number) => numbers.includes(number));
    mark.classList.toggle("read--shown", shown);
  }
  const first = words.querySelector(".read--shown");
  if (!first) return;
  // Within its own frame only: the page stays where the reader is.
  const [frame, place] = [words.getBoundingClientRect(), first.getBoundingClientRect()];
  if (place.top < frame.top || place.bottom > frame.bottom) {
    words.scrollTop += place.top - frame.top - frame.height / 3;
  }
}

for (const field of document.querySelectorAll("[data-fills]")) {
  const numbers = field.dataset.fills.split(" ").filter(Boolean);
  field.addEventListener("focusin", () => show(numbers));
}
