// What stands above and below the table of columns: what was profiled, alerts, and a section for
// drift, checks, performance, fairness and segments each.

const CHIPS = 12; // columns of an alert that are shown at first

/** What was profiled, and how. */
function sectionOfAbout() {
  const { figures, rest, reference } = facts.about;
  const tiles = figures.map(([name, value]) => element("div", {}, element("dt", {}, name), element("dd", {}, value)));
  const lines = rest.map(([name, value]) => [element("dt", {}, foreign(name)), element("dd", {}, foreign(value))]);
  return element("section", { id: "about", "aria-label": "What was profiled" },
    element("dl", { class: "figures" }, tiles),
    reference ? element("p", { class: "compared" }, element("span", { class: "key current" }), "this profile ", element("span", { class: "key reference" }), "reference: ", foreign(reference)) : null,
    element("details", { class: "rest" }, element("summary", {}, "How it was made"), element("dl", {}, lines)));
}

/** What needs to be looked at. */
function sectionOfAlerts() {
  const { alerts } = facts;
  const list = element("ul", { class: "alerts" }, alerts.map(alertOf));
  const none = element("p", { class: "note" }, "Nothing stands out.");
  return element("section", { id: "alerts", "aria-labelledby": "alerts-title" },
    element("h2", { id: "alerts-title" }, "Alerts"), alerts.length ? list : none);
}

function alertOf({ title, level, meaning, found }) {
  const chips = element("ul", { class: "chips" });
  const show = (most) => chips.replaceChildren(...found.slice(0, most).map(chipOf), ...more(found.length - most));
  const more = (hidden) => hidden <= 0 ? [] : [element("li", {}, element("button", { type: "button", click: () => show(found.length) }, `${numeral(hidden)} more`))];
  show(CHIPS);
  const head = element("h3", {}, element("span", { class: `dot is-${level}` }), title, " ", element("span", { class: "count" }, numeral(found.length)));
  return element("li", { class: `is-${level}` }, element("div", {}, head, element("p", {}, meaning)), chips);
}

function chipOf([target, text]) {
  const known = typeof target === "number";
  const inner = [element("strong", {}, foreign(known ? columns[target].name : target)), " ", element("span", {}, foreign(text))];
  return element("li", {}, element(known ? "a" : "span", { class: "chip", href: known ? `#column-${target}` : null }, inner));
}

/** A section of tables and charts. */
function sectionOf({ id, title, lead, parts }) {
  return element("section", { id, "aria-labelledby": `${id}-title` },
    element("h2", { id: `${id}-title` }, title), element("p", { class: "lead" }, foreign(lead)),
    element("div", { class: "parts" }, laidOut(parts)));
}

const NARROW = 4; // columns of a table that stands beside another part

/** Narrow parts stand in pairs; one that is left alone, and all others, are as wide as the page. */
function laidOut(parts) {
  let left = false;
  return parts.map((part, place) => {
    const next = parts[place + 1];
    const half = isNarrow(part) && (left || (next && isNarrow(next)));
    left = half && !left;
    return partOf(part, half);
  });
}

function isNarrow({ chart, table }) {
  return Boolean(chart) || table.heads.length <= NARROW;
}

function partOf(part, half) {
  const { title, table, chart, notes } = part;
  const below = notes.map((note) => element("p", { class: "note" }, foreign(note)));
  const kinds = `part ${half ? "" : "wide"} ${isNarrow(part) ? "narrow" : ""}`;
  if (chart) return element("div", { class: kinds }, figureOf(chart, "h3"), below);
  return element("div", { class: kinds }, element("h3", {}, title), tableOf(table, title), below);
}
