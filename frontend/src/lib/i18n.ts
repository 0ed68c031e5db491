import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import en from '@/locales/en.json';
import fr from '@/locales/fr.json';
import { perBrowser, readStored, writeStored } from './storage';

export type Language = 'fr' | 'en';

const storageKey = 'smartclub.language';

export function isLanguage(value: string | null | undefined): value is Language {
  return value === 'fr' || value === 'en';
}

function firstLanguage(): Language {
  const stored = readStored(perBrowser, storageKey);
  if (isLanguage(stored)) {
    return stored;
  }
  const asked = navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase()).find(isLanguage);
  return asked ?? 'fr';
}

export function currentLanguage(): Language {
  return isLanguage(i18next.language) ? i18next.language : 'fr';
}

export async function chooseLanguage(language: Language): Promise<void> {
  writeStored(perBrowser, storageKey, language);
  await i18next.changeLanguage(language);
}

export function startI18n(language: Language = firstLanguage()): void {
  i18next.on('languageChanged', (next) => {
    document.documentElement.lang = next;
  });
  void i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'fr',
    resources: { fr: { translation: fr }, en: { translation: en } },
    interpolation: { escapeValue: false },
    initAsync: false,
  });
}
