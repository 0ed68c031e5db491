import { useEffect } from 'react';
import { isField } from './shortcuts';

/** A reader types at least this much faster than the quickest hand. */
const gapMilliseconds = 35;
const shortestBadge = 4;
const longestBadge = 512;

export interface Keystroke {
  key: string;
  at: number;
}

/**
 * Tells a badge reader from a hand. Readers that plug in as keyboards type a badge within a few hundredths of a second
 * and press Enter; no person does.
 */
export class WedgeReader {
  #text = '';
  #last = -Infinity;

  /** How many characters of a burst have been taken so far. */
  get length(): number {
    return this.#text.length;
  }

  /** The badge, when this keystroke ends one; else null. */
  take({ key, at }: Keystroke): string | null {
    const follows = at - this.#last <= gapMilliseconds;
    this.#last = at;
    if (key === 'Enter') {
      const badge = this.#text;
      this.#text = '';
      return follows && badge.length >= shortestBadge ? badge : null;
    }
    if (key === 'Shift') {
      // Readers press it for capitals; it is part of the burst and types nothing.
      return null;
    }
    if (key.length !== 1) {
      this.#text = '';
      return null;
    }
    this.#text = follows ? (this.#text + key).slice(-longestBadge) : key;
    return null;
  }
}

interface Before {
  field: HTMLInputElement | HTMLTextAreaElement;
  value: string;
}

function restore({ field, value }: Before): void {
  const prototype = Object.getPrototypeOf(field) as object;
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(field, value);
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

function isTextField(target: EventTarget | null): target is HTMLInputElement | HTMLTextAreaElement {
  return isField(target) && (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement);
}

/**
 * Calls back with every badge that is read, from any page. Whatever field the reader typed into gets back what it held:
 * a badge held to the reader must not end up in somebody's name. A field that asks for a badge says so with
 * `data-wedge="own"` and keeps it.
 */
export function useWedge(onBadge: (badge: string) => void): void {
  useEffect(() => {
    const reader = new WedgeReader();
    let before: Before | null = null;
    const onKey = (event: KeyboardEvent) => {
      const { target, key } = event;
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) {
        return;
      }
      if (target instanceof HTMLElement && target.dataset.wedge === 'own') {
        return;
      }
      const value = isTextField(target) ? target.value : '';
      const badge = reader.take({ key, at: event.timeStamp });
      if (reader.length === 1 && isTextField(target)) {
        before = { field: target, value };
      } else if (reader.length <= 1 && badge === null) {
        before = null;
      }
      if (badge !== null) {
        event.preventDefault();
        event.stopPropagation();
        if (before !== null && before.field === target) {
          restore(before);
        }
        before = null;
        onBadge(badge);
      }
    };
    // In the capture phase: before Enter would send a form.
    window.addEventListener('keydown', onKey, true);
    return () => {
      window.removeEventListener('keydown', onKey, true);
    };
  }, [onBadge]);
}
