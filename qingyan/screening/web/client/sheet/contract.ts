/* What the page and the server say to each other. The view writes `Sheet` into <script id="answering" type="application/json">. */

export interface Option {
  v: number;
  label: string;
}

export interface Item {
  i: number;
  text: string;
  options: Option[];
}

export interface Sheet {
  sheet: string;
  token?: string;
  key?: string;
  submission: string;
  now: number;
  title: string;
  lead: string;
  items: Item[];
  answers: (number | null)[];
  seq: number;
  saveUrl: string;
  finishUrl: string;
  sealedUrl: string;
  pauseUrl: string;
  doneUrl: string;
}

/** One answer on its way. `item` is the item's own number (`items[].i`); `seq` grows with every change on this sheet. */
export interface Save {
  sheet: string;
  seq: number;
  item: number;
  value: number;
  ms: number;
}

const GIVE_UP_MS = 15000;

/** Sends JSON the way the server asks for it: same origin, our header, no cookie-forging form can do that. */
export async function post(url: string, body: unknown, token?: string): Promise<Response> {
  const control = new AbortController(); // a network that swallows requests would else stop everything for minutes
  const timer = window.setTimeout(() => control.abort(), GIVE_UP_MS);
  const headers: Record<string, string> = { "Content-Type": "application/json", "X-Qingyan": "1" };
  if (token) headers["X-Qingyan-Sheet"] = token;
  const how = { method: "POST", headers, body: JSON.stringify(body), signal: control.signal, keepalive: true } as const;
  try {
    return await fetch(url, { ...how, credentials: "same-origin", cache: "no-store" });
  } finally {
    window.clearTimeout(timer);
  }
}

/** Answers that another try cannot change: signed out, closed, refused. Time-outs and "too many" are worth a try. */
export function isFinal(status: number): boolean {
  return status >= 400 && status < 500 && [408, 425, 429].indexOf(status) < 0;
}

/** What the server says about a refusal, in the pupil's words; empty when it says nothing readable. */
export async function refusal(reply: Response): Promise<string> {
  try {
    return ((await reply.json()) as { message?: string }).message || "";
  } catch {
    return "";
  }
}
