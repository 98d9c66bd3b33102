// Keeps the place in a list: a record opened from it and left by the browser's own Back leads to the
// same list, since htmx puts each choice into the address. What is typed waits for Enter or Apply.
document.addEventListener("htmx:configRequest", (event) => {
  const form = event.target.closest("form.filters__form");
  if (!form) return;
  // Empty fields say nothing; the address should hold what was asked and no more.
  for (const [name, value] of [...event.detail.formData.entries()]) {
    if (value === "") event.detail.formData.delete(name);
  }
});
