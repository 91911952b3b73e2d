/*
 * Charts of boards. The page stands without: the server has drawn each chart and written its table. ECharts is fetched
 * only where a board is open and a chart comes into sight; it draws the same told figures over the server's picture.
 */
import "./boards.css";
import "./screen.css";

export function attach(root: ParentNode): void {
  const clock = root.querySelector<HTMLElement>("[data-clock]");
  if (clock) tick(clock);
  const cards = [...root.querySelectorAll<HTMLElement>("[data-exhibits] [data-exhibit]")].filter((card) => card.querySelector("[data-chart]"));
  if (!cards.length) return;
  const seen = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) {
        if (!entry.isIntersecting) continue;
        seen.unobserve(entry.target);
        void import("./charts/drawing.ts").then(({ draw }) => draw(entry.target as HTMLElement));
      }
    },
    { rootMargin: "200px" },
  );
  for (const card of cards) seen.observe(card);
}

function tick(clock: HTMLElement): void {
  const show = (): void => {
    clock.textContent = new Date().toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit" });
  };
  show();
  setInterval(show, 10_000);
}
