// Tables as they come: heads, rows of text, and how far off a number can be in a cell of its own.

const ROWS = 50; // of a page

/** A table in pages. */
function tableOf(made, name) {
  const body = element("tbody");
  const heads = made.heads.map(([title, left, wide]) =>
    element("th", { scope: "col", class: left ? "left" : "", colspan: wide ? 2 : null }, title),
  );
  const table = element(
    "table",
    { class: "plain" },
    element("caption", { class: "hidden" }, name),
    element("thead", {}, element("tr", {}, heads)),
    body,
  );
  const show = (first) => {
    body.replaceChildren(...rowsFrom(made, first));
    pages.update(made.rows.length, first);
  };
  const pages = pagerOf(ROWS, show);
  show(0);
  return [scrolling(table, name), pages.box];
}

/** What may be wider than the page, and is then moved by itself. */
function scrolling(table, name) {
  return element("div", { class: "scroll", role: "group", "aria-label": name, tabindex: "0" }, table);
}

function rowsFrom(made, first) {
  return made.rows.slice(first, first + ROWS).map((cells, offset) => {
    const place = first + offset;
    const row = cells.flatMap((cell, at) => cellsOf(made, cell, at, place));
    return element("tr", { class: made.verdicts ? `is-${made.verdicts[place]}` : null }, row);
  });
}

/** A cell, or two where some of its column can be off. */
function cellsOf(made, cell, at, place) {
  const [title, left, wide] = made.heads[at];
  const [text, error] = Array.isArray(cell) ? cell : [cell, ""];
  const target = title === "column" ? made.columns?.[place] : null;
  const inner = typeof target === "number" ? columnLink(target, text) : foreign(text);
  const kinds = [left ? "left" : "number", title === "verdict" ? "verdict" : "", title === "reason" ? "reason" : ""];
  const found = [element("td", { class: kinds.join(" ").trim() }, inner)];
  if (wide) found.push(element("td", { class: "error" }, error));
  return found;
}

/** A link to a column, which opens it. */
function columnLink(place, text) {
  return element("a", { href: `#column-${place}` }, foreign(text ?? facts.overview.columns[place].name));
}

/** Buttons between pages of rows, hidden where there is one page; `turn` is given the first row. */
function pagerOf(size, turn) {
  let [total, first] = [0, 0];
  const where = element("span", { role: "status" });
  const button = (text, by) =>
    element("button", { type: "button", click: () => turn(first + by * size) }, text);
  const [back, on] = [button("Previous", -1), button("Next", 1)];
  const box = element("div", { class: "pager" }, back, where, on);
  const update = (rows, from) => {
    [total, first] = [rows, from];
    const last = Math.min(first + size, total);
    box.hidden = total <= size;
    where.textContent = box.hidden ? "" : `${numeral(first + 1)}–${numeral(last)} of ${numeral(total)}`;
    back.disabled = first === 0;
    on.disabled = last === total;
  };
  return { box, update };
}
