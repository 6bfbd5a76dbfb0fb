// The officer's keyboard. Rows are [data-key-row]; the present one carries is-here. Any [data-key="x"] of the present row, else of
// the page, is pressed by x. j/k or n move, o opens the row's first link ([data-open] if there is one), / goes to [data-search], ? shows help.
const rows = () => [...document.querySelectorAll("[data-key-row]")];
const here = () => document.querySelector("[data-key-row].is-here");

function go(step) {
  const all = rows();
  if (!all.length) return;
  const at = all.indexOf(here());
  const next = all[Math.min(all.length - 1, Math.max(0, at + step))];
  here()?.classList.remove("is-here");
  next.classList.add("is-here");
  const within = ["[data-open]", "a[href]", "input:not([type=hidden]), button"].map((one) => next.querySelector(one));
  (within.find(Boolean) ?? next).focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

function press(key) {
  const selector = `[data-key="${CSS.escape(key)}"]`;
  const target = here()?.querySelector(selector) ?? document.querySelector(`:not([data-key-row] *)${selector}`);
  if (!target || target.disabled) return false;
  target.focus();
  target.click();
  return true;
}

function help() {
  const list = document.querySelector("[data-keys-help]");
  if (!list) return;
  let dialog = document.querySelector("dialog.mc-help");
  if (!dialog) {
    dialog = Object.assign(document.createElement("dialog"), { className: "mc-help" });
    const title = Object.assign(document.createElement("h2"), { className: "govuk-heading-m", textContent: "Phím tắt" });
    const close = Object.assign(document.createElement("button"), { className: "govuk-button", textContent: "Đóng", type: "button" });
    close.addEventListener("click", () => dialog.close());
    const copy = list.cloneNode(true);
    copy.removeAttribute("data-keys-help");
    dialog.append(title, copy, close);
    document.body.append(dialog);
  }
  dialog.showModal();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const typing = event.target.closest("textarea, select, [contenteditable], dialog")
    || event.target.matches("input:not([type=checkbox], [type=radio], [type=submit], [type=button])");
  if (typing) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  const acts = {
    "j": () => go(1), "n": () => go(1), "k": () => go(-1),
    "o": () => here()?.querySelector("[data-open], a[href]")?.click(),
    "/": () => document.querySelector("[data-search]")?.focus(),
    "?": help,
  };
  if (press(event.key)) event.preventDefault();
  else if (acts[event.key]) {
    event.preventDefault();
    acts[event.key]();
  }
});
