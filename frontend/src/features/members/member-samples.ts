import type { Member, Membership } from './api/member';

/** Small, complete examples for the tests of this folder; each test states only what it is about. */
export function sampleMembership(changes: Partial<Membership> = {}): Membership {
  return {
    id: 'mbs_1',
    planId: 'pln_1',
    planName: 'Standard',
    price: { amount: 4500, currency: 'USD' },
    startsOn: '2026-10-21',
    expiresOn: '2026-12-20',
    paid: true,
    frozen: false,
    started: true,
    ended: false,
    visitsUsed: 0,
    visitsAllowed: null,
    guestsInvited: 0,
    ...changes,
  };
}

export function sampleMember(changes: Partial<Member> = {}): Member {
  return {
    id: 'mbr_1',
    code: 'ABCD2345',
    displayName: 'Grâce Mbuyi Tshibangu',
    firstName: 'Grâce',
    lastName: 'Mbuyi Tshibangu',
    email: null,
    phone: '+243 81 234 56 78',
    photoUrl: null,
    status: 'active',
    expiresOn: '2026-12-20',
    registeredAt: '2024-03-03T10:00:00Z',
    memberships: [],
    credentials: [],
    inside: [],
    zones: [],
    lastAccess: null,
    visits: { last: null, thisMonth: 0, lastMonth: 0 },
    debts: [],
    notes: [],
    files: [],
    ...changes,
  };
}
