import { MantineProvider } from '@mantine/core';
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { LongTable, type Column } from './long-table';

const rowHeight = 56;
const columns: readonly Column<string>[] = [
  { id: 'name', title: 'Name', width: '1fr', cell: (name) => <a href={`#${name}`}>{name}</a> },
];
const onLook = vi.fn();

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(10 * rowHeight);
  HTMLElement.prototype.scrollTo = function scrollTo(this: HTMLElement) {
    this.scrollTop = 0;
  };
});

afterEach(() => {
  cleanup();
  onLook.mockReset();
  vi.useRealTimers();
});

const tableOf = (list: string, loaded: (index: number) => boolean, count = 50_000) => (
  <MantineProvider env="test">
    <LongTable
      label="People"
      columns={columns}
      rows={{
        count,
        total: count,
        rowAt: (index) => (loaded(index) ? `${list}${index}` : undefined),
        onLook,
      }}
      keyOf={(name) => name}
      list={list}
    />
  </MantineProvider>
);

const box = () => screen.getAllByRole('rowgroup')[1] as HTMLElement;
const drawn = () =>
  within(box())
    .getAllByRole('row')
    .map((row) => Number(row.getAttribute('aria-rowindex')));

function scrollTo(index: number) {
  box().scrollTop = index * rowHeight;
  fireEvent.scroll(box());
}

it('is as high as all of its rows, and draws those in view', () => {
  render(tableOf('a', () => true));
  expect(screen.getByRole('table').getAttribute('aria-rowcount')).toBe('50001');
  expect((box().firstElementChild as HTMLElement).style.height).toBe(`${50_000 * rowHeight}px`);
  expect(drawn()[0]).toBe(2);
  expect(drawn().length).toBeLessThan(40);
  scrollTo(49_990);
  expect(drawn().at(-1)).toBe(50_001);
  expect(screen.getByText('a49999')).toBeTruthy();
  expect(drawn().length).toBeLessThan(40);
});

it('asks for what is looked at: at once, and not for what is rushed past', () => {
  render(tableOf('a', () => true));
  expect(onLook).toHaveBeenCalledTimes(1);
  for (let row = 100; row <= 2_000; row += 100) {
    scrollTo(row);
  }
  expect(onLook).toHaveBeenCalledTimes(1);
  act(() => {
    vi.advanceTimersByTime(200);
  });
  const looks = onLook.mock.calls.slice(1) as [number, number][];
  expect(looks.length).toBeGreaterThan(0);
  for (const [from, to] of looks) {
    expect(from).toBeGreaterThan(1_900);
    expect(from).toBeLessThanOrEqual(2_000);
    expect(to).toBeGreaterThanOrEqual(2_010);
  }
});

it('says of a row on its way that it is, in its place', () => {
  const { rerender } = render(tableOf('a', () => false));
  const [first] = within(box()).getAllByRole('row');
  expect(first?.getAttribute('aria-busy')).toBe('true');
  expect(first?.style.transform).toBe('translateY(0px)');
  rerender(tableOf('a', () => true));
  expect(within(box()).getAllByRole('row')[0]?.getAttribute('aria-busy')).toBeNull();
  expect(screen.getByText('a0')).toBeTruthy();
});

it('begins at the top when it is another list', () => {
  const { rerender } = render(tableOf('a', () => true));
  scrollTo(20_000);
  rerender(tableOf('a', () => true));
  expect(box().scrollTop).toBe(20_000 * rowHeight);
  rerender(tableOf('b', () => true));
  expect(box().scrollTop).toBe(0);
});

it('keeps the row that has the focus, wherever one scrolls', () => {
  render(tableOf('a', () => true));
  const link = screen.getByText('a3');
  act(() => {
    link.focus();
  });
  scrollTo(30_000);
  expect(document.activeElement).toBe(link);
  expect(drawn()[0]).toBe(5);
  scrollTo(0);
  expect(document.activeElement).toBe(link);
  act(() => {
    link.blur();
  });
  scrollTo(30_000);
  expect(screen.queryByText('a3')).toBeNull();
});

it('draws what is far away in the places of what was there, and nothing around it before it stands still', () => {
  render(tableOf('a', (index) => index < 100));
  scrollTo(10_000);
  const before = within(box()).getAllByRole('row');
  expect(before.length).toBeLessThan(12);
  scrollTo(20_000);
  expect(within(box()).getAllByRole('row').slice(0, 10)).toEqual(before.slice(0, 10));
  expect(drawn()[0]).toBe(20_002);
  act(() => {
    vi.advanceTimersByTime(200);
  });
  expect(drawn().length).toBeGreaterThan(20);
  expect(within(box()).getAllByRole('row')).toContain(before[0]);
});

it('gives the place of the row that has the focus to no other', () => {
  render(tableOf('a', () => true));
  const link = screen.getByText('a3');
  act(() => {
    link.focus();
  });
  for (const row of [30_000, 300, 40_000, 20_000]) {
    scrollTo(row);
    expect(document.activeElement).toBe(link);
    expect(drawn()).toHaveLength(new Set(drawn()).size);
    expect(screen.getByText(`a${row}`)).toBeTruthy();
  }
});
