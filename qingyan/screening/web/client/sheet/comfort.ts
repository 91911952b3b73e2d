/* What makes answering easier: large print, half a screen, a way out of a question. For this page only; nothing is kept. */

/** A button that turns an attribute of the whole page on and off. */
export function toggle(button: HTMLElement, attribute: string): void {
  button.addEventListener("click", () => {
    const on = document.documentElement.toggleAttribute(attribute);
    button.setAttribute("aria-pressed", String(on));
  });
}

/** A dialog, or an open box where the browser knows no dialogs. */
export class Calm {
  constructor(private box: HTMLDialogElement) {}

  get isOpen(): boolean {
    return this.box.hasAttribute("open");
  }

  open(): void {
    if (this.box.showModal) this.box.showModal();
    else this.box.setAttribute("open", "");
  }

  close(): void {
    if (this.box.close) this.box.close();
    else this.box.removeAttribute("open");
  }
}
