/** Degrees as people write them: with a point or a comma, and either minus. Undefined: no number at all. */
export function parseDegrees(text: string): number | undefined {
  const plain = text.trim().replace('\u2212', '-').replace(',', '.').replace(/\s*°$/u, '');
  return /^[+-]?\d{1,3}(\.\d+)?$/.test(plain) ? Number(plain) : undefined;
}

/** A map's "-4.3033, 15.3105", pasted whole into the first of the two fields. */
export function pairOf(text: string): [string, string] | null {
  const found = /^\s*([+\-\u2212]?\d{1,3}\.\d+)\s*[,;\s]\s*([+\-\u2212]?\d{1,3}\.\d+)\s*$/u.exec(text);
  return found?.[1] !== undefined && found[2] !== undefined ? [found[1], found[2]] : null;
}

/** As the language writes numbers, with the true minus. */
export function formatDegrees(degrees: number, language: string): string {
  return degrees.toLocaleString(language, { maximumFractionDigits: 6, useGrouping: false }).replace('-', '\u2212');
}
