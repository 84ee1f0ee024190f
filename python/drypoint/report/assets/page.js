// The page is put together: sections, links to them, theme, keys, printing.

const DARK = matchMedia("(prefers-color-scheme: dark)");
const PRINTED = 60; // columns that are opened for printing; more would take minutes
const MOON = "M13.5 9.8A6 6 0 0 1 6.2 2.5a6 6 0 1 0 7.3 7.3z";
const PRINTER = "M4 6V1.8h8V6M4 11.5H1.8V6h12.4v5.5H12M4 9.5h8v4.7H4z";

/** Whether the page is dark: as was chosen, else as the system is. */
function isDark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === "dark" : DARK.matches;
}

function choose(theme) {
  document.documentElement.dataset.theme = theme;
  remember(theme);
  themed();
}

function themed() {
  switcher.setAttribute("aria-pressed", String(isDark()));
  redraw();
}

/** Keeps the theme while the window is open; a page may be in a place that keeps nothing. */
function remember(theme) {
  try {
    sessionStorage.setItem("drypoint-theme", theme);
  } catch {
    // It is then as the system is when the page is opened again.
  }
}

function remembered() {
  try {
    return sessionStorage.getItem("drypoint-theme");
  } catch {
    return null;
  }
}

const switcher = element("button", { type: "button", class: "tool", id: "theme", "aria-label": "Dark theme", title: "Light or dark", click: () => choose(isDark() ? "light" : "dark") }, icon(MOON));
const printer = element("button", { type: "button", class: "tool", id: "print", "aria-label": "Print with columns open", title: "Print with columns open", click: printAll }, icon(PRINTER));

/** Opens what can be read on paper, waits for its charts in the colours of paper, prints. */
async function printAll() {
  lighten();
  chosen().slice(view.first, view.first + PRINTED).forEach((place) => view.open.add(place));
  show();
  await details();
  await new Promise(requestAnimationFrame);
  await drawAll();
  window.print();
  relight();
}

let printed = null; // the theme that comes back when it is printed

/**
 * Paper is light, and shows what was not scrolled to. The browser prints when promises are done, and
 * Vega, once it is there, waits for nothing else.
 */
function lighten() {
  printed ??= { theme: document.documentElement.dataset.theme };
  document.documentElement.dataset.theme = "light";
  themed();
  drawAll();
}

function relight() {
  if (!printed) return;
  if (printed.theme) document.documentElement.dataset.theme = printed.theme;
  else delete document.documentElement.dataset.theme;
  printed = null;
  themed();
}

function links(sections) {
  return sections.map(([id, title, count]) =>
    element("li", {}, element("a", { href: `#${id}` }, title, count ? [" ", element("span", { class: "count" }, numeral(count))] : null)));
}

function pressed(event) {
  const typing = event.target.closest?.("input, select, textarea");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    search.focus();
    search.select();
  } else if (event.key === "Escape") {
    document.getElementById("tooltip").hidden = true;
    if (event.target === search) {
      search.value = "";
      look("");
    }
  }
}

/** Opens the column that the address names. */
function follow() {
  const found = /^#column-(\d+)$/.exec(location.hash);
  if (found) goTo(Number(found[1]));
}

function start() {
  const theme = remembered();
  if (theme) document.documentElement.dataset.theme = theme;
  const raised = facts.alerts.reduce((sum, alert) => sum + alert.found.length, 0);
  document.getElementById("main").append(
    sectionOfAbout(), sectionOfAlerts(), sectionOfColumns(), ...facts.sections.map(sectionOf));
  document.getElementById("sections").append(
    ...links([["alerts", "Alerts", raised], ["columns", "Columns", columns.length], ...facts.sections.map(({ id, title }) => [id, title])]));
  document.getElementById("tools").append(printer, switcher);
  themed();
  DARK.addEventListener("change", themed);
  addEventListener("beforeprint", lighten);
  addEventListener("afterprint", relight);
  document.addEventListener("keydown", pressed);
  document.addEventListener("click", (event) => {
    // The same link once more changes no hash, and still is to open its column.
    if (event.target.closest?.(`a[href="${CSS.escape(location.hash)}"]`)) follow();
  });
  addEventListener("hashchange", follow);
  follow();
}

start();
