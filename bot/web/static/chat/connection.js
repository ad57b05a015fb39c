// Talks to the server: acts go out, changes come in. It shows nothing.

import { page } from "./strings.js";

/** Does an act and returns the answer, if there is one. Throws an Error whose message can be shown. */
export async function act(path, body) {
  let response;
  try {
    response = await fetch(`/chat/${path}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
  } catch {
    throw new Error(page.offline);
  }
  if (response.status === 204) return null;
  if (response.ok) return response.json();
  const problem = await response.json().catch(() => ({}));
  throw new Error(problem.error ?? page.failed);
}

/**
 * Everything that changes, in one stream: a browser opens six connections to a server, and every phone having one of
 * its own would soon use them up. Comes back by itself; `onState` is told whether it is connected.
 */
export function listen(onChange, onState) {
  let source;
  const open = () => {
    source = new EventSource("/chat/events");
    source.onopen = () => onState(true);
    source.onmessage = (event) => onChange(JSON.parse(event.data));
    source.onerror = () => {
      onState(false);
      // After a refusal (say, of a proxy while the server restarts) the browser itself gives up.
      if (source.readyState === EventSource.CLOSED) setTimeout(open, 2000);
    };
  };
  open();
  window.addEventListener("pagehide", () => source.close());
  window.addEventListener("pageshow", (event) => event.persisted && open());
}
