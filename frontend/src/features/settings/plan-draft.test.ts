import { describe, expect, it } from 'vitest';
import type { Plan, Zone } from './api/commands';
import { draftOf, faultsOf, toRequest } from './plan-draft';

describe('a plan that is changed', () => {
  const schedule = [{ days: ['mon'], from: '09:00', to: '18:00' }];
  const plan = {
    id: 'pln_1',
    name: 'Matin',
    months: null,
    days: 30,
    price: { amount: 3_050, currency: 'CDF' },
    entitlements: [
      { zoneId: 'zon_1', schedule },
      { zoneId: 'zon_2', schedule: null },
    ],
    visitsPerPeriod: 8,
    guestsPerPeriod: 0,
    retired: false,
  } satisfies Plan;

  it('goes out as it came, with hours that the form does not show', () => {
    expect(toRequest(draftOf(plan, []), 'CDF', plan)).toEqual({
      name: 'Matin',
      days: 30,
      price: plan.price,
      entitlements: plan.entitlements,
      visitsPerPeriod: 8,
    });
  });

  it('leaves the hours of a zone out with the zone', () => {
    const draft = { ...draftOf(plan, []), zones: ['zon_2', 'zon_3'] };
    expect(toRequest(draft, 'CDF', plan).entitlements).toEqual([
      { zoneId: 'zon_2', schedule: null },
      { zoneId: 'zon_3', schedule: null },
    ]);
  });

  it('never takes a word for nothing, or for a number', () => {
    const draft = draftOf(null, [{ id: 'zon_1' } as Zone]);
    expect(draft.zones).toEqual(['zon_1']);
    expect(faultsOf(draft)).toEqual([]);
    expect(faultsOf({ ...draft, length: 'un', visits: 'toutes', price: '12,345' })).toEqual([
      'length',
      'visits',
      'price',
    ]);
    expect(toRequest({ ...draft, price: '1 250,50' }, 'USD', null).price.amount).toBe(125_050);
    expect(toRequest(draft, 'USD', null).price.amount).toBeNull();
    expect(toRequest({ ...draft, visits: '0' }, 'USD', null).visitsPerPeriod).toBe(0);
  });
});
