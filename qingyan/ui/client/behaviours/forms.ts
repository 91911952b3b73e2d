/* Forms: sent once, filters that submit themselves, errors brought into view, a print button. */
const FILE_CAME_MS = 3000; // the answer was a file and the page stayed: its buttons are needed again

function sendOnce(form: HTMLFormElement): void {
  form.addEventListener("submit", (event) => {
    if (form.dataset["sending"] === "yes") {
      event.preventDefault();
      return;
    }
    if (form.method.toLowerCase() !== "post") return;
    form.dataset["sending"] = "yes";
    const button = event.submitter as HTMLElement | null;
    button?.setAttribute("aria-busy", "true");
    const words = button?.dataset["busy"];
    const label = button?.querySelector("span");
    const before = label?.textContent ?? "";
    if (words && label) label.textContent = words;
    if (!("file" in form.dataset)) return;
    setTimeout(() => {
      delete form.dataset["sending"];
      button?.removeAttribute("aria-busy");
      if (label) label.textContent = before;
    }, FILE_CAME_MS);
  });
}

function submitOnChange(form: HTMLFormElement): void {
  form.addEventListener("change", (event) => {
    if (event.target instanceof HTMLSelectElement || (event.target as HTMLInputElement).type === "checkbox") form.requestSubmit();
  });
}

export function attach(root: ParentNode): void {
  root.querySelectorAll<HTMLFormElement>("form").forEach(sendOnce);
  root.querySelectorAll<HTMLFormElement>("form[data-autosubmit]").forEach(submitOnChange);
  root.querySelector<HTMLElement>("[data-focus]")?.focus();
  for (const button of root.querySelectorAll<HTMLElement>("[data-print]")) {
    button.addEventListener("click", () => window.print());
  }
}
