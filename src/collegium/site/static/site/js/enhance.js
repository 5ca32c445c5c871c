// What is nicer with script. Everything on the page works without it.

// Disclosures that lie over the page close when something else is pressed, or with Escape.
const overlays = () => document.querySelectorAll("details[data-closes][open]");

document.addEventListener("click", (event) => {
  for (const overlay of overlays()) {
    if (!overlay.contains(event.target)) overlay.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const overlay of overlays()) {
    overlay.open = false;
    overlay.querySelector("summary").focus();
  }
});

// A form that came back with mistakes: the summary is where reading starts.
if (performance.getEntriesByType("navigation")[0]?.responseStatus === 422) {
  document.getElementById("form-errors")?.focus();
}

// htmx is fetched only by pages that use it, and only once the page is complete: it starts on an event that is over by
// the time it arrives, unless it finds the page ready.
if (document.querySelector("[hx-get], [hx-post]")) {
  if (document.readyState !== "complete") {
    await new Promise((resolve) => addEventListener("load", resolve, { once: true }));
  }
  await import(document.documentElement.dataset.htmx);
}
