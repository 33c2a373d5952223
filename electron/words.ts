import { createInstance, type TFunction } from 'i18next';
import en from '../shared/locales/en.json' with { type: 'json' };

/** The words that the main process says itself: in the tray, in notifications and dialogs. */
export function createWords(language: string): TFunction {
  const catalogue = createInstance();
  void catalogue.init({
    lng: language,
    fallbackLng: 'en',
    resources: { en: { translation: en } },
    initAsync: false,
    interpolation: { escapeValue: false },
  });
  return catalogue.t;
}
