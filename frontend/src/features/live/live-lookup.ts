import { homeTimeZone } from '@/lib/club';
import type { Decision, Gate, Site, Zone } from './live-types';

/** Finds what a decision only names by id. */
export interface Lookup {
  gateName: (decision: Decision) => string;
  zoneName: (decision: Decision) => string;
  timeZone: (siteId: string | undefined) => string;
  siteOfDecision: (decision: Decision) => string | undefined;
}

function byId<T extends { id: string }>(items: readonly T[]): Map<string, T> {
  return new Map(items.map((item) => [item.id, item]));
}

export function lookupOf(sites: readonly Site[], zones: readonly Zone[], gates: readonly Gate[]): Lookup {
  const site = byId(sites);
  const zone = byId(zones);
  const gate = byId(gates);
  return {
    gateName: (decision) => gate.get(decision.gateId)?.name ?? '',
    zoneName: (decision) => zone.get(decision.zoneId)?.name ?? '',
    timeZone: (siteId) => site.get(siteId ?? '')?.timeZone ?? homeTimeZone(sites),
    siteOfDecision: (decision) => gate.get(decision.gateId)?.siteId ?? zone.get(decision.zoneId)?.siteId,
  };
}
