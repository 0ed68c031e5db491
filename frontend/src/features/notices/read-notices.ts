import { perBrowser, readStored, writeStored } from '@/lib/storage';

const keptMost = 300;

/** One list per person and browser. Addresses do not stay behind on a shared computer, only a mark of them. */
export function readKey(email: string): string {
  let mark = 0x811c9dc5;
  for (const letter of email.toLowerCase()) {
    mark = Math.imul(mark ^ (letter.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  }
  return `smartclub.notices.${mark.toString(36)}`;
}

export function loadRead(key: string): ReadonlySet<string> {
  return new Set(readStored(perBrowser, key)?.split(' ').filter(Boolean));
}

/** The newest are kept: what is long over does not come back. */
export function saveRead(key: string, read: ReadonlySet<string>): void {
  writeStored(perBrowser, key, [...read].slice(-keptMost).join(' '));
}
