import { createContext, use } from 'react';

/** What pages may ask of the frame around them. */
export interface ShellActions {
  openPalette: () => void;
  openHelp: () => void;
}

export const ShellContext = createContext<ShellActions>({
  openPalette: () => undefined,
  openHelp: () => undefined,
});

export function useShell(): ShellActions {
  return use(ShellContext);
}
