import { languageOf } from '../shared/i18n/languages.ts';
import { loadTexts } from '../shared/i18n/load-translations.ts';
import { listenToFirstKeys } from './early-input.ts';

const firstKeys = listenToFirstKeys(document);
// The page is served in the language that Deskbell speaks.
const language = languageOf([document.documentElement.lang]);
const [{ start }, texts] = await Promise.all([import('./mount.tsx'), loadTexts(language)]);
start({ window, takeFirstKeys: firstKeys.take, language, texts });
