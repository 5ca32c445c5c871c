// Naming colleagues quickly: people are found while one types, and who is ticked moves up with "how often" beside them.
//
// Without script the same form works with its buttons. Nothing is kept in the browser: every step sends the form, and the
// server keeps what was chosen until it is handed in.

const WAIT_MS = 180;

const form = document.querySelector("[data-ties]");
const named = form.querySelector("[data-named]");
const namedList = form.querySelector("[data-named-list]");
const offered = form.querySelector("[data-offered]");
const title = form.querySelector("[data-offered-title]");
const search = form.querySelector("[data-search]");
const count = form.querySelector("[data-count]");
const full = form.querySelector("[data-full]");
const missing = form.querySelector("[data-missing]");
const pickTemplate = form.querySelector("[data-pick]");
const rowTemplate = form.querySelector("[data-row]");
const most = Number(form.dataset.most) || Infinity;

form.classList.add("is-quick");
// It is not needed any more, and Enter goes on instead.
for (const button of form.querySelectorAll("[name=do][value=search]")) button.type = "button";

// --- who is named -----------------------------------------------------------------------------------------------------
function isNamed(id) {
  return Boolean(namedList.querySelector(`[data-person="${CSS.escape(id)}"]`));
}

function fill(item, person) {
  item.dataset.person = person.id;
  item.querySelector("[name=person]").value = person.id;
  item.querySelector(".pick-name").textContent = person.name;
  item.querySelector(".pick-where").textContent = person.where;
  return item;
}

function say() {
  const number = namedList.children.length;
  count.textContent = number;
  named.hidden = !number;
  const isFull = number >= most;
  if (full) full.hidden = !isFull;
  for (const box of offered?.querySelectorAll("[name=person]") ?? []) box.disabled = isFull;
}

function readPerson(item) {
  return {
    id: item.dataset.person,
    name: item.querySelector(".pick-name").textContent,
    where: item.querySelector(".pick-where").textContent,
  };
}

function name(item) {
  const person = readPerson(item);
  const made = fill(rowTemplate.content.firstElementChild.cloneNode(true), person);
  for (const radio of made.querySelectorAll("[type=radio]")) radio.name = `often-${person.id}`;
  const legend = made.querySelector("[data-legend]");
  if (legend) legend.textContent = `${legend.dataset.legend} ${person.name}`;
  item.remove();
  namedList.append(made);
  say();
  if (search.value) {
    search.value = "";
    find();
  }
  (made.querySelector("[type=radio]") ?? made.querySelector("[name=person]")).focus({ preventScroll: true });
  made.scrollIntoView({ block: "nearest" });
}

function unname(item) {
  if (item.contains(missing)) item.before(missing);
  const next = item.nextElementSibling ?? item.previousElementSibling;
  item.remove();
  say();
  find();
  (next?.querySelector("[name=person]") ?? search)?.focus({ preventScroll: true });
}

form.addEventListener("change", ({ target }) => {
  const item = target.closest("[data-person]");
  if (!item) return;
  if (target.name !== "person") {
    item.classList.remove("is-missing");
    if (missing && !form.querySelector(".is-missing")) missing.hidden = true;
  } else if (target.checked && item.parentElement === offered) name(item);
  else if (!target.checked && item.parentElement === namedList && offered) unname(item);
});

// --- finding ----------------------------------------------------------------------------------------------------------
let waiting = 0;
let asked = 0;

async function find() {
  const mine = ++asked;
  const text = search.value.trim();
  let people;
  try {
    const answer = await fetch(`${form.dataset.searchUrl}?q=${encodeURIComponent(text)}`);
    people = (await answer.json()).people;
  } catch {
    return; // offline or signed out: the button and the server say so
  }
  if (mine !== asked) return;
  const rest = people.filter((person) => !isNamed(person.id));
  offered.replaceChildren(
    ...rest.map((person) => fill(pickTemplate.content.firstElementChild.cloneNode(true), person)),
  );
  title.textContent = !text ? title.dataset.near : rest.length ? title.dataset.found : title.dataset.nobody;
  say();
}

if (search) {
  // What the page was opened with may have been a search; the words for nothing searched are not there then.
  search.addEventListener("input", () => {
    clearTimeout(waiting);
    if (search.value.trim().length === 1) return;
    waiting = setTimeout(find, WAIT_MS);
  });
  search.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    const boxes = offered.querySelectorAll("[name=person]:enabled");
    if (boxes.length === 1) boxes[0].click();
    else find();
  });
  // A slow line: somebody was quicker than this script.
  if (search.value !== search.defaultValue) find();
}

// --- going on ---------------------------------------------------------------------------------------------------------
form.addEventListener("submit", (event) => {
  if (event.submitter?.value !== "next") return;
  const open = [...namedList.querySelectorAll(".named:has([type=radio])")].filter(
    (item) => item.querySelector("[name=person]").checked && !item.querySelector("[type=radio]:checked"),
  );
  for (const item of open) item.classList.add("is-missing");
  if (!open.length) return;
  event.preventDefault();
  open[0].append(missing); // beside the first of them, however long the list is
  missing.hidden = false;
  open[0].querySelector("[type=radio]").focus();
});

if (offered) say();
