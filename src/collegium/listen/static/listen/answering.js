// The questions, one a screen. Without script the same form stands on one page and works as it is.
//
// Half-finished answers are kept in this browser's own store, under the name that the form gives (data-draft), until they
// are handed in or the pulse is over. On a shared device the form gives no name, and nothing is kept.

const PREFIX = "collegium.sheet.";
const TAP_MS = 600; // a choice this soon after a tap was made by the tap, not by the arrow keys
const LOOK_MS = 160; // long enough to see what was chosen

const form = document.querySelector("[data-answering]");
const steps = [...form.querySelectorAll("[data-step]")];
const questions = steps.filter((step) => step.dataset.step === "question");
const bar = form.querySelector("[data-bar]");
const back = form.querySelector("[data-back]");
const next = form.querySelector("[data-next]");
const submit = form.querySelector("[data-submit]");
const problem = document.querySelector("[data-problem]");
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const progress = form.querySelector("[data-progress]");
const review = form.querySelector("[data-review]");
const row = form.querySelector("[data-row]");
const offline = form.querySelector("[data-offline]");
const kept = form.querySelector("[data-kept]");
const draftKey = form.dataset.draft ? PREFIX + form.dataset.draft : "";

// --- the draft ------------------------------------------------------------------------------------------------------
function dropOldDrafts() {
  for (const key of Object.keys(localStorage)) {
    if (!key.startsWith(PREFIX)) continue;
    let until = 0;
    try {
      until = JSON.parse(localStorage.getItem(key)).until;
    } catch {
      // not readable, so of no use to anybody
    }
    if (!(until * 1000 > Date.now())) localStorage.removeItem(key);
  }
}

function fieldsOf(step) {
  return [...step.querySelectorAll("input, textarea")];
}

function keepDraft() {
  if (!draftKey) return;
  const answers = {};
  for (const step of questions) {
    for (const field of fieldsOf(step)) {
      const isBox = field.type === "radio" || field.type === "checkbox";
      if (field.value && (!isBox || field.checked)) (answers[field.name] ??= []).push(field.value);
    }
  }
  try {
    localStorage.setItem(draftKey, JSON.stringify({ until: Number(form.dataset.draftUntil), answers }));
  } catch {
    // A browser that keeps nothing loses a half-finished sheet when the page closes, and nothing else.
  }
}

function fillIn(answers) {
  for (const step of questions) {
    for (const field of fieldsOf(step)) {
      const values = answers[field.name] ?? [];
      if (field.type === "radio" || field.type === "checkbox") field.checked = values.includes(field.value);
      else field.value = values[0] ?? "";
    }
  }
}

function restoreDraft() {
  try {
    dropOldDrafts();
    // What the page came back with is newer than what was kept.
    if ("typed" in form.dataset) return keepDraft();
    const draft = draftKey && JSON.parse(localStorage.getItem(draftKey));
    if (!draft || !Object.keys(draft.answers).length) return;
    fillIn(draft.answers);
    kept.hidden = false;
  } catch {
    // no store, or nothing readable in it
  }
}

// --- words that are too long -----------------------------------------------------------------------------------------
// A browser that is told the limit cuts what is pasted without a word; so it is counted here, as the server counts.
function isTooLong(field) {
  return [...field.value.normalize("NFC").trim()].length > Number(field.dataset.limit);
}

function markTooLong() {
  for (const field of form.querySelectorAll("[data-limit]")) {
    const long = isTooLong(field);
    const step = field.closest("[data-step]");
    step.querySelector("[data-long]").hidden = !long;
    step.classList.toggle("question-wrong", long);
    field.setAttribute("aria-invalid", long);
  }
}

function clearDraft() {
  try {
    if (draftKey) localStorage.removeItem(draftKey);
  } catch {
    // no store
  }
  fillIn({});
  markTooLong();
  kept.hidden = true;
  go(0);
}

// --- one step at a time ---------------------------------------------------------------------------------------------
let at = 0;

function isAnswered(step) {
  return fieldsOf(step).some((field) =>
    field.type === "radio" || field.type === "checkbox" ? field.checked && field.value : field.value.trim(),
  );
}

function firstOpen(step) {
  return [...step.querySelectorAll("fieldset")].find((rating) => !rating.querySelector("input:checked"));
}

function show(place, { focus = true } = {}) {
  at = Math.max(0, Math.min(place, steps.length - 1));
  const step = steps[at];
  for (const each of steps) each.hidden = each !== step;
  const kind = step.dataset.step;
  document.documentElement.dataset.at = kind;
  back.hidden = progress.hidden = kind === "intro";
  next.hidden = kind === "review";
  submit.hidden = kind !== "review";
  progress.value = kind === "review" ? questions.length : Math.max(0, at - 1);
  if (kind === "review") fillReview();
  nameNext();
  if (focus) {
    step.focus({ preventScroll: true });
    scrollTo(0, 0);
  }
}

// Every step has its place in the browser's history, so that its Back goes one question back. It holds no answer.
function go(place) {
  const wanted = Math.max(0, Math.min(place, steps.length - 1));
  if (wanted === at) return;
  if (problem) problem.hidden = true;
  history.pushState(null, "", `#${steps[wanted].id}`);
  show(wanted);
}

function nameNext() {
  const isIntro = steps[at].dataset.step === "intro";
  const isStrong = isIntro || isAnswered(steps[at]);
  next.textContent = isIntro ? next.dataset.begin : isStrong ? next.dataset.answered : next.dataset.unanswered;
  next.classList.toggle("is-strong", isStrong);
}

function placeOf(hash) {
  const place = steps.findIndex((step) => `#${step.id}` === hash);
  return place < 0 ? 0 : place;
}

// --- the review -----------------------------------------------------------------------------------------------------
function said(step, separator) {
  const words = [];
  for (const field of fieldsOf(step)) {
    if (field.type !== "radio" && field.type !== "checkbox") words.push(field.value.trim());
    else if (field.checked && field.value) {
      const pole = field.closest("fieldset").querySelector(".pole");
      const label = field.closest("label").querySelector(".option-label").textContent.trim();
      words.push(pole ? `${label} · ${pole.textContent.trim()}` : label);
    }
  }
  return words.filter(Boolean).join(step.querySelector(".pole") ? "\n" : separator);
}

function fillReview() {
  review.hidden = false;
  review.replaceChildren(
    ...questions.map((step) => {
      const made = row.content.cloneNode(true);
      const text = step.querySelector(".question-text").textContent.trim();
      const answer = made.querySelector(".review-answer");
      const words = said(step, answer.dataset.separator);
      made.querySelector(".review-text").textContent = text;
      answer.textContent = words || answer.dataset.none;
      answer.classList.toggle("is-none", !words);
      made.querySelector(".review-change").href = `#${step.id}`;
      made.querySelector(".visually-hidden").textContent = ` ${text}`;
      return made;
    }),
  );
}

// --- taps and keys --------------------------------------------------------------------------------------------------
let tappedAt = -TAP_MS;
let waiting = 0;

function advanceSoon() {
  const from = at;
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    if (at === from) go(at + 1);
  }, LOOK_MS);
}

form.addEventListener("pointerup", () => {
  tappedAt = performance.now();
});

form.addEventListener("click", (event) => {
  const link = event.target.closest(".review-change");
  if (link) {
    event.preventDefault();
    go(placeOf(link.hash));
    return;
  }
  const isTap = performance.now() - tappedAt < TAP_MS;
  if (event.target.type !== "radio" || !isTap) return;
  const open = firstOpen(steps[at]);
  if (open) open.scrollIntoView({ block: "nearest", behavior: calm.matches ? "auto" : "smooth" });
  else advanceSoon();
});

form.addEventListener("input", () => {
  keepDraft();
  markTooLong();
  nameNext();
});

// Keys 1 to 9 choose; on a pair they choose for the statement that has the focus, or for the first without an answer.
function chooseByKey(number) {
  const step = steps[at];
  const rating =
    document.activeElement.closest("fieldset") ?? firstOpen(step) ?? step.querySelector("fieldset");
  const field = rating?.querySelectorAll("input[type=radio]:not([value=''])")[number - 1];
  if (!field) return;
  field.checked = true;
  keepDraft();
  nameNext();
  const open = firstOpen(step);
  if (open) open.querySelector("input").focus();
  else advanceSoon();
}

document.addEventListener("keydown", (event) => {
  const isWriting = event.target.matches("textarea, input[type=text]");
  if (event.ctrlKey || event.metaKey || event.altKey || steps[at].dataset.step !== "question") return;
  if (!isWriting && /^[1-9]$/.test(event.key)) {
    chooseByKey(Number(event.key));
  } else if (event.key === "Enter" && event.target.closest(".question") && !event.target.matches("textarea")) {
    event.preventDefault(); // it would hand in
    go(at + 1);
  }
});

next.addEventListener("click", () => go(at + 1));
back.addEventListener("click", () => go(at - 1));
for (const button of form.querySelectorAll("[data-clear]")) button.addEventListener("click", clearDraft);
addEventListener("popstate", () => show(placeOf(location.hash)));

// --- handing in -----------------------------------------------------------------------------------------------------
form.addEventListener("submit", (event) => {
  const long = [...form.querySelectorAll("[data-limit]")].find(isTooLong);
  if (long) {
    event.preventDefault();
    go(steps.indexOf(long.closest("[data-step]")));
    long.focus();
    return;
  }
  if (!navigator.onLine && draftKey) {
    event.preventDefault();
    offline.hidden = false;
    return;
  }
  // Once only; after the form has read its fields.
  setTimeout(() => {
    submit.disabled = true;
  });
});

// A page that the browser brings back as it was would show answers: it is asked for again.
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});

restoreDraft();
markTooLong();
for (const part of form.querySelectorAll("[data-scripted]")) part.hidden = false;
form.querySelector("[data-plain]").hidden = true;
bar.hidden = false;
const wrong = steps.findIndex((step) => step.classList.contains("question-wrong"));
const start = wrong > 0 ? wrong : "typed" in form.dataset ? steps.length - 1 : placeOf(location.hash);
show(start, { focus: false });
