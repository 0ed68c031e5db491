import { request } from '@/lib/api-client';
import type { LiveSnapshot } from '../live-types';

export async function getLive(signal: AbortSignal): Promise<LiveSnapshot> {
  return (await request('/api/live', { signal })) as LiveSnapshot;
}

/** The board as it was at a moment. */
export async function getPast(at: string, signal: AbortSignal): Promise<LiveSnapshot> {
  return (await request(`/api/live?at=${encodeURIComponent(at)}`, { signal })) as LiveSnapshot;
}
