/* Keeps the system picture as a PNG: the drawing is fetched, painted and saved by the browser itself. */

const WIDTH = 1920;

async function save(button) {
  const picture = new Image();
  picture.src = button.dataset.save;
  await picture.decode();
  const canvas = document.createElement("canvas");
  canvas.width = WIDTH;
  canvas.height = Math.round((WIDTH * picture.naturalHeight) / picture.naturalWidth);
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  canvas.toBlob((blob) => {
    const address = URL.createObjectURL(blob);
    const link = document.createElement("a");
    [link.href, link.download] = [address, button.dataset.file];
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
  }, "image/png");
}

for (const button of document.querySelectorAll("[data-save]")) {
  button.hidden = false;
  button.addEventListener("click", () => save(button));
}
