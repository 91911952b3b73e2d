/*
 * Answers on their way to the server: one request at a time, the newest answer of each item, retried until acknowledged.
 * "Saved" is only ever said after the server's 2xx. What waits is sealed on the machine (buffer.ts) or, where that cannot
 * be, in this page only; the page says which of the two.
 */
import type { Buffer } from "./buffer.ts";
import { isFinal, post, refusal, type Save, type Sheet } from "./contract.ts";

export type State = "saved" | "sending" | "waiting" | "stopped";

const STEPS_MS = [800, 1600, 3200, 6400, 12000];

export class Saving {
  private waiting = new Map<number, Save>();
  private busy = false;
  private failures = 0;
  private timer = 0;
  private stopped = false;
  private idle: (() => void)[] = [];

  constructor(
    private sheet: Sheet,
    private buffer: Buffer | null,
    private clock: () => number,
    private tell: (state: State, unsent: number) => void,
    private stop: (status: number, message: string) => void,
  ) {
    window.addEventListener("online", () => this.now());
    if (buffer) buffer.onChange(() => this.report());
  }

  get unsent(): number {
    return this.waiting.size;
  }

  /** Whether a crash of this machine would lose nothing. */
  get isKept(): boolean {
    const { buffer } = this;
    return !!buffer && Array.from(this.waiting.values()).every((save) => buffer.holds(save));
  }

  add(save: Save): void {
    const before = this.waiting.get(save.item);
    if (this.buffer) this.buffer.keep(save, this.clock());
    if (this.buffer && before) this.buffer.drop(before.seq);
    this.waiting.set(save.item, save);
    this.now();
  }

  /** Resolves when everything is acknowledged; never when the server has refused for good. */
  whenSaved(): Promise<void> {
    return this.unsent ? new Promise((resolve) => this.idle.push(resolve)) : Promise.resolve();
  }

  private now(): void {
    window.clearTimeout(this.timer);
    if (!this.busy) void this.send();
  }

  private async send(): Promise<void> {
    const next = this.waiting.values().next().value as Save | undefined;
    if (!next || this.stopped) return this.report();
    this.busy = true;
    this.report();
    const reply = await post(this.sheet.saveUrl, next, this.sheet.token).catch(() => null);
    this.busy = false;
    if (reply && reply.ok) {
      this.failures = 0;
      if (this.waiting.get(next.item) === next) this.waiting.delete(next.item);
      if (this.buffer) this.buffer.drop(next.seq);
      if (!this.unsent) this.idle.splice(0).forEach((resolve) => resolve());
    } else if (reply && isFinal(reply.status)) {
      this.stopped = true;
      this.stop(reply.status, await refusal(reply));
    } else {
      this.failures += 1;
      this.timer = window.setTimeout(() => this.now(), STEPS_MS[Math.min(this.failures, STEPS_MS.length) - 1]);
      return this.report();
    }
    return this.send();
  }

  private report(): void {
    const state = this.stopped ? "stopped" : !this.unsent ? "saved" : this.failures ? "waiting" : "sending";
    this.tell(state, this.unsent);
  }
}
