// A long job on this page: its part of the page is fetched again every two seconds until the job is over.
const here = () => document.querySelector("[data-watch]");

async function look() {
  if (document.hidden) return again();
  try {
    const answer = await fetch(location.href, { headers: { "X-Requested-With": "fetch" } });
    if (!answer.ok) return again();
    const next = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-watch]");
    if (!next) return again();
    const focused = document.activeElement?.matches("[data-refresh]");
    here().replaceWith(next);
    if (focused) here().querySelector("[data-refresh]")?.focus();
    if (next.dataset.watch === "under_way") again();
  } catch {
    again();
  }
  return undefined;
}

function again() {
  setTimeout(look, 2000);
}

again();
