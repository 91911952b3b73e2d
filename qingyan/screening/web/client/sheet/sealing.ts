/*
 * Seals an answer to the sheet's public key: a throw-away key for each envelope, so not even this page can open it again.
 * ECDH P-256, HKDF-SHA-256, AES-256-GCM; the server's half and the layout of an envelope are rules/envelopes.py.
 */
import { fromBase64url, joined, toBase64url } from "./bytes.ts";
import type { Sheet } from "./contract.ts";

export type Seal = (content: object) => Promise<string>;

const CURVE = { name: "ECDH", namedCurve: "P-256" };
const INFO = new TextEncoder().encode("qingyan sealed answer 1");
const TEXT_LENGTH = 96; // all envelopes are equally long
const VERSION = new Uint8Array([1]);

/** Null where the browser cannot seal: then nothing may be kept on the machine. */
export async function sealer(sheet: Pick<Sheet, "sheet" | "key">): Promise<Seal | null> {
  const subtle = window.crypto && window.crypto.subtle;
  if (!subtle || !sheet.key) return null;
  try {
    const point = fromBase64url(sheet.key);
    const theirs = await subtle.importKey("raw", point, CURVE, false, []);
    const about = new TextEncoder().encode(sheet.sheet);
    const seal = async (content: object) => {
      const pair = (await subtle.generateKey(CURVE, false, ["deriveBits"])) as CryptoKeyPair;
      const mine = new Uint8Array(await subtle.exportKey("raw", pair.publicKey));
      const shared = await subtle.deriveBits({ name: "ECDH", public: theirs }, pair.privateKey, 256);
      const secret = await subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
      const how = { name: "HKDF", hash: "SHA-256", salt: joined(mine, point), info: INFO };
      const key = await subtle.deriveKey(how, secret, { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
      const nonce = crypto.getRandomValues(new Uint8Array(12));
      const text = new TextEncoder().encode(JSON.stringify(content).padEnd(TEXT_LENGTH));
      const sealed = await subtle.encrypt({ name: "AES-GCM", iv: nonce, additionalData: about }, key, text);
      return toBase64url(joined(VERSION, mine, nonce, new Uint8Array(sealed)));
    };
    await seal({}); // an old browser may know the names and not the deeds
    return seal;
  } catch {
    return null;
  }
}
