// Zoom and turn a picture by classes: a strict policy allows no inline style.
const box = document.querySelector("[data-viewer]");
const sheet = box?.querySelector("[data-sheet]");
if (sheet) {
  let zoom = 0;
  let turn = 0;
  const show = () => {
    sheet.className = `mc-sheet${zoom ? ` is-zoom-${zoom}` : ""}${turn ? ` is-turn-${turn}` : ""}`;
  };
  const acts = {
    "+": () => { zoom = Math.min(3, zoom + 1); }, "-": () => { zoom = Math.max(0, zoom - 1); }, "r": () => { turn = (turn + 1) % 4; },
  };
  const run = (name) => { acts[name](); show(); };
  for (const button of box.querySelectorAll("[data-zoom], [data-turn]")) {
    button.hidden = false;
    button.addEventListener("click", () => run(button.dataset.zoom === "in" ? "+" : button.dataset.zoom === "out" ? "-" : "r"));
  }
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, dialog")) return;
    const key = event.key === "=" ? "+" : event.key;
    if (acts[key]) { event.preventDefault(); run(key); }
  });
}
