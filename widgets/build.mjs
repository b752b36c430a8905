// Builds static/widgets/ from the manifest: one core chunk, one module per widget, one script per hosted page that has
// one, one style sheet for the light DOM.
// The same sources give the same bytes: the output is committed and a test rebuilds and compares it.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build, transform } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const out = resolve(process.argv[2] ?? join(here, "..", "static", "widgets"));
const manifest = JSON.parse(await readFile(join(here, "manifest.json"), "utf8"));
const target = ["es2022", "chrome111", "firefox113", "safari16.4"];

/** Style sheets travel as minified text, for adoptedStyleSheets. */
const styleText = {
  name: "style-text",
  setup({ onLoad }) {
    onLoad({ filter: /\.css$/ }, async ({ path }) => ({
      contents: (await css(await readFile(path, "utf8"))).trim(),
      loader: "text",
    }));
  },
};

/** Widgets import the core by its built name, so that the browser loads it once. */
const sharedCore = {
  name: "shared-core",
  setup({ onResolve }) {
    onResolve({ filter: /\/shared\/index\.js$/ }, () => ({ path: "./core.js", external: true }));
  },
};

async function css(text) {
  return (await transform(text, { loader: "css", minify: true, target })).code;
}

async function module(entry, plugins) {
  const { outputFiles } = await build({
    absWorkingDir: here,
    entryPoints: [entry],
    bundle: true,
    format: "esm",
    minify: true,
    write: false,
    legalComments: "none",
    charset: "utf8",
    target,
    plugins: [...plugins, styleText],
  });
  return outputFiles[0].text;
}

/** The widgets' own rules for the server-rendered words, so that both renderings take the same space. */
async function lightStyles() {
  const theme = await readFile(join(here, manifest.theme), "utf8");
  const parts = manifest.widgets.map(async ({ name, element }) => {
    const own = await readFile(join(here, name, "style.css"), "utf8");
    return `${element} { ${`${theme}\n${own}`.replaceAll(/:host\((.+?)\)/g, "&$1").replaceAll(":host", "&")} }`;
  });
  return css((await Promise.all(parts)).join("\n"));
}

const files = { "core.js": await module(manifest.core, []) };
for (const { name } of manifest.widgets) files[`${name}.js`] = await module(`${name}/element.ts`, [sharedCore]);
for (const { name, entry } of manifest.pages) files[`${name}.js`] = await module(entry, []);
files["aftercare.css"] = await lightStyles();

await mkdir(out, { recursive: true });
const sizes = {};
for (const [name, text] of Object.entries(files)) {
  await writeFile(join(out, name), text);
  sizes[name] = { bytes: Buffer.byteLength(text), gzip: gzipSync(text, { level: 9 }).length };
}
await writeFile(join(out, "manifest.json"), `${JSON.stringify(sizes, null, 2)}\n`);
console.table(sizes);
