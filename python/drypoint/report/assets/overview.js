// The table of all columns: sorted, searched, in pages; a row opens into what is known of its column.

const PAGE = 100; // rows of a page
const { columns, heads, ranks } = facts.overview;
const ORDERS = [
  ["attention", "What needs attention"],
  ["table", "As in the data"],
  ["name", "Name"],
  ["type", "Type"],
  ...heads,
];
/** Where some number can be off, each has room for how far, and stays below the others. */
const BOUNDED = new Set(heads.filter((_, at) => columns.some(({ cells }) => Array.isArray(cells[at]))).map(([name]) => name));
const view = { query: "", order: "attention", falling: false, first: 0, open: new Set() };
const body = element("tbody", { id: "columns-body" });
const found = element("p", { class: "found", role: "status" });
const pages = pagerOf(PAGE, (first) => {
  view.first = first;
  show();
  document.getElementById("columns").scrollIntoView();
});
const search = element("input", {
  type: "search", id: "search", placeholder: "Search columns", autocomplete: "off", spellcheck: "false",
  "aria-label": "Search columns by name, type or alert", "aria-keyshortcuts": "/", input: () => look(search.value),
});
const chooser = element(
  "select",
  { id: "order", "aria-label": "Order of columns", change: () => sortBy(chooser.value, falls(chooser.value)) },
  ORDERS.map(([name, title]) => element("option", { value: name }, title)),
);

/** Numbers are looked at from the greatest on, all else from the first. */
function falls(order) {
  return heads.some(([name]) => name === order) && order !== "min";
}

function sectionOfColumns() {
  const tools = element("div", { class: "toolbar" }, element("div", { class: "searching" }, search, element("kbd", { "aria-hidden": "true" }, "/")),
    element("label", { class: "ordering" }, element("span", {}, "Order"), chooser), found);
  const table = element("table", { class: "columns" }, element("caption", { class: "hidden" }, "All columns"), head(), body);
  show();
  return element("section", { id: "columns", "aria-labelledby": "columns-title" },
    element("h2", { id: "columns-title" }, "Columns"), tools, table, pages.box);
}

function head() {
  const cells = [["name", "Column"], ["", "Distribution"], ...heads].map(([name, title]) =>
    element("th", { scope: "col", class: `c-${name || "spark"}${BOUNDED.has(name) ? " is-bounded" : ""}`, "data-order": name || null },
      name ? element("button", { type: "button", click: () => next(name) }, title, element("span", { class: "arrow", "aria-hidden": "true" })) : title));
  return element("thead", {}, element("tr", {}, cells));
}

/** A head that is pressed sorts, then the other way round, then not at all. */
function next(order) {
  if (view.order !== order) sortBy(order, falls(order));
  else if (view.falling === falls(order)) sortBy(order, !view.falling);
  else sortBy("attention", false);
}

function sortBy(order, falling) {
  Object.assign(view, { order, falling, first: 0 });
  chooser.value = order;
  show();
}

function look(query) {
  Object.assign(view, { query: query.trim().toLowerCase(), first: 0 });
  show();
}

/** Where each column that is looked for stands, in order. */
function chosen() {
  const words = view.query.split(/\s+/).filter(Boolean);
  const places = [...columns.keys()].filter((place) => words.every((word) => textOf(columns[place]).includes(word)));
  const rank = ranks[view.order];
  if (!rank) return places;
  const sign = view.falling ? -1 : 1;
  // What has no such number is last in either direction.
  return places.sort((a, b) => (rank[a] === null) - (rank[b] === null) || sign * (rank[a] - rank[b]) || a - b);
}

function textOf(column) {
  return (column.text ??= [column.name, column.type, ...column.alerts.map((place) => facts.alerts[place].title)].join(" ").toLowerCase());
}

function show() {
  const places = chosen();
  forgetWithin(body);
  body.replaceChildren(...places.slice(view.first, view.first + PAGE).flatMap(rowsOfColumn));
  found.textContent = places.length === columns.length ? counted(columns.length, "column") : `${numeral(places.length)} of ${counted(columns.length, "column")}`;
  if (!places.length) body.append(element("tr", {}, element("td", { class: "none", colspan: heads.length + 2 }, "No column is called so.")));
  pages.update(places.length, view.first);
  for (const cell of document.querySelectorAll("th[data-order]")) mark(cell);
}

function mark(cell) {
  const sorted = cell.dataset.order === view.order;
  if (sorted) cell.setAttribute("aria-sort", view.falling ? "descending" : "ascending");
  else cell.removeAttribute("aria-sort");
}

function rowsOfColumn(place) {
  const column = columns[place];
  const open = view.open.has(place);
  const button = element("button", {
    type: "button", class: "opener", "aria-expanded": String(open), "aria-controls": `detail-${place}`, click: () => toggle(place),
  }, foreign(column.name));
  const cells = column.cells.map((cell, at) => overviewCell(cell, heads[at][0]));
  const row = element("tr", { id: `column-${place}`, class: open ? "open" : null },
    element("th", { scope: "row", class: "c-name" }, button, element("span", { class: "type" }, column.type),
      column.alerts.length ? element("span", { class: "badges" }, column.alerts.map(badge)) : null),
    element("td", { class: "c-spark" }, sparkOf(column.spark)),
    cells);
  return open ? [row, detailRow(place)] : [row];
}

function overviewCell(cell, name) {
  const [text, error] = Array.isArray(cell) ? cell : [cell, ""];
  const off = Array.isArray(cell) ? element("span", { class: "error" }, error) : null;
  return element("td", { class: `c-${name}` }, foreign(text), off);
}

function badge(at) {
  const { title, level } = facts.alerts[at];
  return element("span", { class: `badge is-${level}` }, title);
}

/** Opens or closes the row of a column. */
function toggle(place) {
  if (view.open.has(place)) view.open.delete(place);
  else view.open.add(place);
  const row = document.getElementById(`column-${place}`);
  const open = view.open.has(place);
  row.classList.toggle("open", open);
  row.querySelector(".opener").setAttribute("aria-expanded", String(open));
  if (open) row.after(detailRow(place));
  else {
    const below = document.getElementById(`detail-${place}`);
    forgetWithin(below);
    below.remove();
  }
}

/** Opens a column wherever it is, and goes there. */
function goTo(place) {
  if (!columns[place]) return;
  if (!chosen().includes(place)) {
    search.value = "";
    view.query = "";
  }
  view.open.add(place);
  view.first = Math.floor(chosen().indexOf(place) / PAGE) * PAGE;
  show();
  const row = document.getElementById(`column-${place}`);
  row.querySelector(".opener").focus({ preventScroll: true });
  // Only then is there something below it to scroll to.
  details().then(() => row.scrollIntoView({ block: "start" }));
}
