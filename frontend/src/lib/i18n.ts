import i18next, { type ResourceLanguage } from 'i18next';
import { initReactI18next } from 'react-i18next';
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

/** Each language is a file of its own: nobody loads the words of the other one. */
const words: Record<Language, () => Promise<{ default: ResourceLanguage }>> = {
  fr: () => import('@/locales/fr.json'),
  en: () => import('@/locales/en.json'),
};

async function loadWords(language: Language): Promise<ResourceLanguage> {
  return (await words[language]()).default;
}

/** Makes the words of a language ready, without speaking it yet. */
export async function learn(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, 'translation')) {
    i18next.addResourceBundle(language, 'translation', await loadWords(language));
  }
}

export async function chooseLanguage(language: Language): Promise<void> {
  writeStored(perBrowser, storageKey, language);
  await learn(language);
  await i18next.changeLanguage(language);
}

export async function startI18n(language: Language = firstLanguage()): Promise<void> {
  i18next.on('languageChanged', (next) => {
    document.documentElement.lang = next;
  });
  await i18next.use(initReactI18next).init({
    lng: language,
    resources: { [language]: { translation: await loadWords(language) } },
    interpolation: { escapeValue: false },
  });
}
