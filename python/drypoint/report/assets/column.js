// What is known of one column: facts and tables to the left, charts to the right.

/** The row below that of a column; it is filled when its facts are unpacked. */
function detailRow(place) {
  const cell = element("td", { colspan: heads.length + 2 }, element("p", { class: "note" }, "Unpacking …"));
  details().then(
    (found) => cell.replaceChildren(articleOf(place, found.columns[place])),
    (error) => cell.replaceChildren(element("p", { class: "note" }, `The details cannot be unpacked: ${error.message}`)),
  );
  return element("tr", { class: "detail", id: `detail-${place}` }, cell);
}

function articleOf(place, detail) {
  const column = columns[place];
  const title = `title-${place}`;
  const head = element("header", {}, element("h3", { id: title }, foreign(column.name)), element("p", {}, detail.what));
  const words = element("div", { class: "words" }, alertsOf(place), factsOf(detail.facts, column.name), detail.tables.map(smallTable));
  const pictures = element("div", { class: "pictures" }, detail.charts.map((chart) => figureOf(chart)));
  return element("article", { "aria-labelledby": title }, head, element("div", { class: "halves" }, words, pictures));
}

/** Why a column needs to be looked at. */
function alertsOf(place) {
  const rows = columns[place].alerts.flatMap((at) => {
    const { title, level, found } = facts.alerts[at];
    const texts = found.filter(([column]) => column === place).map(([, text]) => text);
    return texts.map((text) => element("li", { class: `is-${level}` }, element("strong", {}, title), " ", foreign(text)));
  });
  return rows.length ? element("ul", { class: "reasons" }, rows) : null;
}

const NUMBERS = new Set(["value", "reference"]);

function factsOf(rows, name) {
  const compared = rows.some((row) => row.length > 3);
  const names = ["fact", "value", ...(compared ? ["reference"] : []), "note"];
  const head = element("thead", {}, element("tr", {}, names.map((name) => element("th", { scope: "col", class: NUMBERS.has(name) ? "number" : null }, name))));
  const lines = rows.map(([label, value, note, reference]) =>
    element("tr", {},
      element("th", { scope: "row" }, foreign(label)),
      element("td", { class: "number" }, foreign(value)),
      compared ? element("td", { class: "number" }, foreign(reference)) : null,
      element("td", { class: "quiet" }, note)));
  return element("section", { class: "facts" }, element("h4", {}, "Facts"), scrolling(element("table", {}, head, element("tbody", {}, lines)), `Facts of ${name}`));
}

function smallTable(made) {
  return element("section", {}, element("h4", {}, made.title), tableOf(made, made.title), made.note ? element("p", { class: "note" }, made.note) : null);
}
