import { api, bodyOf, send } from '@/lib/api-client';
import { useCommand, type Command } from './member';

/** Some commands answer with the id of what they made; the others with what nobody needs here. */
async function asId(call: Promise<{ data?: { id?: string } | object }>): Promise<{ id?: string }> {
  return (await call).data ?? {};
}

/** How somebody is called and reached. */
export interface Person {
  firstName: string;
  lastName: string;
  email: string | null;
  phone: string | null;
}

export function useRegister(): Command<Person> {
  return useCommand((body, header) => asId(api.POST('/api/members', { params: { header }, body })));
}

export function useChangeDetails(id: string): Command<Person> {
  return useCommand((body, header) =>
    asId(api.POST('/api/members/{id}/details', { params: { path: { id }, header }, body })),
  );
}

export function useSell(id: string): Command<{ planId: string; startsOn: string; paid: boolean }> {
  return useCommand((body, header) =>
    asId(api.POST('/api/members/{id}/memberships', { params: { path: { id }, header }, body })),
  );
}

export function usePay(id: string): Command<string> {
  return useCommand((membershipId, header) =>
    asId(
      api.POST('/api/members/{id}/memberships/{membershipId}/pay', {
        params: { path: { id, membershipId }, header },
      }),
    ),
  );
}

export function useUnfreeze(id: string): Command<string> {
  return useCommand((membershipId, header) =>
    asId(
      api.POST('/api/members/{id}/memberships/{membershipId}/unfreeze', {
        params: { path: { id, membershipId }, header },
      }),
    ),
  );
}

export function useSuspend(id: string): Command<string> {
  return useCommand((reason, header) =>
    asId(api.POST('/api/members/{id}/suspend', { params: { path: { id }, header }, body: { reason } })),
  );
}

export function useResume(id: string): Command<string> {
  return useCommand((reason, header) =>
    asId(api.POST('/api/members/{id}/resume', { params: { path: { id }, header }, body: { reason } })),
  );
}

export function useAdmit(id: string): Command<{ gateId: string; reason: string }> {
  return useCommand((body, header) =>
    asId(api.POST('/api/members/{id}/admit', { params: { path: { id }, header }, body })),
  );
}

export function useGiveBadge(id: string): Command<{ kind: string; value: string }> {
  return useCommand((body, header) =>
    asId(api.POST('/api/members/{id}/credentials', { params: { path: { id }, header }, body })),
  );
}

export function useRevokeBadge(id: string): Command<string> {
  return useCommand((credentialId, header) =>
    asId(
      api.POST('/api/members/{id}/credentials/{credentialId}/revoke', {
        params: { path: { id, credentialId }, header },
      }),
    ),
  );
}

export function useWriteNote(id: string): Command<string> {
  return useCommand((text, header) =>
    asId(api.POST('/api/members/{id}/notes', { params: { path: { id }, header }, body: { text } })),
  );
}

export function useRemoveNote(id: string): Command<string> {
  return useCommand((noteId, header) =>
    asId(api.POST('/api/members/{id}/notes/{noteId}/remove', { params: { path: { id, noteId }, header } })),
  );
}

export function useRemoveFile(id: string): Command<string> {
  return useCommand((fileId, header) =>
    asId(api.POST('/api/members/{id}/files/{fileId}/remove', { params: { path: { id, fileId }, header } })),
  );
}

/** A file goes as it is, not as JSON. Its name is personal, so it travels in a header and not in the address. */
async function upload(path: string, file: Blob, headers: Record<string, string>): Promise<{ id?: string }> {
  const asked = new Request(new URL(path, window.location.origin), {
    method: 'POST',
    headers: { 'Content-Type': 'application/octet-stream', ...headers },
    body: file,
    credentials: 'same-origin',
  });
  return (await send(asked)) as { id?: string };
}

export function useSetPhoto(id: string): Command<Blob> {
  return useCommand((photo, header) => upload(`/api/members/${id}/photo`, photo, header));
}

export function useAddFile(id: string): Command<File> {
  return useCommand((file, header) =>
    upload(`/api/members/${id}/files`, file, { ...header, 'X-File-Name': encodeURIComponent(file.name) }),
  );
}

/** Whose badge it is; null where nobody has it. */
export async function findBadge(value: string): Promise<string | null> {
  try {
    const { memberId } = await bodyOf(api.POST('/api/credentials/find', { body: { value } }));
    return memberId;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'not_found') {
      return null;
    }
    throw error;
  }
}
