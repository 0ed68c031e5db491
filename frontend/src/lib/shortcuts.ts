import { useEffect } from 'react';

export interface Shortcut {
  /** As the keyboard event names it: `k`, `?`, `F2`, `Escape`. */
  key: string;
  ctrl?: boolean;
  /** Also while somebody types into a field. */
  inFields?: boolean;
  run: () => void;
}

export function isField(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input:not([type=radio], [type=checkbox]), textarea, select'))
  );
}

/** Which shortcut a key press means. Shift is not asked for: where `?` lies differs between keyboards. */
export function shortcutOf(shortcuts: readonly Shortcut[], event: KeyboardEvent): Shortcut | undefined {
  if (event.altKey || event.defaultPrevented || event.isComposing) {
    return undefined;
  }
  const ctrl = event.ctrlKey || event.metaKey;
  return shortcuts.find(
    (each) =>
      each.key.toLowerCase() === event.key.toLowerCase() &&
      (each.ctrl ?? false) === ctrl &&
      (each.inFields === true || !isField(event.target)),
  );
}

/** Keys that work anywhere on the page, but not behind an open dialog. */
export function useShortcuts(shortcuts: readonly Shortcut[], active = true): void {
  useEffect(() => {
    if (!active) {
      return undefined;
    }
    const onKey = (event: KeyboardEvent) => {
      const meant = shortcutOf(shortcuts, event);
      if (meant !== undefined && document.querySelector('dialog[open]') === null) {
        event.preventDefault();
        meant.run();
      }
    };
    document.addEventListener('keydown', onKey);
    return () => {
      document.removeEventListener('keydown', onKey);
    };
  }, [shortcuts, active]);
}
