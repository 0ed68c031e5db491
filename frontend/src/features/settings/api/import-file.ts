import { ApiError, antiforgeryHeaders, type Answer } from '@/lib/api-client';
import { currentLanguage } from '@/lib/i18n';

export const importFields = [
  'firstName',
  'lastName',
  'email',
  'phone',
  'plan',
  'startsOn',
  'paid',
  'badge',
  'badgeKind',
] as const;
export type ImportField = (typeof importFields)[number];

/** Which column a field is, where somebody has said so; a column that there is not leaves the field out. */
export type Mapping = Partial<Record<ImportField, string>>;
export const leftOut = '-';

export type ImportProgress = Answer<'ImportProgress'>;

export type UndoProgress = Answer<'UndoProgress'>;

interface Told {
  done: number;
  total: number;
  report: unknown;
  problem: string | null;
}

/** Sends a file and tells how far it is; the last line has the report. */
export function importFile(
  file: File,
  dryRun: boolean,
  chosen: Mapping,
  onProgress: (progress: ImportProgress) => void,
): Promise<ImportProgress> {
  const query = new URLSearchParams({ ...chosen, ...(dryRun ? { dryRun: 'true' } : {}) });
  return send(`/api/imports/members?${query.toString()}`, file, {}, onProgress);
}

/** Takes an import back; the last line says who is gone and who stays. */
export function undoImport(
  id: string,
  reason: string,
  onProgress: (progress: UndoProgress) => void,
): Promise<UndoProgress> {
  const type = { 'Content-Type': 'application/json' };
  return send(`/api/imports/${id}/undo`, JSON.stringify({ reason }), type, onProgress);
}

async function send<T extends Told>(
  path: string,
  body: BodyInit,
  headers: Record<string, string>,
  onProgress: (progress: T) => void,
): Promise<T> {
  const response = await fetch(path, {
    method: 'POST',
    credentials: 'same-origin',
    headers: { ...antiforgeryHeaders(), 'Accept-Language': currentLanguage(), ...headers },
    body,
  }).catch(() => {
    throw new ApiError(0, 'unreachable', '');
  });
  if (!response.ok || response.body === null) {
    const problem = (await response.json().catch(() => ({}))) as { code?: string; detail?: string };
    throw new ApiError(response.status, problem.code ?? `http_${response.status}`, problem.detail ?? '');
  }
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  let last: T | null = null;
  for (;;) {
    const { done, value } = await reader.read().catch(() => {
      throw new ApiError(0, 'unreachable', '');
    });
    const lines = (rest + (value ?? '')).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      last = JSON.parse(line) as T;
      onProgress(last);
    }
    if (done) {
      break;
    }
  }
  if (last === null || (last.report === null && last.problem === null)) {
    throw new ApiError(0, 'unreachable', '');
  }
  return last;
}
