/* Handing in: the one submission number for this sheet for ever (the server's), and a fingerprint of all answers. */
import { isFinal, post, refusal, type Sheet } from "./contract.ts";

export type Outcome = { kind: "done"; next: string } | { kind: "refused"; status: number; message: string } | { kind: "again" };

/** SHA-256 in hexadecimal of the compact JSON of the answers; empty where the browser has no WebCrypto (plain HTTP). */
export async function fingerprint(answers: (number | null)[]): Promise<string> {
  if (!window.crypto || !crypto.subtle) return "";
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(JSON.stringify(answers)));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export async function handIn(sheet: Sheet, answers: (number | null)[]): Promise<Outcome> {
  try {
    const body = { sheet: sheet.sheet, submission: sheet.submission, hash: await fingerprint(answers), answers };
    const reply = await post(sheet.finishUrl, body, sheet.token);
    if (reply.ok) return { kind: "done", next: ((await reply.json()) as { next?: string }).next ?? sheet.doneUrl };
    if (!isFinal(reply.status)) return { kind: "again" };
    return { kind: "refused", status: reply.status, message: await refusal(reply) };
  } catch {
    return { kind: "again" };
  }
}
