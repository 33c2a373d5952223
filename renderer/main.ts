import { languageOf } from '../shared/i18n/languages.ts';
import { importTranslations } from '../shared/i18n/load-translations.ts';
import { captureEarlyInput } from './input-before-react.ts';

const firstKeys = captureEarlyInput(document);
// The page is served in Deskbell's current language.
const language = languageOf([document.documentElement.lang]);
const [{ mountApp: start }, texts] = await Promise.all([
  import('./mount.tsx'),
  importTranslations(language),
]);
start({ window, takeFirstKeys: firstKeys.take, language, texts });
