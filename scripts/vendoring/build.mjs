/**
 * Builds one browser file from the npm packages beside this file: node build.mjs FOLDER
 *
 * Writes into FOLDER the file and the licences of all that is in it.
 */
import {readFileSync, readdirSync, writeFileSync} from "node:fs";
import path from "node:path";
import {fileURLToPath} from "node:url";
import {build} from "esbuild";

const HERE = path.dirname(fileURLToPath(import.meta.url));
const MODULES = path.join(HERE, "node_modules");
const [target] = process.argv.slice(2);

/** What the composer uses; nothing else of the library is taken. */
const PARTS = [
    "configs",
    "extractCashtagsWithIndices",
    "extractEntitiesWithIndices",
    "extractUrlsWithIndices",
    "parseTweet",
];

/** Its polyfills would change the built-ins of the whole page, for browsers Odoo has not. */
const withoutPolyfills = {
    name: "without polyfills",
    setup({onResolve, onLoad}) {
        onResolve({filter: /^core-js\//}, (asked) => ({
            path: asked.path,
            namespace: "polyfill",
        }));
        onLoad({filter: /.*/, namespace: "polyfill"}, () => ({contents: ""}));
    },
};

function packageOf(file) {
    const [scope, name] = file.split("node_modules/").pop().split("/");
    return scope.startsWith("@") ? `${scope}/${name}` : scope;
}

function described(name) {
    const folder = path.join(MODULES, name);
    const {version, license} = JSON.parse(
        readFileSync(path.join(folder, "package.json"), "utf-8")
    );
    const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
    const text = readFileSync(path.join(folder, file), "utf-8").replaceAll("\r", "");
    // twitter-text names its licence in that file only.
    const isApache = text.includes("Apache License") && text.includes("Version 2.0");
    return {
        name,
        version,
        license: license || (isApache && "Apache-2.0"),
        text: text.replace(/[ \t]+$/gm, "").trim(),
    };
}

const {metafile, outputFiles} = await build({
    absWorkingDir: HERE,
    stdin: {
        contents: PARTS.map(
            (name) =>
                `export {default as ${name}} from "twitter-text/dist/esm/${name}";`
        ).join("\n"),
        resolveDir: HERE,
    },
    bundle: true,
    write: false,
    metafile: true,
    format: "iife",
    globalName: "twitterText",
    charset: "ascii",
    target: "es2020",
    legalComments: "none",
    plugins: [withoutPolyfills],
});

const names = Object.keys(metafile.inputs)
    .filter((file) => file.includes("node_modules/"))
    .map(packageOf);
// The library first, then what it brings.
const packages = [...new Set(names)]
    .sort((a, b) => (b === "twitter-text") - (a === "twitter-text") || (a < b ? -1 : 1))
    .map(described);
const title = packages.map(({name, version}) => `${name} ${version}`).join(", ");
const licences = [...new Set(packages.map(({license}) => license))].join(", ");

writeFileSync(
    path.join(target, "twitter_text.js"),
    [
        "/** @odoo-module **/",
        `/* ${title} (${licences}; see LICENSE). Built by scripts/vendor. */`,
        outputFiles[0].text.trim(),
        ...PARTS.map((name) => `export const ${name} = twitterText.${name};`),
        "",
    ].join("\n")
);
writeFileSync(
    path.join(target, "LICENSE"),
    packages
        .map(({name, version, text}) => `${name} ${version}\n\n${text}\n`)
        .join(`\n${"-".repeat(80)}\n\n`)
);
writeFileSync(
    path.join(target, "packages.json"),
    JSON.stringify(packages.map(({name, version, license}) => [name, version, license]))
);
