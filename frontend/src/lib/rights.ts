import { createContext, use } from 'react';

/** What the person who is signed in may do, by the stable names of the server. */
export const RightsContext = createContext<ReadonlySet<string>>(new Set());

/** Whether they may. The server asks again; this only spares people buttons that would refuse them. */
export function useMay(right: string): boolean {
  return use(RightsContext).has(right);
}
