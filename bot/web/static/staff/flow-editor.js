// What only the editor of a check does: a typed answer is sent, and what is searched for fits the field it goes into.

const form = document.getElementById("editor");
let into = "text";
let lang = "";

document.addEventListener("focusin", (event) => {
  const field = event.target;
  if (field.form !== form || !field.matches("textarea, [data-insertable]")) return;
  into = field.dataset.insertable ?? "text";
  lang = field.lang;
});

document.addEventListener("htmx:configRequest", (event) => {
  if (event.detail.elt.id !== "find") return;
  event.detail.parameters.into = into;
  event.detail.parameters.lang = lang;
});

document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-say]")) document.getElementById("say").dispatchEvent(new Event("send"));
});

// The phone is put in anew: who typed an answer goes on typing, and the keyboard does not lose its place.
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target?.id !== "phone") return;
  const from = event.detail.requestConfig?.elt;
  if (from?.id === "say") document.getElementById("say")?.focus();
  else if (from?.classList.contains("key")) document.querySelector("#phone button.key")?.focus();
});

// The box of the step that is edited, else that of the first one, comes into sight inside the drawing, and the page stays
// where it is.
function showMarked() {
  const place = document.getElementById("drawing");
  const marked = place?.querySelector("a[aria-current]") ?? place?.querySelector("a");
  if (!marked) return;
  const box = marked.getBoundingClientRect();
  const frame = place.getBoundingClientRect();
  place.scrollTop += box.top - frame.top - (frame.height - box.height) / 2;
  place.scrollLeft += box.left - frame.left - (frame.width - box.width) / 2;
}

document.addEventListener("htmx:oobAfterSwap", (event) => {
  if (event.detail.target?.id === "drawing") showMarked();
});
showMarked();
