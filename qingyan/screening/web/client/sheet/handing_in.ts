/* Handing in: the same submission number until the server has acknowledged it, and a fingerprint of all answers. */
import { isFinal, post, refusal, type Sheet } from "./contract.ts";

export type Outcome = { kind: "done"; next: string } | { kind: "refused"; status: number; message: string } | { kind: "again" };

/** A random UUID (version 4); crypto.randomUUID is younger than the oldest browser served. */
export function uuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/** SHA-256 in hexadecimal of the compact JSON of the answers; empty where the browser has no WebCrypto (plain HTTP). */
export async function fingerprint(answers: (number | null)[]): Promise<string> {
  if (!crypto.subtle) return "";
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(JSON.stringify(answers)));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export async function handIn(sheet: Sheet, submission: string, answers: (number | null)[]): Promise<Outcome> {
  try {
    const body = { sheet: sheet.sheet, submission, hash: await fingerprint(answers), answers };
    const reply = await post(sheet.finishUrl, body, sheet.token);
    if (reply.ok) return { kind: "done", next: ((await reply.json()) as { next?: string }).next ?? sheet.doneUrl };
    if (!isFinal(reply.status)) return { kind: "again" };
    return { kind: "refused", status: reply.status, message: await refusal(reply) };
  } catch {
    return { kind: "again" };
  }
}
