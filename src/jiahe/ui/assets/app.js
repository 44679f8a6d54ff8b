// Small additions to pages that work without them: htmx (which sets htmx-request), live parts, menus, one press per button.
import htmx from "./_htmx.js";
import "htmx-ext-sse";

const root = document.documentElement;
const each = (selector, act, within = document) => within.querySelectorAll(selector).forEach(act);

// An open menu closes by Escape or a press elsewhere
document.addEventListener("click", (event) => {
  each("details[data-menu][open]", (menu) => menu.contains(event.target) || menu.removeAttribute("open"));
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  each("details[data-menu][open]", (menu) => {
    menu.removeAttribute("open");
    if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
  });
});

// One press sends one form; the server's key makes a second one harmless anyway
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented || event.target.method !== "post") return;
  const button = event.submitter;
  if (button) setTimeout(() => { button.disabled = true; button.setAttribute("aria-busy", "true"); });
});
window.addEventListener("pageshow", () => {
  each("button[aria-busy]", (button) => { button.disabled = false; button.removeAttribute("aria-busy"); });
});

each("[data-print]", (button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});

// The QR code of a receipt leads here with its number after the #, which no server and no log is told
each("form[data-receipt] [name=number]", (field) => {
  const digits = window.location.hash.slice(1);
  if (!/^\d{14}$/.test(digits)) return;
  window.history.replaceState(null, "", window.location.pathname);
  field.value = digits;
  field.form.querySelector("[name=proof]").focus();
});

// Offline, and parts that could not be loaded
const state = document.getElementById("connection");
const show = (kind) => state && each("[data-when]", (part) => { part.hidden = part.dataset.when !== kind; }, state);
const connection = () => show(navigator.onLine ? "" : "offline");
window.addEventListener("online", connection);
window.addEventListener("offline", connection);
connection();
document.addEventListener("htmx:sendError", () => show("offline"));
document.addEventListener("htmx:responseError", () => show("failed"));
document.addEventListener("htmx:afterOnLoad", connection);

// A part answered from another address (sign-in, after the session has ended) is a page: go there with the whole window
document.addEventListener("htmx:beforeSwap", (event) => {
  const asked = event.detail.pathInfo?.requestPath?.split("?")[0];
  const answered = event.detail.xhr?.responseURL;
  if (!asked || !answered || new URL(answered).pathname === asked) return;
  event.detail.shouldSwap = false;
  window.location.reload();
});

// Parts fed by server-sent events say whether they are live: <span data-live="on">, <span data-live="off">
const live = (on) => each("[data-live]", (part) => { part.hidden = (part.dataset.live === "on") !== on; });
document.addEventListener("htmx:sseOpen", () => live(true));
document.addEventListener("htmx:sseError", () => live(false));

root.classList.add("has-script");
export default htmx;
