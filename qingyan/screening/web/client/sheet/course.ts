/* The way through the questions: one a screen, back and forth, to the list of what is missing. */
import type { Answers } from "./answers.ts";
import type { Save, Sheet } from "./contract.ts";
import type { Screen } from "./screen.ts";

const PAUSE_BEFORE_NEXT_MS = 320;

export class Course {
  private at = 0;
  private shownAt = 0;
  private ahead = 0;

  constructor(
    private sheet: Sheet,
    private answers: Answers,
    private screen: Screen,
    private save: (save: Save) => void,
    private shown: (text: string) => void,
  ) {}

  begin(): void {
    const first = this.answers.values.indexOf(null);
    this.show(first < 0 ? this.sheet.items.length : first);
    this.screen.progress(this.answers.answered);
  }

  show(position: number): void {
    this.stay();
    const item = this.sheet.items[position];
    if (!item) return this.showEnding();
    this.at = position;
    this.shownAt = performance.now();
    this.screen.question(position, item, this.answers.values[position] ?? null, (value) => this.choose(value));
    this.screen.progress(this.answers.answered);
    this.shown([item.text, ...item.options.map((option, n) => `${n + 1}，${option.label}`)].join("。"));
  }

  /** Answers came from elsewhere. */
  refresh(): void {
    const item = this.sheet.items[this.at];
    const value = this.answers.values[this.at];
    if (!item) this.showEnding();
    else if (value !== null && value !== undefined) this.screen.choice(item, value);
    this.screen.progress(this.answers.answered);
  }

  next(): void {
    if (this.at < this.sheet.items.length) this.show(this.at + 1);
  }

  back(): void {
    this.show(Math.max(this.at - 1, 0));
  }

  last(): void {
    this.show(this.sheet.items.length - 1);
  }

  /** No step ahead by itself. */
  stay(): void {
    window.clearTimeout(this.ahead);
    this.ahead = 0;
  }

  chooseAt(position: number): void {
    const item = this.sheet.items[this.at];
    const option = item && item.options[position];
    if (option) this.choose(option.v);
  }

  private choose(value: number): void {
    const item = this.sheet.items[this.at];
    if (!item || (this.ahead && this.answers.values[this.at] === value)) return; // pressed twice: the next is on its way
    this.stay();
    const save = this.answers.give(this.at, value, performance.now() - this.shownAt);
    if (save) this.save(save);
    this.screen.choice(item, value);
    this.screen.progress(this.answers.answered);
    this.ahead = window.setTimeout(() => this.show(this.at + 1), PAUSE_BEFORE_NEXT_MS);
  }

  private showEnding(): void {
    this.at = this.sheet.items.length;
    this.screen.ending(this.answers.missing(), (at) => this.show(at));
    this.shown("");
  }
}
