// How scripts of ours talk to the server: same origin, CSRF token from the page, JSON back, refusals in words.
export const token = (root = document) =>
  (root.querySelector("input[name=csrfmiddlewaretoken]") ?? document.querySelector("input[name=csrfmiddlewaretoken]"))
    ?.value ?? "";

export const headers = (root) => ({
  "Accept": "application/json",
  "X-CSRFToken": token(root),
  "X-Requested-With": "fetch",
});

/** The sentences of a refusal, or a general one. */
export const reasons = (body, fallback) => {
  const all = [...(body?.messages ?? []), ...Object.values(body?.field_errors ?? {}).flat()];
  return all.length ? all.join(" ") : fallback;
};

export const readJson = async (response) => {
  try {
    return await response.json();
  } catch {
    return null;
  }
};

export const clockNow = () =>
  new Intl.DateTimeFormat("vi-VN", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Ho_Chi_Minh" }).format(new Date());
