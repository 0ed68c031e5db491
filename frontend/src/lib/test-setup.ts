import { afterEach } from 'vitest';
import { cleanup, configure } from '@testing-library/react';
import { learn, learnPart, startI18n } from './i18n';

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

Element.prototype.scrollIntoView = () => undefined;

// Nor dialogs above the page.
HTMLDialogElement.prototype.showModal = function showModal() {
  this.open = true;
};
HTMLDialogElement.prototype.close = function close() {
  this.open = false;
};

// Pages are loaded when they are first opened, which takes its time on a busy machine.
configure({ asyncUtilTimeout: 10_000 });
await startI18n('fr');
await Promise.all([learnPart('settings'), learnPart('doors'), learnPart('people')]);
await learn('en');
afterEach(cleanup);
