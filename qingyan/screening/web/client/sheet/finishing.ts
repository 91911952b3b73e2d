/* The end of a sheet: everything is uploaded first, then handed in; a lost reply is asked for again by itself. */
import type { Answers } from "./answers.ts";
import type { Sheet } from "./contract.ts";
import { handIn } from "./handing_in.ts";
import type { Screen } from "./screen.ts";

const TRIES_MS = [0, 1500, 4000];

interface Asked {
  sheet: Sheet;
  answers: Answers;
  screen: Screen;
  ready: () => Promise<unknown>;
  leave: (address: string) => void;
  halt: (status: number, message: string) => void;
}

export class Finishing {
  busy = false;

  constructor(
    private asked: Asked,
    private say: (name: string) => string,
  ) {}

  async begin(): Promise<void> {
    if (this.busy) return;
    this.show(true, "handing");
    await this.asked.ready();
    for (const pause of TRIES_MS) {
      await new Promise((resolve) => window.setTimeout(resolve, pause));
      const outcome = await handIn(this.asked.sheet, this.asked.answers.inItemOrder());
      if (outcome.kind === "done") return this.asked.leave(outcome.next);
      if (outcome.kind === "refused") return this.asked.halt(outcome.status, outcome.message);
    }
    this.show(false, "handAgain");
  }

  private show(busy: boolean, word: string): void {
    const button = this.asked.screen.part<HTMLButtonElement>("finish");
    this.busy = button.disabled = busy;
    button.textContent = this.say(word);
  }
}
