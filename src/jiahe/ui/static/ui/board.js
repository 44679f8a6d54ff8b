// The board is sent its figures anew when the journal has grown, and changes only those that differ.
// Without this script the page is whole and has a link to refresh it.
const figures = document.getElementById("figures");
const shown = (within) => new Map([...within.querySelectorAll("[data-figure]")].map((part) => [part.dataset.figure, part]));
const opened = new Map([...shown(figures)].map(([id, part]) => [id, part.textContent]));

// Same rows and columns: keep the page still, so that reading, focus and selection stay where they are
figures.addEventListener("htmx:sseBeforeMessage", (event) => {
  const fresh = document.createElement("template");
  fresh.innerHTML = event.detail.data;
  const before = shown(figures);
  const after = shown(fresh.content);
  if (before.size !== after.size || [...after.keys()].some((id) => !before.has(id))) return;
  event.preventDefault();
  for (const [id, part] of after) write(before.get(id), part.textContent);
  let redrawn = false;
  for (const box of fresh.content.querySelectorAll("[data-chart]")) redrawn = redraw(box, fresh.content) || redrawn;
  if (redrawn) document.dispatchEvent(new Event("htmx:load"));
});
figures.addEventListener("htmx:sseMessage", () => shown(figures).forEach(mark));

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
