import { afterEach } from 'vitest';
import { cleanup } from '@testing-library/react';
import { startI18n } from './i18n';

// jsdom has no layout; Mantine asks for the media queries and the sizes that a browser would answer.
window.matchMedia = (query: string): MediaQueryList =>
  Object.assign(new EventTarget(), {
    matches: false,
    media: query,
    onchange: null,
  }) as unknown as MediaQueryList;

window.ResizeObserver = class {
  observe(): void {
    return undefined;
  }
  unobserve(): void {
    return undefined;
  }
  disconnect(): void {
    return undefined;
  }
};

startI18n('fr');
afterEach(cleanup);
