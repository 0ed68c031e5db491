/** What a browser throws when its person has thought better of it, or took too long. */
const putAside = new Set(['NotAllowedError', 'AbortError']);
const isAddress = /^(\d+(\.\d+){3}|\[.*\])$/;

/** A passkey belongs to a name, over a line that nobody reads; browsers offer none at a bare address. */
export function canUsePasskeys(): boolean {
  return (
    window.isSecureContext &&
    !isAddress.test(window.location.hostname) &&
    typeof window.PublicKeyCredential === 'function' &&
    typeof PublicKeyCredential.parseRequestOptionsFromJSON === 'function'
  );
}

/** Whether nothing was wrong but that somebody did not want to. */
export function wasPutAside(error: unknown): boolean {
  return error instanceof DOMException && putAside.has(error.name);
}

/** Whether this phone or key has a passkey of this account already. */
export function isThereAlready(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'InvalidStateError';
}

function written(credential: Credential | null): string {
  return JSON.stringify((credential as PublicKeyCredential).toJSON());
}

/** Makes a passkey as the club asks; the answer is text that goes back as it is. */
export async function makePasskey(options: string): Promise<string> {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(
    JSON.parse(options) as PublicKeyCredentialCreationOptionsJSON,
  );
  return written(await navigator.credentials.create({ publicKey }));
}

/** Lets a passkey answer. */
export async function askPasskey(options: string): Promise<string> {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(
    JSON.parse(options) as PublicKeyCredentialRequestOptionsJSON,
  );
  return written(await navigator.credentials.get({ publicKey }));
}
