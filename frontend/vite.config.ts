import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { memberWorker } from './member-worker-plugin.ts';
import { packed } from './packed-plugin.ts';
import { words } from './words-plugin.ts';

const silo = 'http://localhost:8080';

export default defineConfig({
  plugins: [react(), words(), memberWorker(), packed()],
  // The silo puts a nonce of its own in the place of this word, each time it serves the page (silo/Gateway/WebPage.cs).
  html: { cspNonce: '__SMARTCLUB_NONCE__' },
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  build: {
    target: 'es2022',
    // The server's content policy allows scripts and fonts from its own address only, so nothing is inlined as data.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // Staff and members have an app each: nobody at a door waits for the desk's tables.
    rollupOptions: { input: ['index.html', 'member.html'] },
  },
  server: {
    proxy: {
      '/api': { target: silo, changeOrigin: false },
      '/hubs': { target: silo, changeOrigin: false, ws: true },
    },
  },
  test: { environment: 'jsdom', setupFiles: ['src/lib/test-setup.ts'], restoreMocks: true, testTimeout: 30_000 },
});
