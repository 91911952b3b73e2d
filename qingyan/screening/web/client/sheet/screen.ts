/* The screen: puts one question, its state and the hand-in list into the page's elements. Decides nothing. */
import type { Item, Sheet } from "./contract.ts";
import { jumpButton, mark, optionButton } from "./options.ts";
import type { State } from "./saving.ts";

type Words = (name: string, count?: number) => string;

export class Screen {
  constructor(
    private root: HTMLElement,
    private sheet: Sheet,
    private words: Words,
  ) {
    this.part("title").textContent = sheet.title;
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
    this.part("options").replaceChildren(...item.options.map((option, n) => optionButton(n, option.label, option.v === chosen, () => choose(option.v))));
    this.part<HTMLButtonElement>("back").disabled = at === 0;
    this.part("next-word").textContent = this.words(at + 1 < total ? "next" : "look");
    this.part("place").textContent = `${at + 1} / ${total}`;
    text.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }

  choice(item: Item, chosen: number): void {
    mark(this.options(), (n) => item.options[n]?.v === chosen);
  }

  progress(answered: number): void {
    const share = Math.round((100 * answered) / this.sheet.items.length);
    const bar = this.part("bar");
    bar.setAttribute("aria-valuenow", String(answered));
    bar.setAttribute("aria-valuemax", String(this.sheet.items.length));
    (bar.firstElementChild as HTMLElement).style.width = `${share}%`;
  }

  saved(state: State | "ready", unsent: number, isKept: boolean): void {
    this.part("saved").dataset["state"] = state;
    const word = this.part("saved-word");
    if (word.textContent !== this.words(state)) word.textContent = this.words(state); // said once, not at every answer
    const line = this.part("unsent");
    line.hidden = state !== "waiting";
    line.textContent = this.words(isKept ? "unsentKept" : "unsent", unsent);
    this.part("calm-saved").hidden = state !== "saved" && state !== "ready";
  }

  ending(missing: number[], jump: (at: number) => void): void {
    this.part("question").hidden = true;
    this.part("moves").hidden = true;
    this.part("ending").hidden = false;
    this.part("ending-title").textContent = missing.length ? this.words("missing", missing.length) : this.words("complete");
    this.part("ending-note").textContent = this.words(missing.length ? "missingNote" : "completeNote");
    this.part("missing").replaceChildren(
      ...missing.map((at) => jumpButton(String(at + 1), this.words("jump", at + 1), () => jump(at))),
    );
    this.part("ending-title").focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }

  /** The calm box; for a question that upsets, it can be left out there. */
  calm(upset: boolean): void {
    this.part("calm-title").textContent = this.words(upset ? "upset" : "calm");
    this.part("calm-text").textContent = this.words(upset ? "upsetText" : "calmText");
    this.part("skip").hidden = !upset;
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
}
