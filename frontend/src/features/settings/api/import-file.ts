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

/** Sends a file and tells how far it is; the last line has the report. */
export async function importFile(
  file: File,
  dryRun: boolean,
  chosen: Mapping,
  onProgress: (progress: ImportProgress) => void,
): Promise<ImportProgress> {
  const query = new URLSearchParams({ ...chosen, ...(dryRun ? { dryRun: 'true' } : {}) });
  const response = await fetch(`/api/imports/members?${query.toString()}`, {
    method: 'POST',
    credentials: 'same-origin',
    headers: { ...antiforgeryHeaders(), 'Accept-Language': currentLanguage() },
    body: file,
  });
  if (!response.ok || response.body === null) {
    const problem = (await response.json().catch(() => ({}))) as { code?: string; detail?: string };
    throw new ApiError(response.status, problem.code ?? `http_${response.status}`, problem.detail ?? '');
  }
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  let last: ImportProgress | null = null;
  for (;;) {
    const { done, value } = await reader.read();
    const lines = (rest + (value ?? '')).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      last = JSON.parse(line) as ImportProgress;
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
