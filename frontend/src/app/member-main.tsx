import './theme/global.css';
import './member.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { MemberApp } from '@/features/member-app/components/member-app';
import { colourTokens, shadowTokens } from './theme/tokens';

const dark = window.matchMedia('(prefers-color-scheme: dark)');

/** The app follows the phone: it has no switch of its own, and no library to carry one. */
function paint() {
  const { style, dataset } = document.documentElement;
  dataset['mantineColorScheme'] = dark.matches ? 'dark' : 'light';
  for (const [name, [light, night]] of Object.entries({ ...colourTokens, ...shadowTokens })) {
    style.setProperty(`--sc-${name}`, dark.matches ? night : light);
  }
}

paint();
dark.addEventListener('change', paint);
if (import.meta.env.PROD && 'serviceWorker' in navigator) {
  void navigator.serviceWorker.register('/app-worker.js', { scope: '/app' });
}

const root = document.getElementById('root');
if (root === null) {
  throw new Error('member.html has no element "root"');
}

createRoot(root).render(
  <StrictMode>
    <MemberApp />
  </StrictMode>,
);
