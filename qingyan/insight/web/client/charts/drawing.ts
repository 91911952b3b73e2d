/* Draws one exhibit with ECharts, in the colours of the page, and gives it as PNG. Loaded only where a board is open. */
import { BarChart, CustomChart, LineChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { CanvasRenderer, SVGRenderer } from "echarts/renderers";
import { type Exhibit, optionsOf } from "./options.ts";

use([BarChart, LineChart, CustomChart, GridComponent, LegendComponent, TooltipComponent, AriaComponent, SVGRenderer, CanvasRenderer]);

export function draw(card: HTMLElement): void {
  const holder = card.querySelector<HTMLElement>("[data-chart]");
  const source = document.getElementById(card.dataset["exhibit"] ?? "");
  if (!holder || !source) return;
  const exhibit = JSON.parse(source.textContent ?? "") as Exhibit;
  const stage = document.createElement("div");
  stage.className = "exhibit-stage";
  stage.style.height = `${heightOf(exhibit)}px`;
  holder.replaceChildren(stage);
  let chart = init(stage, null, { renderer: "svg" });
  const paint = (): void => chart.setOption(optionsOf(exhibit, getComputedStyle(card), stage.clientWidth), true);
  paint();
  new ResizeObserver(() => {
    chart.resize();
    paint();
  }).observe(stage);
  new MutationObserver(() => {
    chart.dispose();
    chart = init(stage, null, { renderer: "svg" });
    paint();
  }).observe(document.documentElement, { attributeFilter: ["data-theme"] });
  offerPicture(card, exhibit, stage);
}

function heightOf(exhibit: Exhibit): number {
  if (exhibit.shape === "lines") return 340;
  return Math.max(150, 60 + 34 * exhibit.lines.length);
}

function offerPicture(card: HTMLElement, exhibit: Exhibit, stage: HTMLElement): void {
  const button = card.querySelector<HTMLButtonElement>("[data-png]");
  if (!button) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    const style = getComputedStyle(card);
    const [width, height] = [Math.max(900, stage.clientWidth), Math.max(320, stage.clientHeight)];
    const picture = init(document.createElement("div"), null, { renderer: "canvas", width, height });
    picture.setOption({ ...optionsOf(exhibit, style, width), animation: false });
    const link = document.createElement("a");
    link.href = picture.getDataURL({ type: "png", pixelRatio: 2, backgroundColor: style.getPropertyValue("--card").trim() });
    link.download = `${exhibit.code}.png`;
    link.click();
    picture.dispose();
  });
}
