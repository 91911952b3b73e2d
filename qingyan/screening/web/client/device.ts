/*
 * A machine tries itself before the test day. Built for old browsers, like the answering page; nothing is stored or sent
 * but three requests for /healthz and one throw-away entry in the browser's own storage.
 */
type Verdict = "good" | "fair" | "bad";

const NARROWEST = 320;
const SLOW_MS = 1500;
const TRIES = 3;

function storage(): Verdict {
  try {
    sessionStorage.setItem("device-test", "1");
    sessionStorage.removeItem("device-test");
    return "indexedDB" in window ? "good" : "fair";
  } catch {
    return "bad";
  }
}

function sealing(): Verdict {
  return window.isSecureContext && !!window.crypto && !!window.crypto.subtle ? "good" : "fair";
}

async function network(): Promise<Verdict> {
  let slowest = 0;
  for (let i = 0; i < TRIES; i++) {
    const began = performance.now();
    const answer = await fetch("/healthz", { cache: "no-store" }).catch(() => null);
    if (!answer || !answer.ok) return "bad";
    slowest = Math.max(slowest, performance.now() - began);
  }
  return slowest < SLOW_MS ? "good" : "fair";
}

function size(): Verdict {
  return window.innerWidth >= NARROWEST ? "good" : "bad";
}

function show(name: string, verdict: Verdict): void {
  const row = document.querySelector<HTMLElement>(`[data-check="${name}"]`);
  const place = row && row.querySelector("[data-verdict]");
  if (row && place) place.textContent = row.getAttribute(`data-${verdict}`);
}

async function run(): Promise<void> {
  show("script", "good");
  show("storage", storage());
  show("sealing", sealing());
  show("size", size());
  show("network", await network());
}

void run();
