import { ActionIcon, Button } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Card } from '@/components/card';
import { InlineError } from '@/components/inline-error';
import { useMay } from '@/lib/rights';
import { useAddFile, useRemoveFile } from '../api/commands';
import type { Member } from '../api/member';
import classes from './member-page.module.css';

const bytesPerKilobyte = 1024;

/** Documents: a certificate, a signed form. What is no PDF and no picture is refused by its content. */
export function FilesCard({ member }: { member: Member }) {
  const { t } = useTranslation();
  const mayWrite = useMay('members.write');
  const add = useAddFile(member.id);
  const picker = useRef<HTMLInputElement>(null);
  return (
    <Card
      testId="files"
      title={t('files.title')}
      aside={
        mayWrite && (
          <>
            <input
              ref={picker}
              type="file"
              hidden
              aria-label={t('files.add')}
              accept="application/pdf,image/jpeg,image/png,image/webp"
              onChange={(event) => {
                const file = event.currentTarget.files?.[0];
                if (file !== undefined) {
                  add.run(file);
                }
                event.currentTarget.value = '';
              }}
            />
            <Button variant="default" size="xs" loading={add.pending} onClick={() => picker.current?.click()}>
              {t('files.add')}
            </Button>
          </>
        )
      }
    >
      {member.files.length === 0 && <p className={classes.empty}>{t('files.none')}</p>}
      <ul className={classes.list}>
        {member.files.map((file) => (
          <FileRow key={file.id} member={member} file={file} mayWrite={mayWrite} />
        ))}
      </ul>
      <div className={classes.add}>
        <InlineError error={add.error} />
      </div>
    </Card>
  );
}

interface FileRowProps {
  member: Member;
  file: Member['files'][number];
  mayWrite: boolean;
}

function FileRow({ member, file, mayWrite }: FileRowProps) {
  const { t } = useTranslation();
  const remove = useRemoveFile(member.id);
  const { id, name, bytes, author } = file;
  const kilobytes = Math.max(1, Math.round(bytes / bytesPerKilobyte));
  return (
    <li className={classes.row}>
      <div className={classes.words}>
        <p className={classes.name}>
          <a href={`/api/members/${member.id}/files/${id}`} target="_blank" rel="noreferrer">
            {name ?? t('files.erased')}
          </a>
        </p>
        <p className={classes.more}>
          {[t('files.size', { count: kilobytes }), author].filter(Boolean).join(' · ')}
        </p>
        <InlineError error={remove.error} />
      </div>
      {mayWrite && (
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('files.remove', { name: name ?? '' })}
          disabled={remove.pending}
          onClick={() => {
            remove.run(id);
          }}
        >
          <IconX size={18} stroke={1.75} />
        </ActionIcon>
      )}
    </li>
  );
}
