// [data-upload]: choose, drop or photograph; each file goes up at once with its own progress and its own faults.
// Without data-url the file control stays part of the form and is only made friendlier.
import { headers, readJson, reasons } from "./http.js";

const size = (bytes) => bytes < 1048576
  ? `${Math.max(1, Math.round(bytes / 1024))} KB`
  : `${(bytes / 1048576).toFixed(1).replace(".0", "").replace(".", ",")} MB`;

for (const box of document.querySelectorAll("[data-upload]")) start(box);

function start(box) {
  const input = box.querySelector("input[type=file]");
  const drop = box.querySelector("[data-drop]") ?? box;
  const list = box.querySelector("[data-upload-list]") ?? listAfter(drop);
  const url = box.dataset.url;
  dress(input, drop);

  drop.addEventListener("dragover", (event) => { event.preventDefault(); drop.classList.add("is-over"); });
  drop.addEventListener("dragleave", () => drop.classList.remove("is-over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("is-over");
    take(event.dataTransfer.files);
  });
  input.addEventListener("change", () => take(input.files));

  function take(files) {
    const chosen = input.multiple ? [...files] : [...files].slice(0, 1);
    if (!url) {
      if (files !== input.files) input.files = files;
      list.querySelectorAll("[data-chosen]").forEach((row) => row.remove());
      for (const file of chosen) line(file).dataset.chosen = "";
      return;
    }
    for (const file of chosen) send(file);
    input.value = "";
  }

  /** A row of the list for a file that is not stored yet; says at once what is wrong with it. */
  function line(file) {
    const row = document.createElement("li");
    row.className = "mc-filerow";
    const name = Object.assign(document.createElement("span"), { className: "mc-filerow__name", textContent: file.name });
    const meta = Object.assign(document.createElement("span"), { className: "mc-filerow__meta", textContent: size(file.size) });
    const left = document.createElement("div");
    left.append(name, meta);
    row.append(left);
    list.append(row);
    const wrong = faultOf(file, box, input);
    if (wrong) fault(row, wrong);
    return row;
  }

  function send(file) {
    const row = line(file);
    if (row.querySelector(".mc-filerow__fault")) return;
    const bar = document.createElement("progress");
    bar.max = 100;
    bar.value = 0;
    bar.setAttribute("aria-label", `Đang tải lên ${file.name}`);
    const holder = Object.assign(document.createElement("div"), { className: "mc-progress" });
    holder.append(bar);
    row.append(holder);
    const data = new FormData();
    data.append(input.name, file, file.name);
    const request = new XMLHttpRequest();
    request.open("POST", url);
    for (const [key, value] of Object.entries(headers(box.closest("form") ?? document))) request.setRequestHeader(key, value);
    request.upload.addEventListener("progress", (event) => { if (event.lengthComputable) bar.value = 100 * event.loaded / event.total; });
    request.addEventListener("load", async () => {
      holder.remove();
      const answer = await readJson(new Response(request.responseText));
      if (request.status >= 200 && request.status < 300 && answer?.html) {
        const shell = document.createElement("template");
        shell.innerHTML = answer.html;
        row.replaceWith(shell.content);
        box.dispatchEvent(new CustomEvent("mc:uploaded", { bubbles: true, detail: answer }));
      } else {
        fault(row, reasons(answer, "Chưa nhận được tệp này. Thử lại sau ít phút."), () => again(row, file));
      }
    });
    request.addEventListener("error", () => {
      holder.remove();
      fault(row, "Mất kết nối khi đang tải lên. Tệp vẫn còn trên máy của bạn.", () => again(row, file));
    });
    request.send(data);
  }

  function again(row, file) {
    row.remove();
    send(file);
  }
}

function listAfter(drop) {
  const list = Object.assign(document.createElement("ul"), { className: "mc-list-plain" });
  drop.append(list);
  return list;
}

/** Dress the native control in Vietnamese: browsers write "Choose File" in their own language. */
function dress(input, drop) {
  const shell = document.createElement("span");
  shell.className = "mc-file govuk-button";
  const words = document.createElement("span");
  words.textContent = input.multiple ? "Chọn tệp hoặc chụp ảnh" : "Chọn một tệp hoặc chụp ảnh";
  words.setAttribute("aria-hidden", "true");
  input.replaceWith(shell);
  shell.append(words, input);
  input.classList.remove("mc-fileinput");
  const hint = Object.assign(document.createElement("p"), { className: "mc-small mc-muted", textContent: "Hoặc kéo tệp thả vào đây." });
  hint.setAttribute("aria-hidden", "true");
  if (matchMedia("(pointer: fine)").matches) drop.append(hint);
}

function faultOf(file, box, input) {
  const most = Number(box.dataset.maxBytes || 0);
  if (file.size === 0) return "Tệp này rỗng (0 byte). Hãy mở thử trên máy rồi chọn lại.";
  if (most && file.size > most) return `Tệp nặng ${size(file.size)}, quá mức ${size(most)}. Hãy nén hoặc chia nhỏ.`;
  if (input.accept && !accepts(input.accept, file)) return "Loại tệp này không nhận. Hãy dùng PDF hoặc ảnh.";
  return "";
}

function accepts(accept, file) {
  return accept.split(",").map((one) => one.trim().toLowerCase()).some((one) => {
    if (one.startsWith(".")) return file.name.toLowerCase().endsWith(one);
    if (one.endsWith("/*")) return file.type.startsWith(one.slice(0, -1));
    return file.type === one || file.type === "";
  });
}

function fault(row, words, retry) {
  const line = Object.assign(document.createElement("p"), { className: "mc-filerow__fault", textContent: words });
  line.setAttribute("role", "alert");
  const acts = Object.assign(document.createElement("div"), { className: "mc-filerow__acts" });
  if (retry) acts.append(button("Thử lại", retry));
  acts.append(button("Bỏ", () => row.remove()));
  row.append(acts, line);
}

function button(words, act) {
  const made = Object.assign(document.createElement("button"), { type: "button", className: "mc-linkish", textContent: words });
  made.addEventListener("click", act);
  return made;
}
