import { describe, expect, it } from 'vitest';
import { toRequest } from './components/grants-field';

describe('toRequest', () => {
  it.each(['members.read', 'outbox'])('asks for the right %s as a right', (what) => {
    expect(toRequest({ what, siteId: '', until: '' })).toEqual({ right: what });
  });

  it('asks for a role as a role, at its site and until the end of its last day', () => {
    expect(toRequest({ what: 'desk', siteId: 'sit_1', until: '2026-12-31' })).toEqual({
      role: 'desk',
      siteId: 'sit_1',
      until: '2026-12-31T23:59:59Z',
    });
  });
});
