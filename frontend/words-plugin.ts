import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

/** What only some pages say, by the part that they load. All other words come with the frame. */
export const parts: Record<string, readonly string[]> = {
  settings: ['settings'],
  doors: ['alerts', 'evacuation', 'live', 'lockDown', 'notices', 'openDoor', 'usualFigures'],
  people: [
    'admit', 'anomalies', 'badges', 'details', 'figures', 'files', 'filter', 'memberships', 'new', 'next', 'notes',
    'photo', 'plan', 'resume', 'rights', 'selection', 'suspend', 'timeline', 'verdict', 'visitors', 'visits',
  ],
};

/**
 * A language is one file, so that it is written and compared as a whole. `?words=PART` loads a part of it: nobody
 * waits for the words of the settings before they see who is at the door.
 */
export function words(): Plugin {
  return {
    name: 'words',
    enforce: 'pre',
    load(id) {
      const [file, part] = id.split('?words=');
      if (file === undefined || part === undefined) {
        return null;
      }
      this.addWatchFile(file);
      const all = Object.entries(JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>);
      const elsewhere = Object.values(parts).flat();
      const isWanted = (key: string) =>
        part === 'frame' ? !elsewhere.includes(key) : parts[part]?.includes(key) === true;
      const code = `export default ${JSON.stringify(Object.fromEntries(all.filter(([key]) => isWanted(key))))}`;
      return { code, moduleType: 'js' };
    },
  };
}
