/* From an exhibit to what ECharts wants. The figures are those of the page; the tip shows the told texts. */
import { spans } from "./spans.ts";

export type Figure = { text: string; value: number | null; low: number | null; high: number | null };
export type Exhibit = {
  code: string;
  title: string;
  columns: string[];
  drawn: number[];
  shape: "bars" | "lines" | "stack";
  unit: string;
  tones: string[];
  lines: { label: string; figures: Figure[] }[];
};
export type Options = Record<string, unknown>;
type Item = { seriesIndex: number; dataIndex: number };

const PALETTE = ["--qing", "--lamp", "--blue", "--orange", "--green", "--red", "--ink-3"];
const SHADES = ["--qing-soft", "--qing", "--lamp", "--orange", "--red", "--ink-3"];
const NARROW = 430;

export function optionsOf(exhibit: Exhibit, style: CSSStyleDeclaration, width: number): Options {
  const colour = (name: string): string => style.getPropertyValue(name).trim();
  const words = { color: colour("--ink-2"), fontFamily: style.fontFamily, fontSize: 13 };
  const lying = exhibit.shape !== "lines";
  const along = {
    type: "value",
    splitNumber: width < NARROW ? 3 : 5,
    axisLabel: { ...words, hideOverlap: true, formatter: exhibit.unit === "%" ? "{value}%" : "{value}" },
    splitLine: { lineStyle: { color: colour("--line-2") } },
    ...(exhibit.shape === "stack" ? { max: 100 } : {}),
  };
  const across = {
    type: "category",
    data: exhibit.lines.map((line) => line.label),
    inverse: lying,
    axisTick: { show: false },
    axisLine: { lineStyle: { color: colour("--line") } },
    axisLabel: lying ? { ...words, width: Math.max(90, Math.min(190, width * 0.3)), overflow: "truncate" } : words,
  };
  return {
    aria: { enabled: true },
    animationDuration: 300,
    color: (exhibit.shape === "stack" ? SHADES : PALETTE).map(colour),
    textStyle: words,
    grid: { left: 8, right: exhibit.shape === "bars" && width >= NARROW ? 140 : 24, top: exhibit.drawn.length > 1 ? 40 : 12, bottom: 8, containLabel: true },
    legend: { show: exhibit.drawn.length > 1, top: 0, left: 0, icon: "roundRect", itemWidth: 14, itemHeight: 8, textStyle: words, type: "scroll" },
    tooltip: {
      trigger: "axis",
      axisPointer: { type: lying ? "shadow" : "line" },
      confine: true,
      backgroundColor: colour("--card"),
      borderColor: colour("--line"),
      textStyle: { ...words, color: colour("--ink") },
      formatter: (items: Item[]) => tip(exhibit, items),
    },
    [lying ? "xAxis" : "yAxis"]: along,
    [lying ? "yAxis" : "xAxis"]: across,
    series: [...exhibit.drawn.map((column) => drawn(exhibit, column, colour, width)), ...spans(exhibit, { stroke: colour("--ink"), fill: colour("--ink-2"), font: `13px ${style.fontFamily}`, labelled: lying && width >= NARROW })],
  };
}

function drawn(exhibit: Exhibit, column: number, colour: (name: string) => string, width: number): Options {
  const figures = exhibit.lines.map((line) => line.figures[column]);
  const tone = (row: number): Options => (exhibit.tones[row] ? { itemStyle: { color: colour(`--${exhibit.tones[row]}`) } } : {});
  const common = { name: exhibit.columns[column], data: figures.map((figure, row) => ({ value: figure?.value ?? null, ...tone(row) })) };
  if (exhibit.shape === "lines") return { ...common, type: "line", symbol: "circle", symbolSize: 9, lineStyle: { width: 3 } };
  if (exhibit.shape === "stack") return { ...common, type: "bar", barMaxWidth: 18, stack: "whole" };
  const said = (item: Item): string => figures[item.dataIndex]?.text ?? "";
  const isPlain = exhibit.lines.every((line) => line.figures[column]?.high == null);
  const label = { show: width >= NARROW && isPlain, position: "right", distance: 12, color: colour("--ink-2"), formatter: said };
  return { ...common, type: "bar", barMaxWidth: 18, itemStyle: { borderRadius: 3 }, label };
}

function tip(exhibit: Exhibit, items: Item[]): HTMLElement {
  const box = document.createElement("div");
  const line = exhibit.lines[items[0]?.dataIndex ?? 0];
  const head = document.createElement("b");
  head.textContent = line?.label ?? "";
  box.append(head);
  for (const item of items) {
    const column = exhibit.drawn[item.seriesIndex];
    if (column === undefined) continue;
    const row = document.createElement("div");
    row.textContent = `${exhibit.columns[column] ?? ""}  ${line?.figures[column]?.text ?? ""}`;
    box.append(row);
  }
  return box;
}
