import { useEffect, useRef, type CSSProperties, type ReactNode } from 'react';
import { useRowsInView } from '@/lib/use-rows-in-view';
import classes from './long-table.module.css';

export interface Column<Row> {
  id: string;
  title: string;
  /** As the grid takes it: `minmax(0, 2fr)`, `120px`. */
  width: string;
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
      .map(({ width }) => width)
      .join(' '),
  } as CSSProperties;
  return (
    <div
      className={classes.table}
      role="table"
      aria-label={label}
      aria-rowcount={total === null ? -1 : total + 1}
      style={style}
    >
      <div role="rowgroup">
        <div className={classes.head} role="row" aria-rowindex={1}>
          {columns.map((column) => (
            <Head key={column.id} column={column} />
          ))}
        </div>
      </div>
      <div ref={box} className={classes.box} role="rowgroup" tabIndex={0} aria-label={label}>
        {rows.length === 0 ? (
          instead
        ) : (
          <div className={classes.all} style={{ height: rows.length * rowHeight }} role="presentation">
            {rows.slice(from, to).map((row, index) => (
              <div
                key={keyOf(row)}
                className={classes.row}
                role="row"
                aria-rowindex={from + index + 2}
                style={{ top: (from + index) * rowHeight }}
              >
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
            ))}
          </div>
        )}
      </div>
    </div>
  );
}

function Head<Row>({ column: { title, end, wideOnly, sort } }: { column: Column<Row> }) {
  return (
    <div
      role="columnheader"
      className={classes.cell}
      data-end={end}
      data-wide={wideOnly}
      aria-sort={sort?.active === true ? 'ascending' : undefined}
    >
      {sort === undefined ? (
        title
      ) : (
        <button type="button" className={classes.sort} data-active={sort.active || undefined} onClick={sort.choose}>
          {title}
          <span aria-hidden="true">{sort.active ? ' ↑' : ''}</span>
        </button>
      )}
    </div>
  );
}
