import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

interface Chunk {
  type: 'chunk';
  isEntry: boolean;
  facadeModuleId: string | null;
  fileName: string;
  imports: string[];
  viteMetadata?: { importedCss: Set<string> };
}

const template = new URL('./member-worker.js', import.meta.url);

/** All that the members' app is made of: its script, what that imports, their styles, and the letters of French. */
function filesOf(bundle: Record<string, Chunk | { type: 'asset'; fileName: string }>): string[] {
  const found = new Set<string>();
  const add = (name: string) => {
    const part = bundle[name];
    if (part?.type !== 'chunk' || found.has(name)) {
      return;
    }
    found.add(name);
    part.imports.forEach(add);
    part.viteMetadata?.importedCss.forEach((css) => found.add(css));
  };
  for (const part of Object.values(bundle)) {
    if (part.type === 'chunk' && part.isEntry && part.facadeModuleId?.endsWith('/member.html') === true) {
      add(part.fileName);
    } else if (/inter-latin-opsz-normal.*\.woff2$/.test(part.fileName)) {
      found.add(part.fileName);
    }
  }
  return [...found].sort().map((name) => `/${name}`);
}

/** Writes the members' service worker with the list of what it keeps: another list makes another worker. */
export function memberWorker(): Plugin {
  return {
    name: 'member-worker',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const files = filesOf(bundle);
        const source = readFileSync(template, 'utf8');
        const version = createHash('sha256').update(source + files.join()).digest('hex').slice(0, 16);
        this.emitFile({
          type: 'asset',
          fileName: 'app-worker.js',
          source: source.replace("'VERSION'", `'${version}'`).replace('[/* FILES */]', JSON.stringify(files)),
        });
      },
    },
  };
}
