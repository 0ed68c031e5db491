import { useEffect, useRef, useState, type FocusEvent, type PointerEvent } from 'react';

interface Held {
  held: boolean;
  /** To spread on the element that the hand may rest on. */
  hold: {
    ref: React.RefObject<HTMLDivElement | null>;
    onPointerEnter: (event: PointerEvent) => void;
    onPointerLeave: (event: PointerEvent) => void;
    onPointerDown: (event: PointerEvent) => void;
    onFocus: (event: FocusEvent) => void;
    onBlur: (event: FocusEvent) => void;
  };
}

/**
 * True while the pointer or the keyboard's focus is in an element. A finger holds from its first touch until it touches
 * somewhere else. Focus that a mouse click left behind does not count: nobody would know why nothing moves any more.
 */
export function useHeld(): Held {
  const ref = useRef<HTMLDivElement>(null);
  const [pointer, setPointer] = useState(false);
  const [touch, setTouch] = useState(false);
  const [focus, setFocus] = useState(false);
  useEffect(() => {
    if (!touch) {
      return undefined;
    }
    const release = (event: globalThis.PointerEvent) => {
      if (event.target instanceof Node && ref.current?.contains(event.target) !== true) {
        setTouch(false);
      }
    };
    document.addEventListener('pointerdown', release);
    return () => {
      document.removeEventListener('pointerdown', release);
    };
  }, [touch]);
  return {
    held: pointer || touch || focus,
    hold: {
      ref,
      onPointerEnter: (event) => {
        setPointer(event.pointerType !== 'touch');
      },
      onPointerLeave: () => {
        setPointer(false);
      },
      onPointerDown: (event) => {
        setTouch(event.pointerType === 'touch');
      },
      onFocus: (event) => {
        setFocus(event.target.matches(':focus-visible'));
      },
      onBlur: (event) => {
        setFocus(event.currentTarget.contains(event.relatedTarget));
      },
    },
  };
}
