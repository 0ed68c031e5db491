import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { MemoryRouter, useLocation } from 'react-router';
import { afterEach, expect, it, vi } from 'vitest';
import { Palette } from './palette';

afterEach(cleanup);

function Where() {
  return <output>{useLocation().pathname}</output>;
}

function open(rights: readonly string[]) {
  const onClose = vi.fn();
  render(
    <MantineProvider>
      <QueryClientProvider client={new QueryClient()}>
        <MemoryRouter initialEntries={['/members']}>
          <Palette rights={new Set(rights)} onClose={onClose} onHelp={() => undefined} />
          <Where />
        </MemoryRouter>
      </QueryClientProvider>
    </MantineProvider>,
  );
  fireEvent.change(screen.getByRole('combobox', { hidden: true }), { target: { value: 'sauveg' } });
  return onClose;
}

it('leads to the backups by their name and Enter', () => {
  const onClose = open(['metrics.read']);
  fireEvent.keyDown(screen.getByRole('combobox', { hidden: true }), { key: 'Enter' });
  expect(screen.getByText('/settings/backup')).toBeTruthy();
  expect(onClose).toHaveBeenCalledOnce();
});

it('knows nothing of them for who may not see them', () => {
  open(['account']);
  expect(screen.queryAllByRole('option', { hidden: true })).toEqual([]);
});
