import { request } from '@/lib/api-client';
import type { LiveSnapshot } from '../live-types';

export async function getLive(signal: AbortSignal): Promise<LiveSnapshot> {
  return (await request('/api/live', { signal })) as LiveSnapshot;
}
