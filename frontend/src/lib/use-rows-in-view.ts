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

/** Who rushes past more than a screen at once sees what is there, and nothing around it before they stand still. */
const restMilliseconds = 120;

interface Place {
  scrolled: number;
  height: number;
  rushing: boolean;
}

/** Which rows of equal height a scrolled box shows: fifty thousand rows cost what thirty do. */
export function rowsInView({ scrolled, height, rushing }: Place, rowHeight: number, count: number): RowsInView {
  const spare = rushing ? 0 : height * spareScreens;
  const from = Math.max(0, Math.floor((scrolled - spare) / rowHeight));
  const to = Math.min(count, Math.ceil((scrolled + height + spare) / rowHeight));
  return { from: Math.min(from, Math.max(0, to - 1)), to };
}

export function useRowsInView(
  box: RefObject<HTMLElement | null>,
  rowHeight: number,
  count: number,
): RowsInView {
  const [place, setPlace] = useState<Place>({ scrolled: 0, height: firstScreen, rushing: false });
  useEffect(() => {
    const element = box.current;
    if (element === null) {
      return undefined;
    }
    const step = rowHeight * stepRows;
    const look = (isMoving: boolean) => {
      const { scrollTop, clientHeight: height } = element;
      setPlace((before) => {
        const far = Math.abs(scrollTop - before.scrolled) > height * (1 + spareScreens);
        const rushing = isMoving && (far || before.rushing);
        const scrolled = rushing ? scrollTop : Math.floor(scrollTop / step) * step;
        const same = before.scrolled === scrolled && before.height === height && before.rushing === rushing;
        return same ? before : { scrolled, height, rushing };
      });
    };
    let rest: ReturnType<typeof setTimeout> | undefined;
    const stop = () => {
      look(false);
    };
    const move = () => {
      look(true);
      clearTimeout(rest);
      rest = setTimeout(stop, restMilliseconds);
    };
    stop();
    element.addEventListener('scroll', move, { passive: true });
    const sizes = new ResizeObserver(stop);
    sizes.observe(element);
    return () => {
      clearTimeout(rest);
      element.removeEventListener('scroll', move);
      sizes.disconnect();
    };
  }, [box, rowHeight]);
  return rowsInView(place, rowHeight, count);
}
