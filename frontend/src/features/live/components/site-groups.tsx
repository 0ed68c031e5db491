import type { ReactNode } from 'react';
import type { Site } from '../live-types';
import classes from './site-groups.module.css';

interface SiteGroupsProps<T> {
  sites: readonly Site[];
  items: readonly T[];
  className?: string;
  children: (item: T) => ReactNode;
}

/** One list; with more than one site, a list under the name of each. */
export function SiteGroups<T extends { siteId: string }>({ sites, items, className, children }: SiteGroupsProps<T>) {
  if (sites.length <= 1) {
    return <ul className={className}>{items.map(children)}</ul>;
  }
  return sites.map((site) => {
    const ofSite = items.filter((item) => item.siteId === site.id);
    return ofSite.length === 0 ? null : (
      <div key={site.id}>
        <h3 className={classes.site}>{site.name}</h3>
        <ul className={className}>{ofSite.map(children)}</ul>
      </div>
    );
  });
}
