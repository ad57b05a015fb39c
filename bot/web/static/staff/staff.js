// What every staff page does by itself: a form is sent once, a question is asked first, a typed password can be seen.

document.addEventListener("submit", (event) => {
  const form = event.target;
  const question = event.submitter?.dataset.confirm ?? form.dataset.confirm;
  if (question && !confirm(question)) {
    event.preventDefault();
    return;
  }
  if (form.method === "post" && !form.hasAttribute("hx-post")) {
    // A second press on a slow line would do it twice.
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  }
});

// Coming back by the browser's own button shows the form as it was sent: let it be sent again.
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.querySelector(button.dataset.copy).value);
    button.textContent = button.dataset.copied;
  });
}

for (const button of document.querySelectorAll("[data-reveal]")) {
  const field = document.getElementById(button.dataset.reveal);
  const reveal = button.textContent;
  button.hidden = false;
  button.addEventListener("click", () => {
    const hidden = field.type === "password";
    field.type = hidden ? "text" : "password";
    button.textContent = hidden ? button.dataset.hide : reveal;
  });
  // A browser keeps what stood in a text field, and would show it to whoever comes back.
  field.form.addEventListener("submit", () => { field.type = "password"; });
}

// Over plain http no browser keeps a cookie that is for https only, and the sign-in would lead back to itself.
for (const notice of document.querySelectorAll("[data-insecure]")) notice.hidden = isSecureContext;

// Dates count when "own dates" is chosen: whoever changes one means them.
for (const field of document.querySelectorAll("[data-own-dates]")) {
  field.addEventListener("change", () => { field.form.elements[field.dataset.ownDates].value = "own"; });
}
