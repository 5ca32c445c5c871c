// A slip's picture code leads here with the code behind a "#", which no browser sends to a server. It goes into the field
// and out of the address.
const code = location.hash.slice(1);

if (/^[0-9A-Za-z-]{4,40}$/.test(code) && code !== "content") {
  document.querySelector("input[name=code]").value = code;
  history.replaceState(null, "", location.pathname + location.search);
}
