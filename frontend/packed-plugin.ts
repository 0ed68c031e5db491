import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

// Pages are left out: each of their answers has a nonce of its own. Pictures and fonts are packed already.
const worthwhile = /\.(js|css|svg|webmanifest)$/;
const leastBytes = 1_000;

/**
 * Puts a packed copy beside each file, for the silo to hand out (silo/Gateway/PackedFiles.cs): a club behind a slow
 * line gets a quarter of the bytes, and no processor packs anything while people wait.
 */
export function packed(): Plugin {
  let folder = 'dist';
  return {
    name: 'packed',
    apply: 'build',
    configResolved(config) {
      folder = resolve(config.root, config.build.outDir);
    },
    closeBundle() {
      for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
        const file = join(folder, name);
        if (!worthwhile.test(name) || statSync(file).size < leastBytes) {
          continue;
        }
        const bytes = readFileSync(file);
        writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
        writeFileSync(
          `${file}.br`,
          brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }),
        );
      }
    },
  };
}
