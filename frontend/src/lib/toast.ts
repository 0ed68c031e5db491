import { useSyncExternalStore } from 'react';

/** A success that is not visible elsewhere. Errors, warnings and money are never told here. */
export interface Toast {
  id: number;
  text: string;
  action: { label: string; run: () => void } | null;
}

const plainMilliseconds = 4_000;
const undoMilliseconds = 8_000;

let current: Toast | null = null;
let timer: ReturnType<typeof setTimeout> | null = null;
let count = 0;
const listeners = new Set<() => void>();

function set(toast: Toast | null): void {
  current = toast;
  listeners.forEach((listener) => {
    listener();
  });
}

export function dismissToast(): void {
  if (timer !== null) {
    clearTimeout(timer);
    timer = null;
  }
  set(null);
}

/** Shows it at the bottom left in place of the one before; longer when it can be taken back. */
export function showToast(text: string, action: Toast['action'] = null): void {
  dismissToast();
  count += 1;
  set({ id: count, text, action });
  timer = setTimeout(dismissToast, action === null ? plainMilliseconds : undoMilliseconds);
}

export function useToast(): Toast | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    () => current,
  );
}
