// Gives what select2 draws in place of a field that field's name, for those who hear the page.
function labelOf(select) {
  const label = select.labels?.[0];
  if (label && !label.id) label.id = `${select.id}_label`;
  return label;
}

function name(select) {
  const label = labelOf(select);
  const drawn = select.parentElement.querySelector(`:scope > .select2`);
  if (!label || !drawn) return;
  const chosen = drawn.querySelector(".select2-selection__rendered");
  const names = [label.id, select.multiple ? "" : chosen.id].join(" ").trim();
  drawn.querySelector(".select2-selection").setAttribute("aria-labelledby", names);
  // One choice is drawn as a text box of its own; several stand in a list with a box to search.
  const box = drawn.querySelector(".select2-search__field") ?? chosen;
  box.setAttribute("aria-labelledby", label.id);
}

function nameAllIn(part) {
  part.querySelectorAll("select.select2-hidden-accessible").forEach(name);
}

// After the admin's own script, which waits for the same moments and was there first.
document.addEventListener("DOMContentLoaded", () => {
  django.jQuery(() => nameAllIn(document));
  django.jQuery(document).on("select2:open", ({ target }) => {
    const label = labelOf(target);
    const box = document.querySelector(".select2-dropdown .select2-search__field");
    if (label && box) box.setAttribute("aria-labelledby", label.id);
  });
});
document.addEventListener("formset:added", (event) => nameAllIn(event.target));
