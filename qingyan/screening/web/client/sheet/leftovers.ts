/* What a page that died had sealed on this machine is uploaded before anything else; tried again until it arrives. */
import { isFinal, post, type Sheet } from "./contract.ts";
import type { Row, Vault } from "./vault.ts";

export interface Standing {
  answers: (number | null)[];
  seq: number;
}

type Address = Pick<Sheet, "sheet" | "sealedUrl" | "token">;

const AT_ONCE = 150;
const AGAIN_MS = 5000;
const PAGE_WAITS_MS = 4000;

export class Leftovers {
  waiting = 0;
  readonly arrived: Promise<void>;

  constructor(
    private vault: Vault,
    private to: Address,
    private rows: Row[],
    private take: (standing: Standing) => void,
  ) {
    this.waiting = rows.length;
    this.arrived = this.upload();
  }

  /** The page begins with what was uploaded, if that does not take long. */
  shortly(): Promise<void> {
    return Promise.race([this.arrived, new Promise<void>((resolve) => window.setTimeout(resolve, PAGE_WAITS_MS))]);
  }

  private async upload(): Promise<void> {
    while (this.waiting) {
      const outcome = await upload(this.vault, this.to, this.rows);
      if (outcome) {
        this.waiting = 0;
        if (outcome !== "refused") this.take(outcome);
      } else await new Promise((resolve) => window.setTimeout(resolve, AGAIN_MS));
    }
  }
}

/** The sheet as it stands afterwards; null when it has to be tried again, "refused" for good. Twice does no harm. */
export async function upload(vault: Vault, to: Address, rows: Row[]): Promise<Standing | "refused" | null> {
  let standing: Standing | null = null;
  for (let at = 0; at < rows.length; at += AT_ONCE) {
    const some = rows.slice(at, at + AT_ONCE);
    const body = { sheet: to.sheet, sealed: some.map((row) => row.envelope) };
    const reply = await post(to.sealedUrl, body, to.token).catch(() => null);
    if (reply && isFinal(reply.status)) return "refused";
    if (!reply || !reply.ok) return null;
    standing = (await reply.json().catch(() => null)) as Standing | null;
    if (!standing) return null;
    await vault.drop(some).catch(() => undefined);
  }
  return standing;
}
