/*
 * The pupil's answering page: one question a screen, saved answer by answer. Server's part: screening/web.
 * Nothing is kept on the machine; the page can be left and taken up again on another one.
 */
import "./answering.css";
import { type Sheet } from "./sheet/contract.ts";
import { handIn, uuid } from "./sheet/handing_in.ts";
import { listen } from "./sheet/keys.ts";
import { Saving } from "./sheet/saving.ts";
import { Screen } from "./sheet/screen.ts";
import { words } from "./sheet/words.ts";

const PAUSE_BEFORE_NEXT_MS = 320;

function start(root: HTMLElement, sheet: Sheet): void {
  const say = words();
  const screen = new Screen(root, sheet, say);
  const answers = sheet.answers.slice();
  const submission = uuid();
  let seq = sheet.seq;
  let at = 0;
  let shownAt = 0;
  let ahead = 0;
  let handing = false;
  let leaving = false;

  const missing = () => answers.map((value, n) => (value === null ? n : -1)).filter((n) => n >= 0);
  const saving = new Saving(sheet.saveUrl, sheet.token, (state, unsent) => screen.saved(state, unsent), halt);

  function halt(status: number, message: string): void {
    leaving = true;
    window.clearTimeout(ahead);
    const signedOut = status === 401 || status === 404;
    screen.stop(signedOut ? say("ended", saving.unsent) : `${message} ${say("refused")}`, !signedOut);
  }

  function show(position: number): void {
    window.clearTimeout(ahead);
    ahead = 0;
    const item = sheet.items[position];
    if (!item) return showEnding();
    at = position;
    shownAt = Date.now();
    screen.question(at, item, answers[at] ?? null, choose);
    screen.progress(sheet.items.length - missing().length);
  }

  function showEnding(): void {
    window.clearTimeout(ahead);
    at = sheet.items.length;
    screen.ending(missing(), show);
  }

  function choose(value: number): void {
    const item = sheet.items[at];
    if (!item || handing) return;
    if (ahead && answers[at] === value) return; // pressed twice: the next question is on its way
    window.clearTimeout(ahead);
    if (answers[at] !== value) {
      answers[at] = value;
      seq += 1;
      saving.add({ sheet: sheet.sheet, seq, item: item.i, value, ms: Math.min(Date.now() - shownAt, 3600000) });
    }
    screen.choice(item, value);
    screen.progress(sheet.items.length - missing().length);
    ahead = window.setTimeout(() => show(at + 1), PAUSE_BEFORE_NEXT_MS);
  }

  async function finish(): Promise<void> {
    if (handing) return;
    handing = true;
    const button = screen.part<HTMLButtonElement>("finish");
    button.disabled = true;
    button.textContent = say("handing");
    await saving.whenSaved();
    const outcome = await handIn(sheet, submission, answers);
    if (outcome.kind === "done") {
      leaving = true;
      location.replace(outcome.next);
    } else if (outcome.kind === "refused") {
      halt(outcome.status, outcome.message);
    } else {
      handing = false;
      button.disabled = false;
      button.textContent = say("handAgain");
    }
  }

  const calm = screen.part<HTMLDialogElement>("calm");
  screen.part("pause").addEventListener("click", () => (window.clearTimeout(ahead), calm.showModal()));
  screen.part("resume").addEventListener("click", () => calm.close());
  screen.part("back").addEventListener("click", () => show(Math.max(at - 1, 0)));
  screen.part("next").addEventListener("click", () => show(at + 1));
  screen.part("finish").addEventListener("click", () => void finish());
  screen.part("reload").addEventListener("click", () => location.reload());
  screen.part("review").addEventListener("click", () => show(sheet.items.length - 1));
  screen.part("large").addEventListener("click", () => document.documentElement.toggleAttribute("data-big"));
  listen({
    choose: (n) => sheet.items[at]?.options[n] && choose(sheet.items[at]!.options[n]!.v),
    next: () => at < sheet.items.length && show(at + 1),
    back: () => show(Math.max(at - 1, 0)),
    options: () => screen.options(),
    blocked: () => calm.open || handing || leaving,
  });
  window.addEventListener("beforeunload", (event) => {
    if (saving.unsent && !leaving) event.preventDefault(), (event.returnValue = "");
  });

  const first = answers.indexOf(null);
  screen.saved(missing().length === answers.length ? "ready" : "saved", 0);
  show(first < 0 ? sheet.items.length : first);
  screen.progress(sheet.items.length - missing().length);
}

const data = document.getElementById("answering");
const root = document.querySelector<HTMLElement>("[data-answering]");
if (root && data?.textContent) start(root, JSON.parse(data.textContent) as Sheet);
