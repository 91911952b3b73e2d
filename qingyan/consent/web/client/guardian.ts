/*
 * The guardians' page: the code that stands behind the # of the printed address goes into the field and leaves the
 * address bar, so that no history keeps it. Nothing is sent by itself: a preview of the link must not spend a code.
 */
import "./guardian.css";

function fillFromFragment(): void {
  const field = document.querySelector<HTMLInputElement>("input[data-from-fragment]");
  const code = location.hash.slice(1);
  if (!field || !/^[0-9A-Za-z-]{12,20}$/.test(code)) return;
  field.value = code;
  history.replaceState(null, "", location.pathname);
  document.querySelector<HTMLButtonElement>("form button")?.focus();
}

function offerPrinting(): void {
  const button = document.querySelector<HTMLButtonElement>("[data-print-receipt]");
  if (!button) return;
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

fillFromFragment();
offerPrinting();
window.addEventListener("hashchange", fillFromFragment);
