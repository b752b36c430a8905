// Builds what the theme app extension shares with the widgets: their own looks as snippets of Liquid, and its two scripts.
// The same sources give the same bytes: the output is committed and a test rebuilds and compares it.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build, transform } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const out = resolve(process.argv[2] ?? join(here, "..", "extensions", "aftercare-theme"));
const { target, looks, scripts } = JSON.parse(await readFile(join(here, "theme", "manifest.json"), "utf8"));

/**
 * A widget's style sheet for a theme's page. Names get a prefix, for themes use the short ones themselves. Lengths leave
 * `rem`, which many themes set to 10 px: type follows the theme's own size, everything else is in pixels.
 */
function forThemes(text, scope) {
  const named = text.replaceAll(/\/\*[^]*?\*\//g, "").replaceAll(/\.(?=[a-z])/g, ".aftercare-");
  const sized = named.replaceAll(/(font-size:\s*[\d.]+)rem/g, "$1em").replaceAll(/([\d.]+)rem/g, (_, n) => `${n * 16}px`);
  return `${scope} { ${sized.replaceAll(/:host\((.+?)\)/g, "&$1").replaceAll(":host", "&")} }`;
}

async function look(name, sheets) {
  const texts = sheets.map(async (sheet, n) =>
    forThemes(await readFile(join(here, sheet), "utf8"), n === 0 ? ".aftercare" : `.aftercare.aftercare-${name}`),
  );
  const source = (await Promise.all(texts)).join("\n");
  const css = (await transform(source, { loader: "css", minify: true, target })).code.trim();
  if (/\{[{%]/.test(css)) throw new Error(`${name}: reads as Liquid`);
  return `<style>${css}</style>\n`;
}

async function script(entry) {
  const options = { bundle: true, format: "iife", minify: true, write: false, legalComments: "none", charset: "utf8", target };
  const { outputFiles } = await build({ absWorkingDir: here, entryPoints: [entry], ...options });
  return outputFiles[0].text;
}

const files = {};
for (const [name, sheets] of Object.entries(looks)) files[`snippets/look-${name}.liquid`] = await look(name, sheets);
for (const [name, entry] of Object.entries(scripts)) files[`assets/${name}.js`] = await script(entry);

for (const [name, text] of Object.entries(files)) {
  await mkdir(dirname(join(out, name)), { recursive: true });
  await writeFile(join(out, name), text);
}
console.table(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, Buffer.byteLength(text)])));
