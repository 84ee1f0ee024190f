// Small pictures in the table of columns: bars of a histogram, or shares of the most frequent values.

const WIDE = 120;
const HIGH = 28;

/** The picture of a code: `h` and a digit in base 36 for each bar, or `s` and shares in per mille. */
function sparkOf(code) {
  if (!code) return null;
  const parts = code[0] === "h" ? bars(code.slice(1)) : shares(code.slice(1).split(",").map(Number));
  return drawn("svg", { class: "spark", viewBox: `0 0 ${WIDE} ${HIGH}`, "aria-hidden": "true" }, parts);
}

function bars(digits) {
  const step = WIDE / digits.length;
  const path = [...digits].map((digit, place) => {
    const height = (parseInt(digit, 36) / 35) * (HIGH - 2);
    if (!height) return "";
    const [left, width] = [(place * step).toFixed(2), (step - (step > 3 ? 0.8 : 0)).toFixed(2)];
    return `M${left} ${HIGH - 1}h${width}v${(-Math.max(height, 1)).toFixed(2)}h-${width}z`;
  });
  return [drawn("path", { class: "base", d: `M0 ${HIGH - 0.5}h${WIDE}` }), drawn("path", { class: "bars", d: path.join("") })];
}

function shares(found) {
  let left = 0;
  const boxes = found.map((share, place) => {
    const width = (share / 1000) * WIDE;
    const box = { x: left.toFixed(2), width: Math.max(0, width - 0.8).toFixed(2) };
    left += width;
    return drawn("rect", { class: `share share-${Math.min(place, 5)}`, y: 8, height: 12, ...box });
  });
  return [drawn("rect", { class: "rest", x: 0, y: 8, width: WIDE, height: 12 }), ...boxes];
}
