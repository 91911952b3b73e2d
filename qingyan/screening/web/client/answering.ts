/*
 * The pupil's answering page: one question a screen, saved answer by answer. Server's part: screening/web.
 * Nothing that somebody could read is kept on the machine (sheet/buffer.ts); another machine takes up where this one left.
 */
import "./answering.css";
import { Aloud } from "./sheet/aloud.ts";
import { Answers } from "./sheet/answers.ts";
import { Buffer } from "./sheet/buffer.ts";
import { Calm, toggle } from "./sheet/comfort.ts";
import type { Sheet } from "./sheet/contract.ts";
import { Course } from "./sheet/course.ts";
import { Finishing } from "./sheet/finishing.ts";
import { listen } from "./sheet/keys.ts";
import { Leftovers } from "./sheet/leftovers.ts";
import { Saving, type State } from "./sheet/saving.ts";
import { Screen } from "./sheet/screen.ts";
import { words } from "./sheet/words.ts";

async function start(root: HTMLElement, sheet: Sheet): Promise<void> {
  const say = words();
  const answers = new Answers(sheet);
  const screen = new Screen(root, sheet, say);
  let leaving = false;

  const buffer = await Buffer.open(sheet);
  const rows = buffer ? await buffer.left() : [];
  rows.forEach((row) => answers.after(row.seq));

  const tell = (state: State | "ready", unsent: number) => {
    const left = unsent + (leftovers ? leftovers.waiting : 0);
    screen.saved(left && state === "saved" ? "waiting" : state, left, saving.isKept);
  };
  const halt = (status: number, message: string) => {
    leave();
    const signedOut = status === 401 || status === 404;
    const word = saving.isKept ? "endedKept" : "ended";
    screen.stop(signedOut ? say(word, saving.unsent) : `${message} ${say("refused")}`, !signedOut);
  };
  const leave = () => {
    leaving = true;
    course.stay();
    aloud.quiet();
  };

  const saving = new Saving(sheet, buffer, () => answers.now(), tell, halt);
  const aloud = new Aloud(screen.part("aloud"), screen.part("no-voice"));
  const course = new Course(sheet, answers, screen, (save) => saving.add(save), (text) => aloud.shown(text));
  const leftovers = buffer && new Leftovers(buffer.vault, sheet, rows, (standing) => {
    answers.take(standing);
    course.refresh();
    tell("saved", saving.unsent);
  });
  const finishing = new Finishing(
    {
      sheet,
      answers,
      screen,
      halt,
      ready: () => Promise.all([saving.whenSaved(), leftovers && leftovers.arrived]),
      leave: (address) => (leave(), location.replace(address)),
    },
    say,
  );
  const calm = new Calm(screen.part<HTMLDialogElement>("calm"));
  const pause = (upset: boolean) => {
    course.stay();
    aloud.quiet();
    screen.calm(upset);
    calm.open();
  };
  const press = (name: string, work: () => void) => screen.part(name).addEventListener("click", work);

  press("pause", () => pause(false));
  press("upset", () => pause(true));
  press("resume", () => calm.close());
  press("skip", () => (calm.close(), course.next()));
  press("back", () => course.back());
  press("next", () => course.next());
  press("review", () => course.last());
  press("finish", () => void finishing.begin());
  press("reload", () => location.reload());
  toggle(screen.part("large"), "data-big");
  toggle(screen.part("private"), "data-half");
  const blocked = () => calm.isOpen || finishing.busy || leaving;
  const moves = { choose: (n: number) => course.chooseAt(n), next: () => course.next(), back: () => course.back() };
  listen({ ...moves, blocked, options: () => screen.options() });
  window.addEventListener("beforeunload", (event) => {
    if (saving.unsent && !leaving) event.preventDefault(), (event.returnValue = "");
  });
  window.addEventListener("pagehide", () => (root.hidden = true)); // whoever comes back sees nothing before it is asked anew

  if (leftovers) await leftovers.shortly();
  tell(answers.answered ? "saved" : "ready", 0);
  course.begin();
  root.hidden = false;
}

const data = document.getElementById("answering");
const root = document.querySelector<HTMLElement>("[data-answering]");
if (root && data && data.textContent) void start(root, JSON.parse(data.textContent) as Sheet);
