/* The keyboard: digits choose, arrows move between the options, Enter goes on, Backspace goes back. */
export interface Moves {
  choose(position: number): void;
  next(): void;
  back(): void;
  options(): HTMLElement[];
  blocked(): boolean;
}

function step(options: HTMLElement[], by: number): void {
  const here = options.indexOf(document.activeElement as HTMLElement);
  const start = here < 0 && by < 0 ? 0 : here;
  options[(start + by + options.length) % options.length]?.focus();
}

export function listen(moves: Moves): void {
  document.addEventListener("keydown", (event) => {
    if (moves.blocked() || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const onControl = document.activeElement instanceof HTMLButtonElement || document.activeElement instanceof HTMLAnchorElement;
    const digit = /^[1-9]$/.test(event.key) ? Number(event.key) : 0;
    if (digit) {
      if (!event.repeat) moves.choose(digit - 1); // a key held down answers one question, not all
    }
    else if (event.key === "ArrowDown" || event.key === "ArrowRight") step(moves.options(), 1);
    else if (event.key === "ArrowUp" || event.key === "ArrowLeft") step(moves.options(), -1);
    else if (event.key === "Enter" && !onControl) moves.next();
    else if (event.key === "Backspace") moves.back();
    else return;
    event.preventDefault();
  });
}
