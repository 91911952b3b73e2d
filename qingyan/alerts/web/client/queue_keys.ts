/* The queue by keyboard: j and k go down and up, x ticks, Enter opens, a takes the line in hand. Works without, by mouse. */

function lines(form: HTMLElement): HTMLElement[] {
  return [...form.querySelectorAll<HTMLElement>(".queue-item")];
}

function move(form: HTMLElement, by: number): void {
  const all = lines(form);
  const here = all.indexOf(form.querySelector<HTMLElement>(".queue-item[data-here]") as HTMLElement);
  const next = all[Math.min(Math.max(here + by, 0), all.length - 1)];
  all.forEach((line) => delete line.dataset["here"]);
  if (!next) return;
  next.dataset["here"] = "";
  next.querySelector<HTMLElement>("h3 a")?.focus();
  next.scrollIntoView({ block: "nearest" });
}

function tick(line: HTMLElement | null, on?: boolean): HTMLInputElement | null {
  const box = line?.querySelector<HTMLInputElement>("input[type=checkbox]") ?? null;
  if (box) box.checked = on ?? !box.checked;
  return box;
}

function take(form: HTMLFormElement, line: HTMLElement | null): void {
  const box = tick(line, true);
  if (!line || !box) return;
  if (box.dataset["alone"] !== undefined) line.querySelector<HTMLAnchorElement>("h3 a")?.click();
  else form.querySelector<HTMLButtonElement>("button[value=acknowledge]")?.click();
}

function press(event: KeyboardEvent, form: HTMLFormElement): void {
  const on = event.target as HTMLElement;
  if (event.ctrlKey || event.metaKey || event.altKey || on.closest("input:not([type=checkbox]), select, textarea, dialog")) return;
  const here = form.querySelector<HTMLElement>(".queue-item[data-here]");
  const keys: Record<string, () => void> = {
    j: () => move(form, 1),
    k: () => move(form, -1),
    x: () => tick(here),
    a: () => take(form, here),
  };
  const wanted = keys[event.key];
  if (!wanted) return;
  event.preventDefault();
  wanted();
}

export function attach(root: ParentNode): void {
  root.querySelectorAll<HTMLFormElement>("form[data-queue-keys]").forEach((form) => {
    const listen = (event: KeyboardEvent): void => {
      if (form.isConnected) press(event, form);
      else document.removeEventListener("keydown", listen);
    };
    document.addEventListener("keydown", listen);
  });
}
