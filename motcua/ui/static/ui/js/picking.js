// Rows chosen for a deed on many: how many they are, all of the page at once, and nothing sent while none is chosen.
const form = document.querySelector("[data-bulk]");
const picks = [...document.querySelectorAll("[data-pick]")];
const whole = form.querySelector("[data-pick-all]");
const words = form.querySelector("[data-picked]");
const page = form.querySelector("[data-pick-page]");
const nothing = words.textContent;

function tell() {
  const count = picks.filter((one) => one.checked).length;
  const all = whole?.checked;
  words.textContent = all ? "Đã chọn cả danh sách." : count ? `Đã chọn ${count} hồ sơ.` : nothing;
  for (const button of form.querySelectorAll("[name=viec]")) button.setAttribute("aria-disabled", String(!all && !count));
  page.textContent = count === picks.length ? "Bỏ chọn" : "Chọn cả trang";
}

words.setAttribute("role", "status");
page.hidden = !picks.length;
page.addEventListener("click", () => {
  const to = picks.some((one) => !one.checked);
  for (const one of picks) one.checked = to;
  tell();
});
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-pick], [data-pick-all]")) tell();
});
addEventListener("pageshow", tell);
tell();
