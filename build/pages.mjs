// Makes one page per language: index.html with its texts filled in and a preload of that language's file.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './setup/paths.mjs';

const LOCALES = path.join(root, 'shared/locales');

const languages = () => readdirSync(LOCALES).map((file) => path.basename(file, '.json'));

/**
 * Fills `{{key}}` in a page with the text of that key.
 * @param {string} html
 * @param {string} language
 */
export const speakPage = (html, language) => {
  /** @type {unknown} */
  const texts = JSON.parse(readFileSync(path.join(LOCALES, `${language}.json`), 'utf8'));
  return html.replaceAll(/\{\{([\w.]+)\}\}/g, (_, /** @type {string} */ key) =>
    key === 'language' ? language : escape(textOf(texts, key)),
  );
};

/**
 * @param {unknown} texts
 * @param {string} key
 * @returns {string}
 */
const textOf = (texts, key) => {
  /** @type {unknown} */
  let found = texts;
  for (const step of key.split('.')) {
    found = typeof found === 'object' && found !== null ? Reflect.get(found, step) : undefined;
  }
  if (typeof found !== 'string') throw new Error(`index.html: the text ${key} is missing`);
  return found;
};

/** @param {string} text */
const escape = (text) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/**
 * Makes `fr.html` and the pages of the other languages from the built index.html, each preloading its own texts.
 * @returns {import('vite').Plugin}
 */
export const pages = () => ({
  name: 'deskbell:pages',
  enforce: 'post',
  applyToEnvironment: ({ name }) => name === 'client',
  generateBundle(_, bundle) {
    const index = bundle['index.html'];
    if (index?.type !== 'asset') throw new Error('index.html is missing from the bundle');
    for (const language of languages()) {
      const texts = Object.values(bundle).find(
        (file) =>
          file.type === 'chunk' &&
          file.moduleIds.some((id) => id.endsWith(`/shared/locales/${language}.json`)),
      );
      if (texts === undefined) throw new Error(`the bundle has no texts for ${language}`);
      const early = `<link rel="modulepreload" crossorigin href="/${texts.fileName}">\n  </head>`;
      this.emitFile({
        type: 'asset',
        fileName: `${language}.html`,
        source: speakPage(String(index.source), language).replace('</head>', early),
      });
    }
    delete bundle['index.html'];
  },
});
