import type { Answer } from '@/lib/api-client';

type Emergency = Answer<'EmergencyAnswer'>;

const name = (siteId: string) => `evacuation:${siteId}`;

/** Keeps the list for as long as the page's tab lives: outside, a reload must not lose who is missing. */
export function keepList(found: Emergency): void {
  try {
    sessionStorage.setItem(name(found.siteId), JSON.stringify(found));
  } catch {
    // A full or forbidden store only costs the list after a reload.
  }
}

export function keptList(siteId: string): Emergency | undefined {
  try {
    const kept = sessionStorage.getItem(name(siteId));
    return kept === null ? undefined : (JSON.parse(kept) as Emergency);
  } catch {
    return undefined;
  }
}
