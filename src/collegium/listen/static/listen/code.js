// A slip's picture code leads here with the code behind a "#", which no browser sends to a server. It goes into the field
// and out of the address.
const code = location.hash.slice(1);

if (/^[2-9A-HJ-NP-Z]{10}$/.test(code)) {
  document.querySelector("input[name=code]").value = code;
  history.replaceState(null, "", location.pathname + location.search);
}
