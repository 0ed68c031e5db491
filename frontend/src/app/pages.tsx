import {
  IconActivity,
  IconAlertTriangle,
  IconDoorExit,
  IconSearch,
  IconSettings,
  IconUrgent,
  IconUsers,
  IconWalk,
  type Icon,
} from '@tabler/icons-react';
import { lazy, type ComponentType } from 'react';
import type { ParseKeys } from 'i18next';
import { matchPath } from 'react-router';
import { learnPart, type WordPart } from '@/lib/i18n';
import { RefusalCount } from '@/features/live/components/refusal-count';

/** A place in the rail. Its word is a key of the translations, below `rail`. */
export interface RailPlace {
  icon: Icon;
  label: ParseKeys & `rail.${string}`;
  /** Settings stand at the bottom, beside the person. */
  bottom?: boolean;
  /** The red number. Only refusals that wait may have one. */
  Count?: ComponentType;
}

/** A page of the staff's app: a route, what opens it, and its place in the rail if it has one. */
export interface PageEntry {
  /** As the router takes it; `/settings/*` leaves what follows to the page. */
  path: string;
  /** The right that opens it. Without it the page is neither in the rail nor in the palette. */
  right: string;
  Component: ComponentType;
  rail?: RailPlace;
}

const loads = new Map<ComponentType, () => Promise<unknown>>();

/** A page comes with its words, where it has any that no other page says. */
function loaded<Name extends string>(
  load: () => Promise<Record<Name, ComponentType>>,
  name: Name,
  part?: WordPart,
): ComponentType {
  const withWords = async () => {
    const [module] = await Promise.all([load(), part && learnPart(part)]);
    return { default: module[name] };
  };
  const Component: ComponentType = lazy<ComponentType>(withWords);
  loads.set(Component, withWords);
  return Component;
}

// Both of its addresses are one page, so that what was searched for stays while people are opened.
const Desk = loaded(() => import('@/features/members/components/desk-page'), 'DeskPage', 'people');

/** Asks for a page while the session is still being looked up. If it fails now, it is asked again when it is needed. */
export function loadAhead(address: string): void {
  const page = pages.find(({ path }) => matchPath(path, address) !== null);
  void (page && loads.get(page.Component)?.().catch(() => undefined));
}

/**
 * Every page, in the order of the rail. Each comes in a file of its own that is loaded when it is first opened, so a
 * page may be as rich as it needs to be. To add one: an entry here, its word in the translations below `rail`, its
 * feature's folder in eslint.config.js.
 */
export const pages: readonly PageEntry[] = [
  {
    path: '/live',
    right: 'live.read',
    Component: loaded(() => import('./live-board'), 'LiveBoard', 'doors'),
    rail: { icon: IconActivity, label: 'rail.live', Count: RefusalCount },
  },
  {
    path: '/past',
    right: 'live.read',
    Component: loaded(() => import('@/features/live/components/past-page'), 'PastPage', 'doors'),
  },
  {
    path: '/desk',
    right: 'members.read',
    Component: Desk,
    rail: { icon: IconSearch, label: 'rail.desk' },
  },
  { path: '/desk/:memberId', right: 'members.read', Component: Desk },
  {
    path: '/members',
    right: 'members.read',
    Component: loaded(() => import('@/features/members/components/members-page'), 'MembersPage', 'people'),
    rail: { icon: IconUsers, label: 'rail.members' },
  },
  {
    path: '/visits',
    right: 'members.read',
    Component: loaded(() => import('@/features/members/components/visits-page'), 'VisitsPage', 'people'),
    rail: { icon: IconWalk, label: 'rail.visits' },
  },
  {
    path: '/anomalies',
    right: 'members.read',
    Component: loaded(() => import('@/features/members/components/anomalies-page'), 'AnomaliesPage', 'people'),
    rail: { icon: IconAlertTriangle, label: 'rail.anomalies' },
  },
  {
    path: '/members/:memberId',
    right: 'members.read',
    Component: loaded(() => import('@/features/members/components/member-page'), 'MemberPage', 'people'),
  },
  {
    path: '/alerts',
    right: 'alerts.read',
    Component: loaded(() => import('@/features/alerts/components/alerts-page'), 'AlertsPage', 'doors'),
    rail: { icon: IconUrgent, label: 'rail.alerts' },
  },
  {
    path: '/evacuation',
    right: 'sites.evacuate',
    Component: loaded(() => import('@/features/alerts/components/evacuation-page'), 'EvacuationPage', 'doors'),
    rail: { icon: IconDoorExit, label: 'rail.evacuation' },
  },
  {
    path: '/settings/*',
    right: 'account',
    Component: loaded(() => import('@/features/settings/components/settings-page'), 'SettingsPage', 'settings'),
    rail: { icon: IconSettings, label: 'rail.settings', bottom: true },
  },
];

/** A tree of pages with a log-in and a frame of its own, beside that of the staff. */
export interface RootEntry {
  /** The first part of the path, such as `/app`. */
  base: string;
  Component: ComponentType;
}

/**
 * Who else has pages at this address. A root is rendered as soon as the path begins with its base, before anybody asks
 * for a session of the staff; its routes are relative to the base.
 */
export const roots: readonly RootEntry[] = [
  {
    base: '/invitation',
    Component: loaded(() => import('@/features/session/components/invitation-page'), 'InvitationPage'),
  },
];

export function pagesFor(rights: ReadonlySet<string>): PageEntry[] {
  return pages.filter((page) => rights.has(page.right));
}

/** Where a person lands: people at the desk at the desk, who sets the club up on the live page. */
export function homeOf(rights: ReadonlySet<string>): string {
  const mine = pagesFor(rights).map((page) => page.path);
  const wished = rights.has('setup.write') ? '/live' : '/desk';
  return (mine.find((path) => path === wished) ?? mine[0] ?? '/nothing').replace(/\/\*$/, '');
}
