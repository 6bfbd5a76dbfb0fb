// E-forms in the browser: comfort only. Every answer is judged by the server, and every page works without this file.
// It shows and hides questions at once, adds and removes rows, and fills the lists of an address.
// Conditions mean exactly what motcua/rules/eforms/conditions.py says; tests run both on the same cases.

const NUMBERS = new Set(["integer", "decimal", "money", "year"]);
const PRESENCE = new Set(["address", "file", "group", "date_range"]);

// --- conditions

/** A date of a definition (ISO, today, today-18y, today+3m, today+30d) as ISO text, or null. */
export function readDay(value, today) {
  if (typeof value !== "string") return null;
  const relative = /^today(?:([+-])(\d{1,5})([dmy]))?$/.exec(value);
  if (!relative) return isDay(value) ? value : null;
  const amount = (relative[1] === "-" ? -1 : 1) * Number(relative[2] ?? 0);
  const [year, month, day] = today.split("-").map(Number);
  if (!relative[3] || relative[3] === "d") return iso(new Date(Date.UTC(year, month - 1, day + amount)));
  const months = year * 12 + month - 1 + amount * (relative[3] === "y" ? 12 : 1);
  const toYear = Math.floor(months / 12);
  const toMonth = months - toYear * 12;
  const last = new Date(Date.UTC(toYear, toMonth + 1, 0)).getUTCDate();
  return iso(new Date(Date.UTC(toYear, toMonth, Math.min(day, last))));
}

function iso(date) {
  return Number.isNaN(date.getTime()) ? null : date.toISOString().slice(0, 10);
}

function isDay(text) {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && iso(new Date(`${text}T00:00:00Z`)) === text;
}

/** A canonical answer as something to compare; null when empty. */
export function comparable(type, answer) {
  if (answer === null || answer === undefined || answer === false || answer === "") return null;
  if (Array.isArray(answer) && answer.length === 0) return null;
  if (NUMBERS.has(type)) return Number.isFinite(Number(answer)) ? Number(answer) : null;
  if (type === "date") return typeof answer === "string" && isDay(answer) ? answer : null;
  if (type === "multi_choice") return Array.isArray(answer) ? answer.map(String) : null;
  if (PRESENCE.has(type) || type === "declaration") return true;
  return typeof answer === "string" && answer.trim() ? answer : null;
}

function literal(type, value, today) {
  if (NUMBERS.has(type)) return typeof value === "boolean" ? null : Number(value);
  return type === "date" ? readDay(value, today) : value;
}

/** Whether a condition holds. `look(key)` gives {type, answer} with a comparable answer, or undefined. */
export function holds(condition, look, today) {
  if (typeof condition === "boolean") return condition;
  if (condition.all) return condition.all.every((part) => holds(part, look, today));
  if (condition.any) return condition.any.some((part) => holds(part, look, today));
  if (condition.not !== undefined) return !holds(condition.not, look, today);
  return testHolds(condition, look, today);
}

function testHolds({ field, op, value, other }, look, today) {
  const { type, answer } = look(field) ?? { type: "text", answer: null };
  if (op === "filled") return answer !== null;
  if (op === "empty") return answer === null;
  const among = (wanted) => answer !== null && [answer].flat().some((one) => wanted.includes(one));
  if (op === "in") return among(value.map((one) => literal(type, one, today)));
  if (op === "not_in") return !among(value.map((one) => literal(type, one, today)));
  const against = other ? (look(other)?.answer ?? null) : literal(type, value, today);
  if (op === "eq") return against !== null && among([against].flat());
  if (op === "ne") return against === null || !among([against].flat());
  if (answer === null || against === null || typeof answer !== typeof against) return false;
  return { gt: answer > against, ge: answer >= against, lt: answer < against, le: answer <= against }[op];
}

// --- answers as they stand on the page

/** A number as typed in Viet Nam ("1.250,5") as canonical text, or "" when it is none. */
export function readNumber(type, typed) {
  let text = typed.replace(/\s/g, "").replace(/(đồng|vnđ|vnd|đ|₫)\.?$/i, "");
  if (type !== "decimal" && /^-?\d{1,3}([.,])\d{3}(\1\d{3})*$/.test(text)) text = text.replace(/[.,]/g, "");
  if (type === "decimal") {
    text = text.split(",").length === 2
      ? text.replaceAll(".", "").replace(",", ".")
      : text.replace(/(\d)\.(?=\d{3}(\D|$))/g, "$1");
  }
  return /^-?\d+(\.\d+)?$/.test(text) ? text : "";
}

function readAnswer(question) {
  const { field: name, type } = question.dataset;
  const inputs = [...question.querySelectorAll("input, select, textarea")].filter((one) => !one.closest("template"));
  const named = (suffix) => inputs.find((one) => one.name === name + suffix)?.value.trim() ?? "";
  if (type === "date") {
    const [day, month, year] = ["-d", "-m", "-y"].map(named);
    return day && month && year ? `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}` : "";
  }
  if (type === "multi_choice") return inputs.filter((one) => one.checked).map((one) => one.value);
  if (type === "declaration") return inputs.some((one) => one.checked);
  if (type === "choice" && inputs[0]?.type === "radio") return inputs.find((one) => one.checked)?.value ?? "";
  if (type === "time") return named("").replace(/^(\d):/, "0$1:");
  if (type === "unit" || PRESENCE.has(type)) {
    const filled = inputs.filter((one) => (one.type === "checkbox" || one.type === "radio" ? one.checked : one.value.trim()));
    return type === "unit" ? (filled.at(-1)?.value ?? "") : filled.length > 0;
  }
  return NUMBERS.has(type) ? readNumber(type, named("")) : named("");
}

// --- the form

const NUMBERED = ["id", "for", "name", "aria-describedby", "data-field", "data-scope", "data-group-row"];

/** Give a row another number: in its names, ids and whatever refers to them. */
function renumber(row, group, number) {
  const before = row.dataset.groupRow;
  if (before === String(number)) return;
  const names = new RegExp(`(^|[-: ])(${group}[-:])${before}(?![0-9])`, "g");
  for (const element of [row, ...row.querySelectorAll("*")]) {
    for (const name of NUMBERED) {
      const value = element.getAttribute(name);
      if (value) element.setAttribute(name, value.replace(names, `$1$2${number}`));
    }
  }
  row.dataset.groupRow = number;
}

class EForm {
  constructor(root) {
    this.root = root;
    this.today = root.dataset.today;
    // A page that shows single questions does not say what the others answered; there the server alone judges conditions.
    this.known = root.dataset.known ? JSON.parse(root.dataset.known) : null;
    root.addEventListener("input", () => this.refresh());
    root.addEventListener("change", (event) => {
      if (event.detail !== "moved" && event.target.matches("[data-units] select[data-level]")) this.nextList(event.target);
      this.refresh();
    });
    root.addEventListener("click", (event) => {
      const button = event.target.closest("[data-add-row], [data-remove-row]");
      if (!button) return;
      event.preventDefault();
      if (button.matches("[data-add-row]")) this.addRow(button.closest("[data-group]"));
      else this.removeRow(button);
    });
    for (const button of root.querySelectorAll("[data-without-script]")) button.hidden = true;
    this.refresh();
  }

  /** Show and hide every question from the top down, so that a hidden one counts as empty for those after it. */
  refresh() {
    if (!this.known) return;
    const answers = new Map();
    for (const [key, { type, answer }] of Object.entries(this.known)) {
      answers.set(key, { type, answer: comparable(type, answer) });
    }
    const shown = [];
    for (const question of this.root.querySelectorAll("[data-field]")) {
      const { field: name, scope, type, showIf } = question.dataset;
      const look = (key) => answers.get(scope ? `${scope}-${key}` : key) ?? answers.get(key);
      const isShown = !showIf || holds(JSON.parse(showIf), look, this.today);
      question.hidden = !isShown;
      answers.set(name, { type, answer: isShown ? comparable(type, readAnswer(question)) : null });
      if (isShown && !scope) shown.push(name);
    }
    this.root.querySelector("[data-eform-shown]").value = shown.join(",");
  }

  addRow(group) {
    const rows = group.querySelector("[data-rows]");
    const row = group.querySelector("template[data-blank-row]").content.cloneNode(true).firstElementChild;
    rows.append(row);
    this.settle(group);
    row.querySelector("input, select, textarea")?.focus();
  }

  removeRow(button) {
    const group = button.closest("[data-group]");
    button.closest("[data-group-row]").remove();
    this.settle(group);
    (group.querySelector("[data-add-row]:not([hidden])") ?? group).focus();
  }

  /** After rows came or went: number them anew, say how many there are, offer another while there may be more. */
  settle(group) {
    const rows = [...group.querySelector("[data-rows]").children];
    rows.forEach((row, number) => {
      renumber(row, group.dataset.group, number);
      const title = `${group.dataset.itemLabel} ${number + 1}`;
      for (const place of row.querySelectorAll("[data-row-title]")) place.textContent = title;
      for (const button of row.querySelectorAll("[data-without-script]")) button.hidden = true;
    });
    const count = group.querySelector("[data-row-count]");
    count.value = rows.length;
    const add = group.querySelector("[data-add-row]");
    if (add) add.hidden = rows.length >= Number(group.dataset.maxItems);
    // What saves answers as they are given learns of every row that has moved.
    for (const input of [count, ...group.querySelectorAll("[data-rows] :is(input, select, textarea)")]) {
      input.dispatchEvent(new CustomEvent("change", { bubbles: true, detail: "moved" }));
    }
  }

  /** Empty the lists below a chosen unit and fetch the next one. Without a network the button of the page comes back. */
  async nextList(select) {
    const place = select.closest("[data-units]");
    const lists = [...place.querySelectorAll("select[data-level]")];
    const below = lists.slice(lists.indexOf(select) + 1);
    for (const list of below) list.length = 1;
    if (!below.length || !select.value) return;
    const query = new URLSearchParams({ scheme: place.dataset.units, level: select.dataset.level });
    try {
      const answer = await fetch(`${this.root.dataset.unitsUrl}${encodeURIComponent(select.value)}/?${query}`);
      if (!answer.ok) throw new Error(String(answer.status));
      const { parent, units } = await answer.json();
      if (parent !== select.value) return;
      below[0].length = 1;
      below[0].append(...units.map(({ code, name }) => new Option(name, code)));
    } catch {
      for (const button of place.querySelectorAll("[data-without-script]")) button.hidden = false;
    }
  }
}

if (typeof document !== "undefined") {
  for (const root of document.querySelectorAll("[data-eform]")) new EForm(root);
}
