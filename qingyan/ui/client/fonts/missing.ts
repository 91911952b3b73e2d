/*
 * A machine without any Chinese font shows boxes. Two different characters are drawn; when they look alike, the
 * packaged fonts are fetched. Machines with a Chinese font download nothing.
 */
const SIZE = 24;

function drawn(character: string): string {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = SIZE;
  const brush = canvas.getContext("2d");
  if (!brush) return character;
  brush.font = `${SIZE - 4}px sans-serif`;
  brush.textBaseline = "top";
  brush.fillText(character, 0, 0);
  return Array.from(brush.getImageData(0, 0, SIZE, SIZE).data).join("");
}

/** True when the machine draws Chinese characters as the same empty box. */
export function lacksChinese(): boolean {
  return drawn("永") === drawn("春");
}

/** The page holds the links of the packaged fonts in an inert <template>; this brings them to life. */
export function fetchFontsIfMissing(): void {
  const fonts = document.querySelector<HTMLTemplateElement>("template[data-fonts]");
  if (!fonts || !lacksChinese()) return;
  for (const link of Array.from(fonts.content.querySelectorAll("link[rel=stylesheet]"))) document.head.append(link.cloneNode());
}
