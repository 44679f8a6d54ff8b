// The board hears that the journal has grown, asks for its figures anew, and changes only those that differ.
// Without this script the page is whole and has a link to refresh it.
const figures = document.getElementById("figures");
const shown = (within) => new Map([...within.querySelectorAll("[data-figure]")].map((part) => [part.dataset.figure, part]));
const opened = new Map([...shown(figures)].map(([id, part]) => [id, part.textContent]));
let seen = 0;

// Before htmx, which asks because of the same event
figures.parentElement.addEventListener("sse:head", (event) => { seen = JSON.parse(event.detail.data).seq; }, true);
figures.addEventListener("htmx:configRequest", (event) => {
  if (seen <= Number(shown(figures).get("stamp.seq").textContent)) return event.preventDefault();
  event.detail.parameters.seen = seen;
  // not a hand at work: this request does not keep a forgotten session awake
  event.detail.headers.Accept = "text/html, text/event-stream";
});

// Same rows and columns: keep the page still, so that reading, focus and selection stay where they are
figures.addEventListener("htmx:beforeSwap", (event) => {
  if (event.target !== figures || !event.detail.shouldSwap) return;
  const fresh = document.createElement("template");
  fresh.innerHTML = event.detail.serverResponse;
  const before = shown(figures);
  const after = shown(fresh.content);
  if (before.size !== after.size || [...after.keys()].some((id) => !before.has(id))) return;
  event.detail.shouldSwap = false;
  for (const [id, part] of after) write(before.get(id), part.textContent);
  let redrawn = false;
  for (const box of fresh.content.querySelectorAll("[data-chart]")) redrawn = redraw(box, fresh.content) || redrawn;
  if (redrawn) document.dispatchEvent(new Event("htmx:load"));
});
figures.addEventListener("htmx:afterSwap", () => shown(figures).forEach(mark));

function write(part, text) {
  if (part.textContent === text) return;
  part.textContent = text;
  mark(part);
  if (part.classList.contains("is-news")) part.animate?.([{ opacity: 0.35 }, { opacity: 1 }], {
    duration: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 500,
  });
}

// What is other than it was when the page was opened stays marked; the stamp changes always and is not news
function mark(part) {
  const id = part.dataset.figure;
  part.classList.toggle("is-news", !id.startsWith("stamp.") && opened.has(id) && opened.get(id) !== part.textContent);
}

function redraw(box, within) {
  const option = within.getElementById(`${box.id}-option`);
  const old = document.getElementById(option.id);
  if (old.textContent === option.textContent) return false;
  old.textContent = option.textContent;
  document.getElementById(box.id).replaceWith(box.cloneNode());
  return true;
}
