/*
 * The entry of staff pages. Behaviours attach by data- attributes, when the page loads and after htmx brings a fragment.
 * A domain adds one by putting a file with `export function attach(root: ParentNode)` into its web/client/ folder.
 */
import htmx from "htmx.org";
import "./styles/staff.css";
import * as dialogs from "./behaviours/dialogs.ts";
import * as forms from "./behaviours/forms.ts";
import * as navigation from "./behaviours/navigation.ts";
import * as notices from "./behaviours/notices.ts";
import * as theme from "./behaviours/theme.ts";

type Behaviour = { attach?: (root: ParentNode) => void };

// The strict Content-Security-Policy forbids eval and inline styles; pages with personal data are never kept for "back".
htmx.config.allowEval = false;
htmx.config.includeIndicatorStyles = false;
htmx.config.historyCacheSize = 0;
htmx.config.refreshOnHistoryMiss = true;
htmx.config.selfRequestsOnly = true;

const ofDomains = import.meta.glob<Behaviour>(
  ["../../*/web/client/*.ts", "!../../screening/web/client/answering*.ts", "!../../screening/web/client/device.ts", "!../../screening/web/client/sheet/*.ts"],
  { eager: true },
);
const behaviours: Behaviour[] = [theme, navigation, dialogs, forms, notices, ...Object.values(ofDomains)];

function attachAll(root: ParentNode): void {
  for (const behaviour of behaviours) behaviour.attach?.(root);
}

attachAll(document);
window.addEventListener("load", () => void import("./fonts/rare.ts"));
document.addEventListener("htmx:load", (event) => {
  if (event.target instanceof Element && event.target !== document.body) attachAll(event.target);
});
// A page that comes back from the browser's memory may belong to somebody who has signed out since.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
