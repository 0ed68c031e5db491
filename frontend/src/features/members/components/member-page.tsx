import { Button } from '@mantine/core';
import { IconArrowLeft, IconHistory } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams, useSearchParams } from 'react-router';
import { ConnectionWord } from '@/components/connection-word';
import { ErrorPanel } from '@/components/error-panel';
import { OfflineBanner } from '@/components/offline-banner';
import { Page } from '@/components/page';
import { Past, PastBanner } from '@/components/past';
import { VisuallyHidden } from '@/components/visually-hidden';
import { ApiError } from '@/lib/api-client';
import { useClub } from '@/lib/club';
import { usePastMoment } from '@/lib/past';
import { useMay } from '@/lib/rights';
import { useMember, type Member } from '../api/member';
import { BadgesCard } from './badges-card';
import { DetailsDialog } from './details-dialog';
import { Figures } from './figures';
import { FilesCard } from './files-card';
import { MembershipsCard } from './memberships-card';
import { NotesCard } from './notes-card';
import { PhotoDialog } from './photo-dialog';
import { Head, ProfileSkeleton } from './profile';
import { SuspendDialog } from './reason-dialog';
import { RightsCard } from './rights-card';
import { TimelineCard } from './timeline-card';
import { VerdictBand } from './verdict-band';
import classes from './member-page.module.css';
import profile from './profile.module.css';

/** Everything about one person, and why; now, or as it was at a moment that the address names. */
export function MemberPage() {
  const { t } = useTranslation();
  const { memberId } = useParams();
  const [address, setAddress] = useSearchParams();
  const { clockOffset } = useClub();
  const at = address.get('at');
  const past = at !== null && !Number.isNaN(Date.parse(at)) ? at : null;
  const goTo = (moment: string | null) => {
    setAddress(moment === null ? {} : { at: moment }, { replace: past !== null });
  };
  return (
    <Page title={t('member.title')}>
      <div className={classes.file}>
        <div className={classes.top}>
          <Link to={`/desk/${memberId ?? ''}`} className={classes.back}>
            <IconArrowLeft size={18} stroke={1.75} aria-hidden="true" />
            {t('member.back')}
          </Link>
          <span className={classes.space} />
          {past === null && (
            <Button
              variant="subtle"
              color="gray"
              leftSection={<IconHistory size={18} stroke={1.75} />}
              onClick={() => {
                goTo(new Date(Date.now() + clockOffset).toISOString());
              }}
            >
              {t('past.open')}
            </Button>
          )}
          <ConnectionWord />
        </div>
        <OfflineBanner help={t('desk.offline')} />
        {past === null ? (
          <File memberId={memberId} />
        ) : (
          <>
            <PastBanner
              at={past}
              onAt={goTo}
              onNow={() => {
                goTo(null);
              }}
            />
            <Past at={past}>
              <File memberId={memberId} />
            </Past>
          </>
        )}
      </div>
    </Page>
  );
}

function File({ memberId }: { memberId: string | undefined }) {
  const { t } = useTranslation();
  const past = usePastMoment() !== null;
  const member = useMember(memberId);
  if (member.data !== undefined) {
    return <Whole member={member.data} />;
  }
  if (!member.isError) {
    return (
      <>
        <VisuallyHidden as="h1">{t('member.title')}</VisuallyHidden>
        <ProfileSkeleton />
      </>
    );
  }
  const gone = member.error instanceof ApiError && member.error.status === 404;
  return (
    <>
      <VisuallyHidden as="h1">{t('member.title')}</VisuallyHidden>
      <ErrorPanel
        title={t('member.failed')}
        help={gone ? t(past ? 'past.notYet' : 'member.gone') : t('member.failedHelp')}
        code={member.error instanceof ApiError ? member.error.code : 'unexpected'}
        nextTryAt={null}
        onRetry={() => void member.refetch()}
      />
    </>
  );
}

function Whole({ member }: { member: Member }) {
  const { t } = useTranslation();
  const mayWrite = useMay('members.write');
  const maySuspend = useMay('members.suspend');
  const [dialog, setDialog] = useState<'photo' | 'details' | 'suspend' | null>(null);
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
        {mayWrite && (
          <Button
            variant="default"
            onClick={() => {
              setDialog('details');
            }}
          >
            {t('details.open')}
          </Button>
        )}
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
      {dialog === 'details' && <DetailsDialog member={member} onClose={close} />}
      {dialog === 'suspend' && <SuspendDialog member={member} onClose={close} />}
    </div>
  );
}
