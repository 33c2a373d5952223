import { languageOf } from '../shared/i18n/languages.ts';
import { loadTexts } from '../shared/i18n/load-translations.ts';
import { listenToFirstKeys } from './first-keys.ts';

const firstKeys = listenToFirstKeys(document);
// The page is served in the language that Deskbell speaks.
const language = languageOf([document.documentElement.lang]);
const [{ start }, texts] = await Promise.all([import('./start.tsx'), loadTexts(language)]);
start({ window, takeFirstKeys: firstKeys.take, language, texts });
