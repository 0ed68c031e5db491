import { useEffect, useRef, type CSSProperties, type ReactNode } from 'react';
import { useRowsInView } from '@/lib/use-rows-in-view';
import classes from './long-table.module.css';

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
}

interface LongTableProps<Row> {
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  /** How many there are, loaded or not; null while nobody knows. */
  total: number | null;
  keyOf: (row: Row) => string;
  onEnd: () => void;
  /** What stands in place of rows: nothing found, or a failure. */
  instead?: ReactNode;
}

const rowHeight = 56;
/** The next page is asked for this many rows before the last one comes into view. */
const aheadRows = 120;

/** A table of any length: only the rows in view are drawn, and further ones are asked for before they are needed. */
export function LongTable<Row>(props: LongTableProps<Row>) {
  const { label, columns, rows, total, keyOf, onEnd, instead } = props;
  const box = useRef<HTMLDivElement>(null);
  const { from, to } = useRowsInView(box, rowHeight, rows.length);
  const nearEnd = to + aheadRows >= rows.length;
  useEffect(() => {
    if (nearEnd) {
      onEnd();
    }
  }, [nearEnd, onEnd, rows.length]);
  const style = {
    '--columns': columns.map(({ width }) => width).join(' '),
    '--narrow': columns
      .filter(({ wideOnly }) => wideOnly !== true)
      .map(({ width, narrowWidth }) => narrowWidth ?? width)
      .join(' '),
  } as CSSProperties;
  // Where there is no row there is no table either, for who listens to the page.
  const roles = rows.length > 0;
  const role = (name: string) => (roles ? name : undefined);
  return (
    <div
      className={classes.table}
      role={role('table')}
      aria-label={roles ? label : undefined}
      aria-rowcount={roles ? (total === null ? -1 : total + 1) : undefined}
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
        {rows.length === 0 ? (
          instead
        ) : (
          <div className={classes.all} style={{ height: rows.length * rowHeight }} role="presentation">
            {rows.slice(from, to).map((row, index) => (
              <TableRow key={keyOf(row)} columns={columns} row={row} index={from + index} />
            ))}
          </div>
        )}
      </div>
    </div>
  );
}

interface TableRowProps<Row> {
  columns: readonly Column<Row>[];
  row: Row;
  index: number;
}

function TableRow<Row>({ columns, row, index }: TableRowProps<Row>) {
  return (
    <div className={classes.row} role="row" aria-rowindex={index + 2} style={{ top: index * rowHeight }}>
      {columns.map((column) => (
        <div
          key={column.id}
          role="cell"
          className={classes.cell}
          data-end={column.end}
          data-wide={column.wideOnly}
        >
          {column.cell(row)}
        </div>
      ))}
    </div>
  );
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
