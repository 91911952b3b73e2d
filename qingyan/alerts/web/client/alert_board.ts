/* Asks once a second, while the page is in sight, whether an alert is new; if so htmx fetches the lines again. */
import "./alerts.css";

const EVERY_MS = 1000;
const AFTER_ERROR_MS = 5000;

async function ask(board: HTMLElement): Promise<number> {
  if (document.hidden) return EVERY_MS;
  const seen = encodeURIComponent(board.dataset["alertToken"] ?? "");
  const reply = await fetch(`${board.dataset["alertPulse"]}?seen=${seen}`, { credentials: "same-origin" });
  if (!reply.ok || reply.redirected) return AFTER_ERROR_MS;
  if (reply.status === 204) return EVERY_MS;
  const news = (await reply.json()) as { token: string; waiting: number };
  board.dataset["alertToken"] = news.token;
  document.title = document.title.replace(/^(\(\d+\) )?/, news.waiting ? `(${news.waiting}) ` : "");
  board.dispatchEvent(new CustomEvent("alerts-changed"));
  return EVERY_MS;
}

function listen(board: HTMLElement): void {
  const again = (): void => {
    if (!board.isConnected) return;
    ask(board)
      .catch(() => AFTER_ERROR_MS)
      .then((pause) => setTimeout(again, pause));
  };
  setTimeout(again, EVERY_MS);
}

export function attach(root: ParentNode): void {
  root.querySelectorAll<HTMLElement>("[data-alert-pulse]").forEach(listen);
}
