/** The key that makes a retry the same command: made once for what a person means, kept until that is done. */
export function newCommandKey(): string {
  // Not `randomUUID`: browsers offer it in secure contexts only, and a club may begin without a certificate.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
