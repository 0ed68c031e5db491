import { MemberApiError } from './api/me';
import { text } from './texts';

/** What went wrong, in words of the app where it knows better ones than the club's own. */
export function faultText(error: unknown): { code: string; text: string } {
  if (!(error instanceof MemberApiError)) {
    return { code: 'unexpected', text: text('fault.other') };
  }
  switch (error.code) {
    case 'unreachable':
      return { code: error.code, text: text('fault.unreachable') };
    case 'invalid_code':
      return { code: error.code, text: text('fault.wrongCode') };
    case 'too_many_attempts':
      return { code: error.code, text: text('fault.tooMany') };
    default:
      return { code: error.code, text: error.message === '' ? text('fault.other') : error.message };
  }
}
