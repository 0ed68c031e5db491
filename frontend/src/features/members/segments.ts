import { perBrowser, readStored, writeStored } from '@/lib/storage';
import type { MemberFilter } from './api/lists';

/**
 * A filter under a name, kept by this browser. It names groups, never people. Days are kept as so many from today:
 * who "expires within a week" tomorrow is somebody else than today.
 */
export interface Segment {
  name: string;
  filter: MemberFilter;
  fromToday?: { expiresFrom?: number; expiresTo?: number };
}

const millisecondsPerDay = 86_400_000;

/** `today` is a day at the club, as milliseconds. */
export function segmentOf(name: string, filter: MemberFilter, today: number): Segment {
  const { expiresFrom, expiresTo, ...rest } = filter;
  const days = (date: string) => Math.round((Date.parse(date) - today) / millisecondsPerDay);
  return {
    name,
    filter: rest,
    fromToday: {
      ...(expiresFrom !== undefined && { expiresFrom: days(expiresFrom) }),
      ...(expiresTo !== undefined && { expiresTo: days(expiresTo) }),
    },
  };
}

export function filterOf({ filter, fromToday = {} }: Segment, today: number): MemberFilter {
  const date = (days: number) => new Date(today + days * millisecondsPerDay).toISOString().slice(0, 10);
  return {
    ...filter,
    ...(fromToday.expiresFrom !== undefined && { expiresFrom: date(fromToday.expiresFrom) }),
    ...(fromToday.expiresTo !== undefined && { expiresTo: date(fromToday.expiresTo) }),
  };
}

const storageKey = 'smartclub.segments';
const segmentsMax = 20;

export function readSegments(): readonly Segment[] {
  try {
    const stored = JSON.parse(readStored(perBrowser, storageKey) ?? '[]') as unknown;
    return Array.isArray(stored) ? (stored as Segment[]).filter(({ name }) => typeof name === 'string') : [];
  } catch {
    return [];
  }
}

export function keepSegment(segments: readonly Segment[], segment: Segment): readonly Segment[] {
  const kept = [...segments.filter(({ name }) => name !== segment.name), segment].slice(-segmentsMax);
  writeStored(perBrowser, storageKey, JSON.stringify(kept));
  return kept;
}

export function dropSegment(segments: readonly Segment[], name: string): readonly Segment[] {
  const kept = segments.filter((each) => each.name !== name);
  writeStored(perBrowser, storageKey, JSON.stringify(kept));
  return kept;
}

/** Whether a filter says all that another one says. */
export function includes(filter: MemberFilter, part: MemberFilter): boolean {
  return Object.entries(part).every(([name, value]) => filter[name as keyof MemberFilter] === value);
}

export function without(filter: MemberFilter, part: MemberFilter): MemberFilter {
  return Object.fromEntries(Object.entries(filter).filter(([name]) => !(name in part)));
}
