// Passkeys: shows the forms marked `data-passkey` where the browser has passkeys, and fills them when they are sent.
// Everything else about sign-in works without this file.

const toBytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));

const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

// Servers write bytes as text in JSON; the browser's interface wants bytes.
function readOptions({ publicKey }) {
  const options = { ...publicKey, challenge: toBytes(publicKey.challenge) };
  if (options.user) options.user = { ...options.user, id: toBytes(options.user.id) };
  for (const list of ["allowCredentials", "excludeCredentials"]) {
    if (options[list]) options[list] = options[list].map((known) => ({ ...known, id: toBytes(known.id) }));
  }
  return options;
}

function writeCredential(credential) {
  const response = {};
  for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[part]) response[part] = toText(credential.response[part]);
  }
  return JSON.stringify({
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    clientExtensionResults: credential.getClientExtensionResults(),
    response,
  });
}

async function fetchOptions(form) {
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`options: ${answer.status}`);
  return (await answer.json()).request_options;
}

async function askDevice(form) {
  const given = form.dataset.options ? JSON.parse(form.dataset.options) : await fetchOptions(form);
  const publicKey = readOptions(given);
  return form.dataset.passkey === "add"
    ? navigator.credentials.create({ publicKey })
    : navigator.credentials.get({ publicKey });
}

async function send(event) {
  event.preventDefault();
  const form = event.currentTarget;
  const problem = form.querySelector("[data-problem]");
  problem.textContent = "";
  try {
    form.elements.credential.value = writeCredential(await askDevice(form));
    form.submit();
  } catch {
    problem.textContent = form.dataset.refused;
  }
}

// An address by number can have no passkeys, whatever the browser says.
const isByNumber = /^[\d.]+$|^\[/.test(location.hostname);

if (window.PublicKeyCredential && window.isSecureContext && !isByNumber) {
  for (const note of document.querySelectorAll("[data-without-passkeys]")) note.hidden = true;
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", send);
  }
}
