// What was kept of a sheet on this device goes once it is handed in, or once its pulse is over. It is gone before the page
// says so: this script stands in the head and is waited for, because whoever reads "Thank you" may leave at once.
{
  const { forget } = document.currentScript.dataset;
  try {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(`collegium.sheet.${forget}.`)) localStorage.removeItem(key);
    }
  } catch {
    // This browser keeps nothing.
  }
}
