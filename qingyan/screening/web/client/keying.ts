/*
 * Keying in a form on paper by the numeric keypad: one digit a field, stored at once, on to the next field.
 * Enter or an arrow moves; 0 means no box (or two) is ticked. Without script the form still stores everything at its end.
 */
const STORED = "stored";
const REFUSED = "refused";

async function store(field: HTMLInputElement, form: HTMLFormElement): Promise<void> {
  const body = new URLSearchParams({ number: field.dataset.number ?? "", box: field.value });
  const token = form.querySelector<HTMLInputElement>("[name=csrfmiddlewaretoken]")?.value ?? "";
  const answer = await fetch(form.dataset.keyUrl ?? "", {
    method: "POST",
    body,
    headers: { "X-CSRFToken": token },
  }).catch(() => null);
  field.dataset.state = answer?.ok ? STORED : REFUSED;
  const said = form.querySelector<HTMLElement>("[data-said]");
  if (!said) return;
  if (answer?.ok) said.textContent = "";
  else if (answer?.status === 422) said.textContent = await answer.text();
  else said.textContent = said.dataset.offline ?? "";
}

function move(fields: HTMLInputElement[], at: number): void {
  const next = fields[at];
  if (next) {
    next.focus();
    next.select();
  } else if (at >= fields.length) {
    fields[0]?.form?.querySelector<HTMLButtonElement>("[data-finish]")?.focus();
  }
}

function keyed(fields: HTMLInputElement[], at: number, form: HTMLFormElement): void {
  const field = fields[at] as HTMLInputElement;
  field.value = field.value.replace(/\D/g, "").slice(-1);
  if (field.value === "") return;
  const fits = Number(field.value) <= Number(field.dataset.boxes);
  field.setAttribute("aria-invalid", fits ? "false" : "true");
  if (!fits) return field.select();
  void store(field, form);
  move(fields, at + 1);
}

export function attach(root: ParentNode): void {
  for (const form of root.querySelectorAll<HTMLFormElement>("form[data-keying]")) {
    const fields = [...form.querySelectorAll<HTMLInputElement>("[data-number]")];
    fields.forEach((field, at) => {
      field.addEventListener("input", () => keyed(fields, at, form));
      field.addEventListener("focus", () => field.select());
      field.addEventListener("keydown", (event) => {
        const step = { Enter: 1, ArrowDown: 1, ArrowUp: -1, Backspace: field.value === "" ? -1 : 0 }[event.key];
        if (!step) return;
        event.preventDefault();
        move(fields, at + step);
      });
    });
    (fields.find((field) => field.value === "") ?? fields[0])?.focus();
  }
}
