// What the page is about: some facts at once, the rest unpacked when it is first needed.

const facts = JSON.parse(document.getElementById("facts").textContent);

/** The text of an element, which is deflated and in base64. */
async function unpacked(id) {
  const text = atob(document.getElementById(id).textContent);
  const bytes = Uint8Array.from(text, (char) => char.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(stream).text();
}

/** A function that does its work once, and gives the same promise ever after. */
function once(work) {
  let made;
  return () => (made ??= work());
}

/** What is shown of columns when they are opened, with the templates and the themes of charts. */
const details = once(async () => JSON.parse(await unpacked("details")));
