// <form data-autosave="/address"> sends each answer as it is given. What cannot be sent is kept on this device and sent
// again: when the network returns, on the next answer, on the next visit. The server answers any 2xx, best with
// {"saved_at": "10:42"}; a 4xx carries {"messages": […]}. Nothing is validated here.
import { clockNow, headers, readJson, reasons } from "./http.js";

const IDLE = 1200;
const RETRY = 20000;

for (const form of document.querySelectorAll("form[data-autosave]")) start(form);

function start(form) {
  const url = form.dataset.autosave;
  const shelf = `mc-draft:${url}`;
  const unsent = new Map(restore(shelf));
  let timer = 0;
  let flying = false;

  const keep = () => {
    try {
      if (unsent.size) localStorage.setItem(shelf, JSON.stringify([...unsent]));
      else localStorage.removeItem(shelf);
    } catch { /* private mode: the page itself still holds the answers */ }
  };

  const note = (event) => {
    const field = event.target;
    if (!field.name || field.type === "file" || field.name === "csrfmiddlewaretoken") return;
    unsent.set(field.name, new FormData(form).getAll(field.name).map(String));
    keep();
    clearTimeout(timer);
    timer = setTimeout(send, event.type === "change" ? 0 : IDLE);
  };

  async function send() {
    clearTimeout(timer);
    if (flying || !unsent.size) return;
    flying = true;
    const batch = new Map(unsent);
    say(form, "busy", "Đang lưu…");
    const body = new URLSearchParams();
    for (const [name, values] of batch) {
      for (const value of values.length ? values : [""]) body.append(name, value);
    }
    try {
      const response = await fetch(url, { method: "POST", headers: headers(form), body, keepalive: body.toString().length < 60000 });
      const answer = await readJson(response);
      if (response.redirected || response.status === 401) {
        say(form, "failed", "Phiên làm việc đã hết. Câu trả lời còn trên máy này; đăng nhập lại để lưu tiếp.");
      } else if (response.ok) {
        for (const [name, values] of batch) if (unsent.get(name) === values) unsent.delete(name);
        keep();
        say(form, "", `Đã lưu lúc ${answer?.saved_at ?? clockNow()}`);
      } else if (response.status < 500) {
        say(form, "failed", reasons(answer, "Chưa lưu được câu trả lời vừa rồi. Bấm nút ở cuối trang để lưu."));
      } else {
        later();
      }
    } catch {
      later();
    }
    flying = false;
    if ([...unsent].some(([name, values]) => batch.get(name) !== values)) timer = setTimeout(send, IDLE);
  }

  function later() {
    say(form, "failed", "Chưa lưu được vì mất kết nối. Câu trả lời được giữ trên máy này và sẽ tự gửi lại.");
    timer = setTimeout(send, RETRY);
  }

  putBack(form, unsent);
  form.addEventListener("input", note);
  form.addEventListener("change", note);
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    try { localStorage.removeItem(shelf); } catch { /* as above */ }
  });
  addEventListener("online", send);
  addEventListener("visibilitychange", () => { if (document.hidden) send(); });
  send();
}

function restore(shelf) {
  try {
    return JSON.parse(localStorage.getItem(shelf) ?? "[]");
  } catch {
    return [];
  }
}

/** Answers that never reached the server are shown again, not the older ones the server knows. */
function putBack(form, unsent) {
  for (const [name, values] of unsent) {
    for (const field of form.elements) {
      if (field.name !== name || field.type === "file" || field.type === "hidden") continue;
      if (field.type === "checkbox" || field.type === "radio") field.checked = values.includes(field.value);
      else field.value = values[0] ?? "";
      field.dispatchEvent(new Event("change", { bubbles: true }));
    }
  }
}

function say(form, state, words) {
  const line = form.querySelector("[data-saved]") ?? document.querySelector("[data-saved]");
  if (!line) return;
  line.hidden = false;
  line.className = `mc-saved${state === "busy" ? " mc-saved--busy" : state === "failed" ? " mc-saved--failed" : ""}`;
  line.querySelector("[data-saved-words]").textContent = words;
}
