/*
 * Unsent answers outlive a crash: sealed first, then kept on the machine, thrown away when the server has acknowledged.
 * Where a browser can do one of the two only, nothing is kept, and the page says so.
 */
import type { Save, Sheet } from "./contract.ts";
import { type Seal, sealer } from "./sealing.ts";
import { type Row, Vault } from "./vault.ts";

export class Buffer {
  private line: Promise<unknown> = Promise.resolve(); // one after the other: no envelope is kept after it was dropped
  private kept = new Set<number>();

  private constructor(
    private sheet: Sheet,
    private seal: Seal,
    readonly vault: Vault,
    private changed: () => void = () => undefined,
  ) {}

  static async open(sheet: Sheet): Promise<Buffer | null> {
    const seal = await sealer(sheet);
    const vault = seal && (await Vault.open());
    return seal && vault ? new Buffer(sheet, seal, vault) : null;
  }

  onChange(changed: () => void): void {
    this.changed = changed;
  }

  holds(save: Save): boolean {
    return this.kept.has(save.seq);
  }

  keep(save: Save, at: number): void {
    this.next(async () => {
      const { seq, item, value, ms } = save;
      const envelope = await this.seal({ seq, item, value, ms, at });
      await this.vault.keep({ sheet: this.sheet.sheet, seq, at: Date.now(), envelope });
      this.kept.add(seq);
      this.changed();
    });
  }

  drop(seq: number): void {
    this.next(async () => {
      await this.vault.drop([{ sheet: this.sheet.sheet, seq }]);
      this.kept.delete(seq);
    });
  }

  /** What an earlier page of this sheet left behind on this machine. */
  left(): Promise<Row[]> {
    return this.vault.rowsOf(this.sheet.sheet).catch(() => []);
  }

  private next(work: () => Promise<unknown>): void {
    this.line = this.line.then(work).catch(() => undefined); // what was not kept is not in `kept`: the page says so
  }
}
