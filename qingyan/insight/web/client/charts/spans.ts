/* Whiskers of the 95 % intervals: beside bars of one column, with the told text, and at the points of lines over time. */
import type { Exhibit, Options } from "./options.ts";

type Api = { value(at: number): number; coord(point: number[]): number[] };
type Look = { stroke: string; fill: string; font: string; labelled: boolean };
const CAP = 5;

export function spans(exhibit: Exhibit, look: Look): Options[] {
  if (exhibit.shape === "stack" || (exhibit.shape === "bars" && exhibit.drawn.length > 1)) return [];
  const upright = exhibit.shape === "lines";
  return exhibit.drawn.map((column) => ({
    type: "custom",
    silent: true,
    z: 5,
    data: exhibit.lines.flatMap((line, row) => {
      const figure = line.figures[column];
      return figure?.low == null || figure.high == null ? [] : [[row, figure.low, figure.high]];
    }),
    encode: upright ? { x: 0, y: [1, 2] } : { y: 0, x: [1, 2] },
    renderItem: (_all: unknown, api: Api) => {
      const at = (end: number): number[] => api.coord(upright ? [api.value(0), api.value(end)] : [api.value(end), api.value(0)]);
      const children = whisker(at(1), at(2), upright, look.stroke);
      const text = exhibit.lines[api.value(0)]?.figures[column]?.text ?? "";
      if (look.labelled) children.push(beside(at(2), text, look));
      return { type: "group", children };
    },
  }));
}

function beside([x = 0, y = 0]: number[], text: string, look: Look): Options {
  return { type: "text", x: x + 10, y, style: { text, fill: look.fill, font: look.font, verticalAlign: "middle" } };
}

function whisker(from: number[], to: number[], upright: boolean, stroke: string): Options[] {
  const [x1 = 0, y1 = 0] = from;
  const [x2 = 0, y2 = 0] = to;
  const [across, along] = upright ? [CAP, 0] : [0, CAP];
  const line = (a: number, b: number, c: number, d: number): Options => ({
    type: "line",
    shape: { x1: a, y1: b, x2: c, y2: d },
    style: { stroke, lineWidth: 1.5, opacity: 0.7 },
  });
  return [line(x1, y1, x2, y2), line(x1 - across, y1 - along, x1 + across, y1 + along), line(x2 - across, y2 - along, x2 + across, y2 + along)];
}
