/**
 * Rare characters in names. The Noto Sans SC slices hold about 12,000 of the Chinese characters in use and stop short of
 * others that stand in the national standard list (U+36C3 㛃 and U+2CC56 𬱖 among them); Source Han Serif CN has them. This cuts
 * its style sheet down to exactly the missing ones, at build time, as the family "Qingyan Rare".
 */
const FACE = /@font-face\s*\{[^}]*\}/g;
const RANGE = /U\+([0-9A-F]+)(?:-([0-9A-F]+))?/gi;

/** Every code point of a unicode-range. */
export function codePoints(range: string): number[] {
  return [...range.matchAll(RANGE)].flatMap(([, from = "0", to = from]) => {
    const first = parseInt(from, 16);
    return Array.from({ length: parseInt(to, 16) - first + 1 }, (_, n) => first + n);
  });
}

/** Chinese characters: Extension A, the main block, the planes above the first. */
function isChinese(point: number): boolean {
  return (point >= 0x3400 && point <= 0x4dbf) || (point >= 0x4e00 && point <= 0x9fff) || point >= 0x20000;
}

/** A unicode-range with neighbours joined. */
export function rangeOf(points: number[]): string {
  const runs: [number, number][] = [];
  for (const point of [...points].sort((a, b) => a - b)) {
    const last = runs[runs.length - 1];
    if (last && last[1] + 1 === point) last[1] = point;
    else runs.push([point, point]);
  }
  const hex = (point: number) => point.toString(16).toUpperCase();
  return runs.map(([from, to]) => (from === to ? `U+${hex(from)}` : `U+${hex(from)}-${hex(to)}`)).join(",");
}

/** The faces with Chinese characters that `covered` lacks, each asked for by exactly those characters. */
export function keepRareFaces(css: string, covered: ReadonlySet<number>): string {
  return (css.match(FACE) ?? [])
    .map((face) => ({ face, missing: codePoints(face).filter((point) => isChinese(point) && !covered.has(point)) }))
    .filter(({ missing }) => missing.length > 0)
    .map(({ face, missing }) =>
      face
        .replace(/font-family:\s*("[^"]*"|'[^']*'|[^;]+);/, 'font-family:"Qingyan Rare";')
        .replace(/src:\s*local\([^)]*\)\s*,/, "src:")
        .replace(/unicode-range:[^;}]*/, `unicode-range:${rangeOf(missing)}`),
    )
    .join("\n");
}
