import { Button } from '@mantine/core';
import { IconFileText, IconPhone } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { ErrorPanel } from '@/components/error-panel';
import { Kbd } from '@/components/kbd';
import { Photo } from '@/components/photo';
import { Skeleton } from '@/components/skeleton';
import { VisuallyHidden } from '@/components/visually-hidden';
import { ApiError } from '@/lib/api-client';
import { useClub } from '@/lib/club';
import { useShortcuts } from '@/lib/shortcuts';
import { formatMonth } from '@/lib/time-format';
import { useLanguage } from '@/lib/use-language';
import { useMember, type Member } from '../api/member';
import { Figures } from './figures';
import { GuestButton } from './guest-button';
import { NotesCard } from './notes-card';
import { RightsCard } from './rights-card';
import { TimelineCard } from './timeline-card';
import { VerdictBand } from './verdict-band';
import classes from './profile.module.css';

/** The person in front of the desk: may they come in, why not, what helps. */
export function Profile({ id }: { id: string }) {
  const { t } = useTranslation();
  const member = useMember(id);
  if (member.data === undefined) {
    return member.isError ? (
      <ErrorPanel
        title={t('member.failed')}
        help={
          member.error instanceof ApiError && member.error.status === 404
            ? t('member.gone')
            : t('member.failedHelp')
        }
        code={member.error instanceof ApiError ? member.error.code : 'unexpected'}
        nextTryAt={null}
        onRetry={() => void member.refetch()}
      />
    ) : (
      <ProfileSkeleton />
    );
  }
  return <Loaded member={member.data} />;
}

function Loaded({ member }: { member: Member }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const file = `/members/${member.id}`;
  useShortcuts(
    useMemo(() => [{ key: 'F4', inFields: true, run: () => void navigate(file) }], [navigate, file]),
  );
  return (
    <article className={classes.profile} aria-label={member.displayName} data-testid="profile">
      <Head member={member}>
        <GuestButton member={member} />
        <Button
          variant="default"
          component={Link}
          to={file}
          leftSection={<IconFileText size={18} stroke={1.75} />}
          rightSection={<Kbd>F4</Kbd>}
        >
          {t('desk.file')}
        </Button>
      </Head>
      <VerdictBand member={member} />
      <Figures member={member} />
      <div className={classes.columns}>
        <TimelineCard member={member} most={6} />
        <div className={classes.side}>
          <RightsCard member={member} />
          <NotesCard member={member} />
        </div>
      </div>
    </article>
  );
}

interface HeadProps {
  member: Member;
  level?: 'h1' | 'h2';
  onPhoto?: () => void;
  children?: React.ReactNode;
}

export function Head({ member, level: Heading = 'h2', onPhoto, children }: HeadProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { timeZone } = useClub();
  const { displayName, photoUrl, code, phone, registeredAt } = member;
  return (
    <div className={classes.head}>
      {onPhoto === undefined ? (
        <Photo name={displayName} photoUrl={photoUrl} size="huge" />
      ) : (
        <button type="button" className={classes.photo} onClick={onPhoto}>
          <Photo name={displayName} photoUrl={photoUrl} size="huge" />
          <VisuallyHidden>{t('member.photo.change')}</VisuallyHidden>
        </button>
      )}
      <div className={classes.words}>
        <Heading className={classes.name} title={displayName}>
          {displayName}
        </Heading>
        <p className={classes.contact}>
          <span>{code}</span>
          {phone !== null && (
            <span className={classes.phone}>
              <IconPhone size={16} stroke={1.75} aria-hidden="true" />
              {phone}
            </span>
          )}
          {registeredAt !== null && (
            <span>
              {t('member.since', { month: formatMonth(Date.parse(registeredAt), timeZone, language) })}
            </span>
          )}
        </p>
      </div>
      <div className={classes.actions}>{children}</div>
    </div>
  );
}

export function ProfileSkeleton() {
  return (
    <div className={classes.profile} aria-hidden="true">
      <div className={classes.head}>
        <Skeleton width={112} height={112} radius="26%" />
        <div className={classes.words}>
          <Skeleton width={320} height={40} />
        </div>
      </div>
      <Skeleton width="100%" height={190} radius="20px" />
      <Skeleton width="100%" height={66} radius="10px" />
      <Skeleton width="100%" height={320} radius="14px" />
    </div>
  );
}
