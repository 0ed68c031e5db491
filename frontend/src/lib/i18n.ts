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

/** Words that come with the pages that say them (words-plugin.ts). */
export type WordPart = 'settings' | 'doors' | 'people';

type Words = () => Promise<{ default: ResourceLanguage }>;

/** Nobody loads the words of the other language, or of pages that they have not opened. */
const words: Record<Language, Record<'frame' | WordPart, Words>> = {
  fr: {
    frame: () => import('@/locales/fr.json?words=frame'),
    settings: () => import('@/locales/fr.json?words=settings'),
    doors: () => import('@/locales/fr.json?words=doors'),
    people: () => import('@/locales/fr.json?words=people'),
  },
  en: {
    frame: () => import('@/locales/en.json?words=frame'),
    settings: () => import('@/locales/en.json?words=settings'),
    doors: () => import('@/locales/en.json?words=doors'),
    people: () => import('@/locales/en.json?words=people'),
  },
};

const known = new Set<string>();
const spoken = new Set<'frame' | WordPart>(['frame']);

async function add(language: Language, part: 'frame' | WordPart): Promise<void> {
  const name = `${language} ${part}`;
  if (!known.has(name)) {
    i18next.addResourceBundle(language, 'translation', (await words[language][part]()).default, true);
    known.add(name);
  }
}

/** Makes the words of a language ready, without speaking it yet. */
export async function learn(language: Language): Promise<void> {
  await Promise.all([...spoken].map((part) => add(language, part)));
}

/** Makes the words of a page ready, in the language that is spoken and in whichever follows. */
export async function learnPart(part: WordPart): Promise<void> {
  spoken.add(part);
  await add(currentLanguage(), part);
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
  await i18next.use(initReactI18next).init({ lng: language, resources: {}, interpolation: { escapeValue: false } });
  await learn(language);
}
