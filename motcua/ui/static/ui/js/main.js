// Comfort, never ability: every page works without this file. Loads the other modules only where a page asks for them.
const wanted = [
  ["form[data-autosave]", () => import("./autosave.js")],
  ["[data-eform]", () => import("./eform.js")],
  ["[data-upload]", () => import("./upload.js")],
  ["[data-display]", () => import("./display.js")],
  ["[data-key-row], [data-keys-help]", () => import("./keys.js")],
  ["[data-scan]", () => import("./counter.js")],
  ["[data-viewer]", () => import("./viewer.js")],
  ["[data-bulk]", () => import("./picking.js")],
  ["[data-watch='under_way']", () => import("./watching.js")],
];
const asked = wanted.filter(([selector]) => document.querySelector(selector)).map(([, load]) => load());
Promise.allSettled(asked).then(() => { document.documentElement.dataset.ready = "1"; });

// What is wrong is read out first.
document.querySelector("[data-error-summary]")?.focus();

// An act that may not be done stays focusable, but does nothing; its reason stands beside it.
document.addEventListener("click", (event) => {
  if (event.target.closest("[aria-disabled='true']")) event.preventDefault();
}, true);

// A second press while the first is on its way is not sent (the server would answer it with the same dossier anyway).
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "1";
  setTimeout(() => delete form.dataset.sent, 8000);
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});
