/** Browsers may forbid storage altogether; a choice that cannot be kept must not break the page. */
export function readStored(storage: () => Storage, key: string): string | null {
  try {
    return storage().getItem(key);
  } catch {
    return null;
  }
}

export function writeStored(storage: () => Storage, key: string, value: string | null): void {
  try {
    if (value === null) {
      storage().removeItem(key);
    } else {
      storage().setItem(key, value);
    }
  } catch {
    // The choice then lasts as long as the page.
  }
}

export const perBrowser = (): Storage => window.localStorage;
export const perTab = (): Storage => window.sessionStorage;
