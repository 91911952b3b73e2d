/*
 * On every page of a counsellor or leader: asks every three seconds whether something urgent waits. Shows a bar that
 * leads there, keeps the figure beside the queue in the navigation, and sounds once for a newer one where that is wanted.
 */
const EVERY_MS = 3000;
const AFTER_ERROR_MS = 5000;
const SOUND = "qingyan-alert-sound";
type News = { token: string; waiting: number; red: number; words: string; way: string };

function wanted(): boolean {
  return localStorage.getItem(SOUND) === "on";
}

function beep(): void {
  const audio = new AudioContext();
  const tone = audio.createOscillator();
  const volume = audio.createGain();
  volume.gain.value = 0.08;
  tone.frequency.value = 660;
  tone.connect(volume).connect(audio.destination);
  tone.start();
  tone.stop(audio.currentTime + 0.25);
}

function show(live: HTMLElement, news: News): void {
  const bar = live.querySelector<HTMLElement>("[data-live-bar]");
  const way = live.querySelector<HTMLAnchorElement>("[data-live-way]");
  if (!bar || !way) return;
  way.textContent = news.words;
  way.href = news.way;
  bar.hidden = !news.words;
  const line = document.querySelector(`.side-nav a[href="${live.dataset["liveQueue"]}"]`);
  const figure = line?.querySelector("b") ?? (news.waiting && line ? line.appendChild(document.createElement("b")) : null);
  if (figure) figure.textContent = news.waiting ? String(news.waiting) : "";
}

async function ask(live: HTMLElement): Promise<number> {
  const seen = live.dataset["seen"] ?? "";
  const reply = await fetch(`${live.dataset["live"]}?seen=${encodeURIComponent(seen)}`, { credentials: "same-origin" });
  if (!reply.ok || reply.redirected) return AFTER_ERROR_MS;
  if (reply.status === 204) return EVERY_MS;
  const news = (await reply.json()) as News;
  if (seen && news.red > Number(live.dataset["red"] ?? 0) && wanted()) beep();
  live.dataset["seen"] = news.token;
  live.dataset["red"] = String(news.red);
  show(live, news);
  return EVERY_MS;
}

function listen(live: HTMLElement): void {
  const sound = live.querySelector<HTMLInputElement>("[data-live-sound]");
  if (sound) {
    sound.checked = wanted();
    sound.addEventListener("change", () => localStorage.setItem(SOUND, sound.checked ? "on" : "off"));
  }
  const again = (): void => {
    if (!live.isConnected) return;
    ask(live)
      .catch(() => AFTER_ERROR_MS)
      .then((pause) => setTimeout(again, pause));
  };
  again();
}

export function attach(root: ParentNode): void {
  root.querySelectorAll<HTMLElement>("[data-live]").forEach(listen);
}
