// Elements are made here. Text always goes in as text: nothing that came from data is parsed as HTML.

const SVG = "http://www.w3.org/2000/svg";

/** An element with attributes and children; false, null and undefined are left out. */
function element(tag, attributes = {}, ...children) {
  return filled(document.createElement(tag), attributes, children);
}

/** The same for SVG. */
function drawn(tag, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, tag), attributes, children);
}

function filled(made, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") made.addEventListener(name, value);
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.flat(Infinity).filter((child) => child || child === 0));
  return made;
}

/** A name or a value of the data, which may be written in any direction. */
function foreign(text) {
  return element("bdi", {}, text);
}

/** An icon out of one path in a square of 16. */
function icon(path) {
  return drawn("svg", { class: "icon", viewBox: "0 0 16 16", "aria-hidden": "true" }, drawn("path", { d: path }));
}

/** A count with separators. */
function numeral(number) {
  return number.toLocaleString("en");
}

/** How many of what. */
function counted(number, noun) {
  return `${numeral(number)} ${noun}${number === 1 ? "" : "s"}`;
}
