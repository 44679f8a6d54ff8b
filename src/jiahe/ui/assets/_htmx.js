// htmx-ext-sse looks for a global htmx, so this module must be evaluated before it
import htmx from "htmx.org";

window.htmx = htmx;
export default htmx;
