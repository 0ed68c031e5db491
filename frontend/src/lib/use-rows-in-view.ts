import { useEffect, useState, type RefObject } from 'react';

export interface RowsInView {
  /** First row to draw, and the one after the last. */
  from: number;
  to: number;
}

/** A screen more on either side, so that a turn of the wheel never shows an empty row. */
const spareScreens = 1;
const firstScreen = 900;
/** Rows are drawn anew after so many of them, not at every pixel. */
const stepRows = 4;

/** Which rows of equal height a scrolled box shows: fifty thousand rows cost what thirty do. */
export function rowsInView(scrolled: number, height: number, rowHeight: number, count: number): RowsInView {
  const spare = height * spareScreens;
  const from = Math.max(0, Math.floor((scrolled - spare) / rowHeight));
  const to = Math.min(count, Math.ceil((scrolled + height + spare) / rowHeight));
  return { from: Math.min(from, Math.max(0, to - 1)), to };
}

export function useRowsInView(
  box: RefObject<HTMLElement | null>,
  rowHeight: number,
  count: number,
): RowsInView {
  const [place, setPlace] = useState({ scrolled: 0, height: firstScreen });
  useEffect(() => {
    const element = box.current;
    if (element === null) {
      return undefined;
    }
    const step = rowHeight * stepRows;
    const look = () => {
      const scrolled = Math.floor(element.scrollTop / step) * step;
      const height = element.clientHeight;
      setPlace((before) => (before.scrolled === scrolled && before.height === height ? before : { scrolled, height }));
    };
    look();
    element.addEventListener('scroll', look, { passive: true });
    const sizes = new ResizeObserver(look);
    sizes.observe(element);
    return () => {
      element.removeEventListener('scroll', look);
      sizes.disconnect();
    };
  }, [box, rowHeight]);
  return rowsInView(place.scrolled, place.height, rowHeight, count);
}
