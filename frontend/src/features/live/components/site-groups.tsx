import type { CSSProperties, ReactNode } from 'react';
import type { Site } from '../live-types';
import classes from './site-groups.module.css';

interface SiteGroupsProps<T> {
  sites: readonly Site[];
  items: readonly T[];
  className?: string;
  children: (item: T) => ReactNode;
}

/** One list; with more than one site, a list under the name of each. */
export function SiteGroups<T extends { siteId: string }>({
  sites,
  items,
  className,
  children,
}: SiteGroupsProps<T>) {
  if (sites.length <= 1) {
    return <List className={className}>{items.map(children)}</List>;
  }
  return sites.map((site) => {
    const ofSite = items.filter((item) => item.siteId === site.id);
    return ofSite.length === 0 ? null : (
      <div key={site.id}>
        <h3 className={classes.site}>{site.name}</h3>
        <List className={className}>{ofSite.map(children)}</List>
      </div>
    );
  });
}

/** Tells the style sheet how many rows there are, so that few of them may be taller than many. */
function List({ className, children }: { className: string | undefined; children: ReactNode[] }) {
  return (
    <ul className={className} style={{ '--rows': children.length } as CSSProperties}>
      {children}
    </ul>
  );
}
