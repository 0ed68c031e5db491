/** First letters of the first two names; particles such as "wa" are not names. */
export function initialsOf(name: string): string {
  const names = name.split(/\s+/).filter((word) => /^\p{Lu}/u.test(word));
  const chosen = names.length > 0 ? names : name.trim().split(/\s+/);
  return chosen
    .slice(0, 2)
    .map((word) => Array.from(word)[0] ?? '')
    .join('')
    .toUpperCase();
}
