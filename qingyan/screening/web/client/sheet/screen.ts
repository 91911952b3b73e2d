/* The screen: puts one question, its state and the hand-in list into the page's elements. Decides nothing. */
import type { Item, Sheet } from "./contract.ts";
import type { State } from "./saving.ts";

type Words = (name: string, count?: number) => string;

export class Screen {
  constructor(
    private root: HTMLElement,
    private sheet: Sheet,
    private words: Words,
  ) {
    this.part("title").textContent = sheet.title;
    this.root.hidden = false;
  }

  part<T extends HTMLElement = HTMLElement>(name: string): T {
    const found = this.root.querySelector<T>(`[data-${name}]`);
    if (!found) throw new Error(`the page lacks data-${name}`);
    return found;
  }

  options(): HTMLElement[] {
    return Array.from(this.part("options").querySelectorAll<HTMLElement>("button"));
  }

  question(at: number, item: Item, chosen: number | null, choose: (value: number) => void): void {
    const total = this.sheet.items.length;
    this.part("question").hidden = false;
    this.part("moves").hidden = false;
    this.part("ending").hidden = true;
    this.part("lead").textContent = this.sheet.lead;
    const text = this.part("text");
    text.textContent = item.text;
    this.part("options").replaceChildren(...item.options.map((option, n) => this.option(n, option.label, option.v === chosen, () => choose(option.v))));
    this.part<HTMLButtonElement>("back").disabled = at === 0;
    this.part("next-word").textContent = this.words(at + 1 < total ? "next" : "look");
    this.part("place").textContent = `${at + 1} / ${total}`;
    text.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }

  choice(item: Item, chosen: number): void {
    this.options().forEach((button, n) => {
      const on = item.options[n]?.v === chosen;
      button.setAttribute("aria-checked", String(on));
      button.tabIndex = on ? 0 : -1;
    });
  }

  progress(answered: number): void {
    const share = Math.round((100 * answered) / this.sheet.items.length);
    const bar = this.part("bar");
    bar.setAttribute("aria-valuenow", String(answered));
    bar.setAttribute("aria-valuemax", String(this.sheet.items.length));
    (bar.firstElementChild as HTMLElement).style.width = `${share}%`;
  }

  saved(state: State | "ready", unsent: number): void {
    const mark = this.part("saved");
    mark.dataset["state"] = state;
    this.part("saved-word").textContent = this.words(state);
    const line = this.part("unsent");
    line.hidden = state !== "waiting";
    line.textContent = this.words("unsent", unsent);
    this.part("calm-saved").hidden = state !== "saved" && state !== "ready";
  }

  ending(missing: number[], jump: (at: number) => void): void {
    this.part("question").hidden = true;
    this.part("moves").hidden = true;
    this.part("ending").hidden = false;
    this.part("ending-title").textContent = missing.length ? this.words("missing", missing.length) : this.words("complete");
    this.part("ending-note").textContent = this.words(missing.length ? "missingNote" : "completeNote");
    this.part("missing").replaceChildren(
      ...missing.map((at) => {
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = String(at + 1);
        button.setAttribute("aria-label", this.words("jump", at + 1));
        button.addEventListener("click", () => jump(at));
        return button;
      }),
    );
    this.part("ending-title").focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }

  stop(message: string, mayReload: boolean): void {
    this.part("question").hidden = true;
    this.part("reload").hidden = !mayReload;
    this.part("ending").hidden = true;
    this.part("foot").hidden = true;
    const box = this.part("stopped-box");
    box.hidden = false;
    this.part("stopped-text").textContent = message;
    box.focus();
  }

  private option(position: number, label: string, on: boolean, choose: () => void): HTMLElement {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "ask-option";
    button.setAttribute("role", "radio");
    button.setAttribute("aria-checked", String(on));
    button.tabIndex = on || position === 0 ? 0 : -1;
    const key = document.createElement("b");
    key.setAttribute("aria-hidden", "true");
    key.textContent = String(position + 1);
    button.append(key, label);
    button.addEventListener("click", choose);
    return button;
  }
}
