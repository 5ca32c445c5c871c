// The table of numbers is walked with the arrow keys, and Enter goes down. Without script the tab key does it all.

const form = document.querySelector("form:has(.entry)");

const fieldsOf = (part) => [...part.querySelectorAll("input:not([type=hidden])")];

// Whether the key leads out of what is written: from its end, its beginning, or while all of it is chosen.
const leaves = (field, step) => {
  const { selectionStart: start, selectionEnd: end, value } = field;
  if (start === 0 && end === value.length) return true;
  return start === end && end === (step > 0 ? value.length : 0);
};

const beside = (field, step) => {
  const fields = fieldsOf(field.closest("tr"));
  return fields[fields.indexOf(field) + step];
};

// The same column of the next row, in the next table too; below the last row is the button that keeps it all.
const below = (field, step) => {
  const [cell, row] = [field.closest("td"), field.closest("tr")];
  const rows = [...form.querySelectorAll(".entry")];
  const next = rows[rows.indexOf(row) + step];
  if (!next) return step > 0 ? form.querySelector("button:not([type=button])") : null;
  const fields = fieldsOf(next.cells[Math.min(cell.cellIndex, next.cells.length - 1)]);
  return fields[Math.min(fieldsOf(cell).indexOf(field), fields.length - 1)];
};

form?.addEventListener("keydown", (event) => {
  const field = event.target;
  if (!field.matches(".entry input") || event.isComposing) return;
  if (event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) return;
  const forth = getComputedStyle(form).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
  const step = ["ArrowDown", "Enter", forth].includes(event.key) ? 1 : -1;
  let next = null;
  if (event.key === "ArrowLeft" || event.key === "ArrowRight") next = leaves(field, step) && beside(field, step);
  else if (["ArrowUp", "ArrowDown", "Enter"].includes(event.key)) next = below(field, step);
  if (!next) return;
  event.preventDefault();
  next.focus();
  next.select?.();
});
