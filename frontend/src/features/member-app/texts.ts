import { useSyncExternalStore } from 'react';
import en from '@/locales/member-en.json';
import fr from '@/locales/member-fr.json';
import { perBrowser, readStored, writeStored } from '@/lib/storage';

export type MemberLanguage = 'fr' | 'en';
export type TextKey = keyof typeof fr;

const storageKey = 'smartclub.member.language';
const texts: Record<MemberLanguage, Record<TextKey, string>> = { fr, en };
const listeners = new Set<() => void>();
let current: MemberLanguage = first();

export function isMemberLanguage(value: string | null | undefined): value is MemberLanguage {
  return value === 'fr' || value === 'en';
}

function first(): MemberLanguage {
  const stored = readStored(perBrowser, storageKey);
  const asked = navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase()).find(isMemberLanguage);
  return isMemberLanguage(stored) ? stored : (asked ?? 'fr');
}

export function language(): MemberLanguage {
  return current;
}

export function speak(next: MemberLanguage) {
  current = next;
  writeStored(perBrowser, storageKey, next);
  document.documentElement.lang = next;
  listeners.forEach((listener) => {
    listener();
  });
}

export function text(key: TextKey, values: Record<string, string | number> = {}): string {
  return texts[current][key].replaceAll(/{{(\w+)}}/g, (place, name: string) => String(values[name] ?? place));
}

/** The words of the app; whoever uses it is drawn again when the language changes. */
export function useTexts() {
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    () => current,
  );
  return { t: text, language: current };
}
