import {
  Fragment,
  memo,
  useEffect,
  useRef,
  useState,
  type CSSProperties,
  type FocusEvent,
  type ReactNode,
  type RefObject,
} from 'react';
import { useRowsInView } from '@/lib/use-rows-in-view';
import classes from './long-table.module.css';
import { Skeleton } from './skeleton';

export interface Column<Row> {
  id: string;
  title: string;
  /** Stands in the head in place of the title, such as a box that ticks all rows. */
  head?: ReactNode;
  /** As the grid takes it: `minmax(0, 2fr)`, `120px`. */
  width: string;
  /** The same where there is little room; else it is as wide as anywhere. */
  narrowWidth?: string;
  /** Figures stand at the end of their column. */
  end?: boolean;
  /** Left out where there is little room. */
  wideOnly?: boolean;
  sort?: { active: boolean; choose: () => void };
  cell: (row: Row) => ReactNode;
  /** Stands for the cell of a row that is on its way. */
  coming?: ReactNode;
}

/** Rows of which some may still be on their way. */
export interface LongRows<Row> {
  /** How many can be scrolled to. */
  count: number;
  /** How many there are; null while nobody knows. */
  total: number | null;
  /** Nothing for one that is on its way. */
  rowAt: (index: number) => Row | undefined;
  /** Says which ones are looked at, so that they come. */
  onLook: (from: number, to: number) => void;
}

interface LongTableProps<Row> {
  label: string;
  columns: readonly Column<Row>[];
  rows: LongRows<Row>;
  keyOf: (row: Row) => string;
  /** Whatever the rows depend on: when it is another, they are shown from the first one on. */
  list?: unknown;
  /** What stands in place of rows: nothing found, or a failure. */
  instead?: ReactNode;
}

const rowHeight = 56;
/** Beyond this height browsers lose count of pixels; nobody scrolls that far. */
const mostRows = 200_000;
/** Who rushes past does not ask for every row on the way. */
const lookMilliseconds = 100;

/** A table of any length: only the rows in view are drawn, and any place is reached at once. */
export function LongTable<Row>({ label, columns, rows, keyOf, list, instead }: LongTableProps<Row>) {
  const box = useRef<HTMLDivElement>(null);
  const count = Math.min(rows.count, mostRows);
  const { from, to } = useRowsInView(box, rowHeight, count);
  useLook(from, to, rows.onLook);
  useFromTheTop(box, list);
  const { held, place, hold } = usePlaces(from, to);
  const style = {
    '--columns': columns.map(({ width }) => width).join(' '),
    '--narrow': columns
      .filter(({ wideOnly }) => wideOnly !== true)
      .map(({ width, narrowWidth }) => narrowWidth ?? width)
      .join(' '),
  } as CSSProperties;
  // Where there is no row there is no table either, for who listens to the page.
  const roles = count > 0;
  const role = (name: string) => (roles ? name : undefined);
  const draw = (index: number) => {
    const row = rows.rowAt(index);
    const id = row === undefined ? '' : keyOf(row);
    return <TableRow key={place(index)} columns={columns} row={row} id={id} index={index} />;
  };
  return (
    <div
      className={classes.table}
      role={role('table')}
      aria-label={roles ? label : undefined}
      aria-rowcount={roles ? (rows.total === null ? -1 : rows.total + 1) : undefined}
      style={style}
    >
      <div role={role('rowgroup')} aria-hidden={!roles || undefined}>
        <div className={classes.head} role={role('row')} aria-rowindex={roles ? 1 : undefined}>
          {columns.map((column) => (
            <Head key={column.id} column={column} plain={!roles} />
          ))}
        </div>
      </div>
      <div
        ref={box}
        className={classes.box}
        role={role('rowgroup')}
        tabIndex={roles ? 0 : undefined}
        aria-label={roles ? label : undefined}
      >
        {count === 0 ? (
          instead
        ) : (
          <div className={classes.all} style={{ height: count * rowHeight }} role="presentation" {...hold}>
            {drawn(from, to, held !== null && held < count ? held : null).map(draw)}
          </div>
        )}
      </div>
    </div>
  );
}

/** At once for who stands still, now and then for who is on the move. */
function useLook(from: number, to: number, onLook: (from: number, to: number) => void) {
  const last = useRef(-Infinity);
  useEffect(() => {
    const look = () => {
      last.current = performance.now();
      onLook(from, to);
    };
    const wait = last.current + lookMilliseconds - performance.now();
    if (wait <= 0) {
      look();
      return undefined;
    }
    const timer = setTimeout(look, wait);
    return () => {
      clearTimeout(timer);
    };
  }, [from, to, onLook]);
}

function useFromTheTop(box: RefObject<HTMLElement | null>, list: unknown) {
  useEffect(() => {
    box.current?.scrollTo({ top: 0 });
  }, [box, list]);
}

/** The rows in view, in their order, and the one that is held. */
function drawn(from: number, to: number, held: number | null): number[] {
  const rows = Array.from({ length: to - from }, (_, place) => from + place);
  if (held !== null && held < from) {
    return [held, ...rows];
  }
  return held !== null && held >= to ? [...rows, held] : rows;
}

type Place = number | 'aside';

/**
 * In which place a row is drawn. Where all rows are others at once, they are drawn in the places of those before: who
 * drags through thousands of rows does not wait for new ones to be built. The row that has the focus stays in its own,
 * however far away one scrolls: the keyboard goes on from there.
 */
function usePlaces(from: number, to: number) {
  const [drawn, setDrawn] = useState({ from, to, shift: 0 });
  const [held, setHeld] = useState<{ index: number; place: Place } | null>(null);
  if (drawn.from !== from || drawn.to !== to) {
    const isElsewhere = from >= drawn.to || to <= drawn.from;
    setDrawn({ from, to, shift: isElsewhere ? drawn.shift + from - drawn.from : drawn.shift });
  }
  const place = (index: number): Place => {
    const own = index - drawn.shift;
    return held?.index === index ? held.place : held?.place === own ? 'aside' : own;
  };
  const hold = {
    onFocus: ({ target }: FocusEvent) => {
      const row = target.closest('[data-index]')?.getAttribute('data-index');
      const index = Number(row);
      setHeld(row == null ? null : { index, place: place(index) });
    },
    // On its way to the next thing of a row the focus is nowhere for a moment, and the row must not go.
    onBlur: ({ relatedTarget }: FocusEvent) => {
      if (!(relatedTarget instanceof Element) || relatedTarget.closest('[data-index]') === null) {
        setHeld(null);
      }
    },
  };
  return { held: held?.index ?? null, place, hold };
}

interface TableRowProps<Row> {
  columns: readonly Column<Row>[];
  row: Row | undefined;
  /** Whose it is; empty for one on its way. */
  id: string;
  index: number;
}

function PlainRow<Row>({ columns, row, id, index }: TableRowProps<Row>) {
  return (
    <div
      className={classes.row}
      role="row"
      aria-rowindex={index + 2}
      aria-busy={row === undefined || undefined}
      data-index={index}
      style={{ transform: `translateY(${index * rowHeight}px)` }}
    >
      {/* Nothing of one person stays where another is drawn: neither the focus nor a picture. */}
      <Fragment key={id}>
        {columns.map((column) => (
          <div
            key={column.id}
            role="cell"
            className={classes.cell}
            data-end={column.end}
            data-wide={column.wideOnly}
          >
            {row === undefined ? comingOf(column) : column.cell(row)}
          </div>
        ))}
      </Fragment>
    </div>
  );
}

const TableRow = memo(PlainRow) as typeof PlainRow;

function comingOf<Row>({ coming }: Column<Row>): ReactNode {
  return coming === undefined ? <Skeleton width="70%" height={14} /> : coming;
}

function Head<Row>({ column, plain }: { column: Column<Row>; plain: boolean }) {
  const { title, head, end, wideOnly, sort } = column;
  return (
    <div
      role={plain ? undefined : 'columnheader'}
      className={classes.cell}
      data-end={end}
      data-wide={wideOnly}
      aria-sort={!plain && sort?.active === true ? 'ascending' : undefined}
    >
      {plain ? (
        title
      ) : sort === undefined ? (
        (head ?? title)
      ) : (
        <button type="button" className={classes.sort} data-active={sort.active || undefined} onClick={sort.choose}>
          {title}
          <span aria-hidden="true">{sort.active ? ' ↑' : ''}</span>
        </button>
      )}
    </div>
  );
}
