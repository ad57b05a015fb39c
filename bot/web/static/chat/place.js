// Where a person is: the place of this device, or two numbers. It sends nothing; whoever asked does.

import { element, iconButton } from "./dom.js";
import { page, phone as words, places } from "./strings.js";

/** Opens a dialog; `send(latitude, longitude)` is called when a place was chosen. */
export function askPlace(send) {
  const degrees = (name, limit) => element("input", { name, type: "number", step: "any", min: -limit, max: limit, required: true });
  const latitude = degrees("latitude", 90);
  const longitude = degrees("longitude", 180);
  const fill = (place) => {
    latitude.value = place.latitude.toFixed(4);
    longitude.value = place.longitude.toFixed(4);
  };
  const problem = element("p", { class: "problem", role: "status" });
  const locate = () => navigator.geolocation.getCurrentPosition(
    ({ coords }) => fill(coords),
    () => { problem.textContent = words.noPlace; },
    { timeout: 10000 });
  const form = element("form", { class: "new-person", method: "dialog", onsubmit: () => send(latitude.valueAsNumber, longitude.valueAsNumber) },
    element("label", {}, element("span", {}, words.latitude), latitude),
    element("label", {}, element("span", {}, words.longitude), longitude),
    problem,
    element("div", { class: "buttons" },
      "geolocation" in navigator ? element("button", { type: "button", class: "plain", onclick: locate }, words.thisPlace) : null,
      element("button", { class: "primary" }, words.sendPlace)));
  const dialog = element("dialog", { class: "person-dialog", "aria-label": words.whereAreYou, onclose: () => dialog.remove() },
    element("div", { class: "dialog-head" }, element("h2", {}, words.whereAreYou), iconButton("close", page.cancel, { onclick: () => dialog.close() })),
    element("p", {}, words.whereHint),
    element("div", { class: "suggestions places" }, ...places.map((place) =>
      element("button", { type: "button", onclick: () => fill(place) }, place.name))),
    form);
  fill(places[0]);
  document.body.append(dialog);
  dialog.showModal();
}
