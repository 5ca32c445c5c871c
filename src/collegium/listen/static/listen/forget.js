// What was kept of a sheet on this device goes once it is handed in, or once its pulse is over.
const pulse = document.querySelector("[data-forget]")?.dataset.forget;

if (pulse) {
  try {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(`collegium.sheet.${pulse}.`)) localStorage.removeItem(key);
    }
  } catch {
    // This browser keeps nothing.
  }
}
