import { Button } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { ConnectionWord } from '@/components/connection-word';
import { ErrorPanel } from '@/components/error-panel';
import { OfflineBanner } from '@/components/offline-banner';
import { Page } from '@/components/page';
import { ApiError } from '@/lib/api-client';
import { useMay } from '@/lib/rights';
import { useMember, type Member } from '../api/member';
import { BadgesCard } from './badges-card';
import { Figures } from './figures';
import { FilesCard } from './files-card';
import { MembershipsCard } from './memberships-card';
import { NotesCard } from './notes-card';
import { PhotoDialog } from './photo-dialog';
import { Head } from './profile';
import { SuspendDialog } from './reason-dialog';
import { RightsCard } from './rights-card';
import { TimelineCard } from './timeline-card';
import { VerdictBand } from './verdict-band';
import classes from './member-page.module.css';
import profile from './profile.module.css';

/** Everything about one person, and why. */
export function MemberPage() {
  const { t } = useTranslation();
  const { memberId } = useParams();
  const member = useMember(memberId);
  return (
    <Page title={t('member.title')}>
      <div className={classes.file}>
        <div className={classes.top}>
          <Link to={`/desk/${memberId ?? ''}`} className={classes.back}>
            <IconArrowLeft size={18} stroke={1.75} aria-hidden="true" />
            {t('member.back')}
          </Link>
          <ConnectionWord />
        </div>
        <OfflineBanner help={t('desk.offline')} />
        {member.data !== undefined && <Whole member={member.data} />}
        {member.data === undefined && member.isError && (
          <ErrorPanel
            title={t('member.failed')}
            help={t('member.failedHelp')}
            code={member.error instanceof ApiError ? member.error.code : 'unexpected'}
            nextTryAt={null}
            onRetry={() => void member.refetch()}
          />
        )}
      </div>
    </Page>
  );
}

function Whole({ member }: { member: Member }) {
  const { t } = useTranslation();
  const mayWrite = useMay('members.write');
  const maySuspend = useMay('members.suspend');
  const [dialog, setDialog] = useState<'photo' | 'suspend' | null>(null);
  const close = () => {
    setDialog(null);
  };
  return (
    <div className={profile.profile}>
      <Head
        member={member}
        level="h1"
        {...(mayWrite && {
          onPhoto: () => {
            setDialog('photo');
          },
        })}
      >
        {maySuspend && member.status !== 'suspended' && (
          <Button
            variant="default"
            onClick={() => {
              setDialog('suspend');
            }}
          >
            {t('suspend.open')}
          </Button>
        )}
      </Head>
      <VerdictBand member={member} />
      <Figures member={member} />
      <div className={profile.columns}>
        <TimelineCard member={member} most={14} />
        <div className={profile.side}>
          <RightsCard member={member} />
          <MembershipsCard member={member} />
          <BadgesCard member={member} />
          <FilesCard member={member} />
          <NotesCard member={member} />
        </div>
      </div>
      {dialog === 'photo' && <PhotoDialog member={member} onClose={close} />}
      {dialog === 'suspend' && <SuspendDialog member={member} onClose={close} />}
    </div>
  );
}
