// Text size and contrast act by CSS alone; this only remembers the choice without a page load.
const form = document.querySelector("[data-display]");
form.classList.add("is-live");
form.addEventListener("change", () => {
  const data = new FormData(form);
  const root = document.documentElement;
  root.className = `mc-size-${data.get("size")}${data.get("contrast") ? " mc-contrast" : ""}`;
  fetch(form.action, { method: "POST", body: data, headers: { "X-Requested-With": "fetch" }, keepalive: true })
    .catch(() => form.classList.remove("is-live"));
});
