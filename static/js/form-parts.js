// The admin's form by its parts: rows added, fields filled as if somebody had typed.

// Adds an empty row to a formset, as its own button does; returns it.
export function addRow(prefix) {
  document.querySelector(`#${prefix}-group .add-row a`).click();
  const rows = document.querySelectorAll(`.dynamic-${prefix}`);
  return rows[rows.length - 1];
}

// Whether nobody has said anything in a field yet.
export function isUntouched(field) {
  if (field.multiple) return field.selectedOptions.length === 0;
  // A choice is made only where it is not the one that the page came with.
  if (field.options) return [...field.options].every((one) => one.selected === one.defaultSelected);
  return field.value === "";
}

// Puts a value into a field. An autocomplete learns of the choice that it has not asked for.
export function fill(field, value, label = value) {
  if (!field || value === undefined) return;
  const known = [...(field.options ?? [])].find((option) => option.value === value);
  if (field.options && !known && value) field.append(new Option(label, value, true, true));
  if (known) known.selected = true;
  if (!field.options) field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  django.jQuery(field).trigger("change");
}
