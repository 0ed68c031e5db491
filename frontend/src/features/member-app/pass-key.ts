/**
 * The key of this phone. Its private half can sign and nothing else: the browser hands it out to nobody, not even to
 * us, so a copied phone backup or a curious script cannot take the pass along.
 */
export interface PhoneKey {
  id: string;
  privateKey: CryptoKey;
}

const databaseName = 'smartclub';
const storeName = 'pass-keys';
const slot = 'this-phone';
const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };

export const canHoldKeys = () => globalThis.isSecureContext && 'subtle' in crypto && 'indexedDB' in globalThis;

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(databaseName, 1);
    opening.onupgradeneeded = () => {
      opening.result.createObjectStore(storeName);
    };
    opening.onsuccess = () => {
      resolve(opening.result);
    };
    opening.onerror = () => {
      reject(opening.error ?? new Error('IndexedDB cannot be opened'));
    };
  });
}

async function inStore<T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest): Promise<T> {
  const database = await open();
  try {
    return await new Promise<T>((resolve, reject) => {
      const transaction = database.transaction(storeName, mode);
      const asked = work(transaction.objectStore(storeName));
      transaction.oncomplete = () => {
        resolve(asked.result as T);
      };
      transaction.onerror = () => {
        reject(transaction.error ?? new Error('IndexedDB refused'));
      };
    });
  } finally {
    database.close();
  }
}

export async function loadKey(): Promise<PhoneKey | null> {
  return canHoldKeys() ? ((await inStore<PhoneKey | undefined>('readonly', (s) => s.get(slot))) ?? null) : null;
}

export const forgetKey = () => inStore<undefined>('readwrite', (store) => store.delete(slot));

/** Makes a key, has it enrolled, and only then keeps it: a key that the club does not know opens no door. */
export async function makeKey(enrol: (publicKey: JsonWebKey) => Promise<string>): Promise<PhoneKey> {
  const pair = await crypto.subtle.generateKey(algorithm, false, ['sign', 'verify']);
  const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', pair.publicKey);
  const key = { id: await enrol({ kty, crv, x, y }), privateKey: pair.privateKey };
  await inStore<IDBValidKey>('readwrite', (store) => store.put(key, slot));
  return key;
}

function base64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

/** A pass for one door, good for about half a minute. */
export async function signPass(key: PhoneKey, nowMilliseconds: number): Promise<string> {
  const payload = JSON.stringify({
    k: key.id,
    t: Math.floor(nowMilliseconds / 1_000),
    n: base64Url(crypto.getRandomValues(new Uint8Array(8))),
  });
  const signed = `SC1.${base64Url(new TextEncoder().encode(payload))}`;
  const signature = await crypto.subtle.sign(
    { name: 'ECDSA', hash: 'SHA-256' },
    key.privateKey,
    new TextEncoder().encode(signed),
  );
  return `${signed}.${base64Url(new Uint8Array(signature))}`;
}

// In the order in which they are looked for: an Android phone says Linux as well, and everybody says Safari.
const systems: [sign: string, name: string][] = [
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['Android', 'Android'],
  ['Windows', 'Windows'],
  ['Mac OS X', 'Mac'],
  ['Linux', 'Linux'],
];
const browsers: [sign: string, name: string][] = [
  ['Edg', 'Edge'],
  ['SamsungBrowser', 'Samsung Internet'],
  ['Firefox', 'Firefox'],
  ['FxiOS', 'Firefox'],
  ['CriOS', 'Chrome'],
  ['Chrome', 'Chrome'],
  ['Safari', 'Safari'],
];

/** What the member knows this phone by, such as "Android, Chrome". */
export function deviceName(agent: string = navigator.userAgent): string {
  const first = (list: [string, string][]) => list.find(([sign]) => agent.includes(sign))?.[1];
  return [first(systems), first(browsers)].filter((part) => part !== undefined).join(', ');
}
