/*
 * Two builds into one folder and one manifest:
 *   staff      modern browsers: Tailwind, daisyUI, htmx; and the packaged Chinese fonts
 *   answering  pupils' and public pages: plain CSS and ES2017, down to Chromium 86
 * `npm run build` runs both, in this order; the second adds its names to the first one's manifest.
 */
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import tailwindcss from "@tailwindcss/vite";
import { defineConfig, type Plugin, type UserConfig } from "vite";
import { codePoints, keepRareFaces } from "./qingyan/ui/client/fonts/rare_faces.ts";

const root = import.meta.dirname;
const outDir = resolve(root, "qingyan/ui/static/dist");

/** django-vite reads one manifest, so the second build's entries join the first one's. */
function joinManifests(): Plugin {
  return {
    name: "join-manifests",
    closeBundle() {
      const main = join(outDir, "manifest.json");
      const added = join(outDir, "manifest.answering.json");
      if (!existsSync(added)) return;
      const joined = { ...JSON.parse(readFileSync(main, "utf8")), ...JSON.parse(readFileSync(added, "utf8")) };
      writeFileSync(main, JSON.stringify(joined, null, 2) + "\n");
      rmSync(added);
    },
  };
}

/** Error pages cannot ask the manifest; they link the fonts by one lasting name. */
function lastingFonts(): Plugin {
  return {
    name: "lasting-fonts",
    closeBundle() {
      const manifest = JSON.parse(readFileSync(join(outDir, "manifest.json"), "utf8"));
      const sheets = ["everyday", "rare"].flatMap((name) => manifest[`qingyan/ui/client/fonts/${name}.ts`].css as string[]);
      writeFileSync(join(outDir, "fonts.css"), sheets.map((sheet) => `@import "./${sheet}";\n`).join(""));
    },
  };
}

/** Cuts the second font family down to the characters that the first one lacks. */
function rareFaces(): Plugin {
  const slices = readFileSync(join(root, "node_modules/@fontsource-variable/noto-sans-sc/unicode.json"), "utf8");
  const covered = new Set(Object.values<string>(JSON.parse(slices)).flatMap(codePoints));
  return {
    name: "rare-faces",
    enforce: "pre",
    transform: (code, id) => (id.endsWith("SourceHanSerifCN/result.css") ? keepRareFaces(code, covered) : undefined),
  };
}

const staff: UserConfig = {
  plugins: [rareFaces(), tailwindcss(), lastingFonts()],
  build: {
    outDir,
    emptyOutDir: true,
    manifest: "manifest.json",
    target: "es2022",
    assetsInlineLimit: 0,
    rolldownOptions: { input: ["qingyan/ui/client/staff.ts", "qingyan/ui/client/fonts/everyday.ts", "qingyan/ui/client/fonts/rare.ts"] },
  },
};

const answering: UserConfig = {
  plugins: [joinManifests()],
  build: {
    outDir,
    emptyOutDir: false,
    manifest: "manifest.answering.json",
    target: "es2017",
    cssTarget: "chrome86",
    modulePreload: false,
    assetsInlineLimit: 0,
    rolldownOptions: { input: ["qingyan/ui/client/plain.ts", "qingyan/screening/web/client/answering.ts", "qingyan/screening/web/client/leaving.ts", "qingyan/screening/web/client/device.ts", "qingyan/consent/web/client/guardian.ts", "qingyan/cases/web/client/receiver.ts"] },
  },
};

export default defineConfig(({ mode }) => ({
  root,
  base: "./",
  publicDir: false,
  clearScreen: false,
  logLevel: "warn",
  ...(mode === "answering" ? answering : staff),
}));
