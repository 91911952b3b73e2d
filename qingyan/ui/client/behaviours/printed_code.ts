/*
 * A page that a printed code opens: the code behind the # of the printed address goes into the field and leaves the
 * address bar, so that no history keeps it. Nothing is sent by itself: a preview of the link must not spend a code.
 */
const PRINTED = /^[0-9A-Za-z-]{12,24}$/;

function fillFromFragment(): void {
  const field = document.querySelector<HTMLInputElement>("input[data-from-fragment]");
  const code = location.hash.slice(1);
  if (!field || !PRINTED.test(code)) return;
  field.value = code;
  history.replaceState(null, "", location.pathname);
  document.querySelector<HTMLButtonElement>("form button.btn-primary")?.focus();
}

function offerPrinting(): void {
  const button = document.querySelector<HTMLButtonElement>("[data-print-code]");
  if (!button) return;
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

export function takePrintedCode(): void {
  fillFromFragment();
  offerPrinting();
  window.addEventListener("hashchange", fillFromFragment);
}
