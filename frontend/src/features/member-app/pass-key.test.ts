import { webcrypto } from 'node:crypto';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { deviceName, signPass, type PhoneKey } from './pass-key';

const decode = (text: string) => Buffer.from(text, 'base64url');

describe('a pass', () => {
  let key: PhoneKey;
  let publicKey: CryptoKey;

  beforeAll(async () => {
    vi.stubGlobal('crypto', webcrypto);
    const pair = await webcrypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, [
      'sign',
      'verify',
    ]);
    publicKey = pair.publicKey;
    key = { id: 'crd_00000000000000000000000001', privateKey: pair.privateKey };
  });

  it('is written and signed as the contract says', async () => {
    const pass = await signPass(key, 1_767_225_600_999);
    const [version, payload = '', signature = '', ...rest] = pass.split('.');
    expect([version, rest]).toEqual(['SC1', []]);
    const said = JSON.parse(decode(payload).toString()) as { k: string; t: number; n: string };
    expect(Object.keys(said)).toEqual(['k', 't', 'n']);
    expect([said.k, said.t, decode(said.n).length]).toEqual([key.id, 1_767_225_600, 8]);
    expect(decode(signature)).toHaveLength(64);
    const good = await webcrypto.subtle.verify(
      { name: 'ECDSA', hash: 'SHA-256' },
      publicKey,
      decode(signature),
      new TextEncoder().encode(`SC1.${payload}`),
    );
    expect(good).toBe(true);
  });

  it('is another one each time', async () => {
    const passes = await Promise.all(Array.from({ length: 50 }, () => signPass(key, 0)));
    expect(new Set(passes.map((pass) => pass.split('.')[1])).size).toBe(50);
  });
});

describe('the name of a phone', () => {
  it.each([
    ['Mozilla/5.0 (Linux; Android 14; TECNO) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36', 'Android, Chrome'],
    ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Version/18.1 Mobile Safari/604.1', 'iPhone, Safari'],
    ['Mozilla/5.0 (Windows NT 10.0; Win64) Chrome/130.0 Safari/537.36 Edg/130.0', 'Windows, Edge'],
    ['curl', ''],
  ])('of %s is %s', (agent, name) => {
    expect(deviceName(agent)).toBe(name);
  });
});
