// The counter: a scanner types like a very fast keyboard and ends with Enter. Wherever the focus is, such a burst lands in
// the field marked [data-scan] and its form is sent. Slow typing by a person is left alone.
const field = document.querySelector("[data-scan]");
const BURST = 35;
const SHORTEST = 12;
let typed = "";
let last = 0;

document.addEventListener("keydown", (event) => {
  if (event.target === field || event.ctrlKey || event.metaKey || event.altKey) return;
  const quick = event.timeStamp - last < BURST;
  last = event.timeStamp;
  if (event.key === "Enter") {
    if (quick && typed.length >= SHORTEST) {
      event.preventDefault();
      field.value = typed;
      field.form.requestSubmit();
    }
    typed = "";
  } else if (event.key.length === 1) {
    typed = quick ? typed + event.key : event.key;
  }
});
