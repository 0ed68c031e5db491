import type { Plan, Zone } from './api/commands';

/** A plan as it is typed. */
export interface PlanDraft {
  name: string;
  length: string;
  unit: 'months' | 'days';
  price: string;
  visits: string;
  zones: string[];
}

/** What a plan says now; a new one opens all there is for a month. */
export function draftOf(plan: Plan | null, zones: Zone[]): PlanDraft {
  return plan === null
    ? { name: '', length: '1', unit: 'months', price: '', visits: '', zones: zones.map(({ id }) => id) }
    : {
        name: plan.name,
        length: `${plan.months ?? plan.days ?? ''}`,
        unit: plan.months === null ? 'days' : 'months',
        price: amountText(plan.price.amount ?? 0),
        visits: plan.visitsPerPeriod === null ? '' : `${plan.visitsPerPeriod}`,
        zones: plan.entitlements.map(({ zoneId }) => zoneId),
      };
}

/** Whole units without what follows the point, as one would write it. */
function amountText(amount: number): string {
  return amount % 100 === 0 ? `${amount / 100}` : (amount / 100).toFixed(2);
}

const plain = (price: string) => price.replace(/[\s\u00a0\u202f]/g, '').replace(',', '.');

/** Fields with something typed that is no number; what is missing the server says. */
export function faultsOf({ length, price, visits }: PlanDraft): string[] {
  const faults = { length: !/^\d*$/.test(length.trim()), visits: !/^\d*$/.test(visits.trim()) };
  return [
    ...Object.entries(faults).flatMap(([field, wrong]) => (wrong ? [field] : [])),
    ...(/^(\d+(\.\d{0,2})?)?$/.test(plain(price)) ? [] : ['price']),
  ];
}

/** As the server takes it. Hours that a zone is opened at are not typed here; they stay. */
export function toRequest(draft: PlanDraft, currency: string, plan: Plan | null) {
  const number = (text: string) => (text.trim() === '' ? null : Number(text));
  const amount = number(plain(draft.price));
  return {
    name: draft.name,
    [draft.unit]: number(draft.length),
    price: { amount: amount === null ? null : Math.round(amount * 100), currency },
    entitlements: draft.zones.map((zoneId) => ({
      zoneId,
      schedule: plan?.entitlements.find((one) => one.zoneId === zoneId)?.schedule ?? null,
    })),
    visitsPerPeriod: number(draft.visits),
  };
}
