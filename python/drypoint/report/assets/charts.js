// Charts: drawn when they come into view, in the colours of the theme, with a tooltip of text alone.

/** The library, which is run when the first chart is drawn. */
const vega = once(async () => {
  const script = element("script");
  script.textContent = await unpacked("vega");
  document.head.append(script);
  return window.vegaEmbed;
});

const shown = new Map(); // canvas -> { chart, result }
let turn = Promise.resolve();
const AXES = 56; // pixels below a chart, and above it

const sight = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (isIntersecting && !target.dataset.asked) queue(target);
    }
  },
  { rootMargin: "300px" },
);

/** A chart with its title and what is said of it, to be drawn when it is seen. */
function figureOf(chart, heading = "h4") {
  const canvas = element("div", { class: "canvas", role: "img", "aria-label": chart.description });
  // So high will it be, so that nothing moves when it is drawn.
  canvas.style.minHeight = `${(chart.params.height ?? 200) + AXES}px`;
  shown.set(canvas, { chart, result: null });
  sight.observe(canvas);
  const said = [chart.params.subtitle ?? []].flat().join(" ");
  const caption = element("figcaption", {}, element(heading, {}, chart.title), said ? element("p", { class: "note" }, foreign(said)) : null);
  return element("figure", { class: "chart" }, caption, canvas);
}

/** Draws one chart after the other, so that the page stays quick. */
function queue(canvas) {
  canvas.dataset.asked = "yes";
  turn = turn.then(() => draw(canvas)).catch((error) => failed(canvas, error));
  return turn;
}

async function draw(canvas) {
  const entry = shown.get(canvas);
  if (!entry || !canvas.isConnected) {
    delete canvas.dataset.asked;
    return;
  }
  const [embed, { templates, themes }] = await Promise.all([vega(), details()]);
  const dark = isDark();
  entry.result?.finalize();
  entry.result = await embed(canvas, specOf(entry.chart, templates, themes[dark ? "dark" : "light"]), {
    mode: "vega-lite",
    renderer: "svg",
    actions: false,
    ast: true, // expressions are interpreted: the policy of the page forbids to compile them
    defaultStyle: false,
    logLevel: 1, // errors: that a layer has no bounds is nothing to whoever reads a report
    tooltip,
  });
  entry.dark = dark;
  canvas.style.minHeight = "";
  // What is said of the picture is said by the canvas, whatever Vega calls it, and not by its marks.
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", entry.chart.description);
  canvas.removeAttribute("aria-roledescription");
  canvas.querySelector("svg")?.setAttribute("aria-hidden", "true");
}

function failed(canvas, error) {
  canvas.replaceChildren(element("p", { class: "note" }, `This chart cannot be drawn: ${error.message}`));
  console.error(error);
}

/**
 * A template with its parameters and data: what `Drawing.spec` in Python makes, by the same rule.
 * The title is left to the page, where it is text.
 */
function specOf(chart, templates, { colors, config }) {
  const { title, ...spec } = withParams(templates[chart.template], { ...colors, ...chart.params });
  return {
    width: "container",
    autosize: { type: "fit-x", contains: "padding" },
    ...spec,
    data: { values: rowsOf(chart.data) },
    config: { ...config, aria: false },
  };
}

/** A copy in which every `{"$param": name}` is the parameter of that name. */
function withParams(node, params) {
  if (Array.isArray(node)) return node.map((one) => withParams(one, params));
  if (node === null || typeof node !== "object") return node;
  if ("$param" in node) return structuredClone(params[node.$param]);
  return Object.fromEntries(Object.entries(node).map(([name, one]) => [name, withParams(one, params)]));
}

/** Columns of data as rows. */
function rowsOf(data) {
  const names = Object.keys(data);
  const length = names.length ? data[names[0]].length : 0;
  return Array.from({ length }, (_, place) => Object.fromEntries(names.map((name) => [name, data[name][place]])));
}

/** Draws again what was drawn in another theme. */
function redraw() {
  for (const [canvas, entry] of shown) {
    if (!canvas.isConnected) forget(canvas);
    else if (entry.result && entry.dark !== isDark()) queue(canvas);
  }
}

/** Lets go of charts that are shown no longer. */
function forgetWithin(parent) {
  for (const canvas of parent.querySelectorAll(".canvas")) forget(canvas);
}

function forget(canvas) {
  shown.get(canvas)?.result?.finalize();
  shown.delete(canvas);
  sight.unobserve(canvas);
}

/** Draws all charts that there are, seen or not; done when they are there. */
async function drawAll() {
  for (const [canvas] of shown) if (!canvas.dataset.asked) queue(canvas);
  await turn;
}

function tooltip(_, event, __, value) {
  const box = document.getElementById("tooltip");
  box.hidden = value === null || value === undefined || value === "";
  if (box.hidden) return;
  const pairs = typeof value === "object" ? Object.entries(value) : [["", value]];
  box.replaceChildren(
    element("dl", {}, pairs.map(([name, one]) => [element("dt", {}, name), element("dd", {}, String(one))])),
  );
  const { clientWidth, clientHeight } = document.documentElement;
  const { width, height } = box.getBoundingClientRect();
  const left = Math.min(event.clientX + 14, clientWidth - width - 8);
  const below = event.clientY + 14 + height < clientHeight;
  box.style.left = `${Math.max(8, left)}px`;
  box.style.top = `${below ? event.clientY + 14 : event.clientY - height - 10}px`;
}
