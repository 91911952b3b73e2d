/* The sheet's answers in the order shown, and their sequence: it grows with time, on whatever machine the pupil goes on. */
import type { Save, Sheet } from "./contract.ts";
import type { Standing } from "./leftovers.ts";

const LONGEST_MS = 3600000;
const SEQ_BEGINS_S = 1700000000;

export class Answers {
  readonly values: (number | null)[];
  private given: Record<number, true> = {};
  private seq: number;
  private loaded = performance.now();

  constructor(private sheet: Sheet) {
    this.values = sheet.answers.slice();
    this.seq = sheet.seq;
  }

  /** Milliseconds since 1970 by the server's clock; the machine's own may be wrong by years. */
  now(): number {
    return Math.round(this.sheet.now + performance.now() - this.loaded);
  }

  missing(): number[] {
    return this.values.map((value, at) => (value === null ? at : -1)).filter((at) => at >= 0);
  }

  get answered(): number {
    return this.values.length - this.missing().length;
  }

  /** Answers from now on are newer than this one. */
  after(seq: number): void {
    this.seq = Math.max(this.seq, seq);
  }

  /** Null when nothing changes. */
  give(at: number, value: number, ms: number): Save | null {
    const item = this.sheet.items[at];
    if (!item || this.values[at] === value) return null;
    this.values[at] = value;
    this.given[at] = true;
    this.seq = Math.max(this.seq + 1, Math.floor(this.now() / 1000) - SEQ_BEGINS_S || 0);
    return { sheet: this.sheet.sheet, seq: this.seq, item: item.i, value, ms: Math.min(Math.round(ms), LONGEST_MS) };
  }

  /** What the server holds, where the pupil has not answered on this page. */
  take(standing: Standing): void {
    this.after(standing.seq);
    this.sheet.items.forEach((item, at) => {
      if (!this.given[at]) this.values[at] = standing.answers[item.i] ?? null;
    });
  }

  /** As the server keeps them, whatever order was shown. */
  inItemOrder(): (number | null)[] {
    const places = this.sheet.items.map((item, at) => ({ i: item.i, at })).sort((one, other) => one.i - other.i);
    return places.map((place) => this.values[place.at] ?? null);
  }
}
